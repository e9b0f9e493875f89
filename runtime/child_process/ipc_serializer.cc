#include "runtime/child_process/ipc_serializer.h"

#include <cstdint>
#include <utility>

#include "runtime/glue/array_buffer.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// V8's header, with the version that Node 24 knows. What came later concerns buffers of 4 GiB only.
constexpr uint8_t kHeader[] = {0xFF, 15};

enum HostTag : uint32_t { kView = 0, kOther = 1 };

class Writer final : public v8::ValueSerializer::Delegate {
 public:
  explicit Writer(Environment& env) : env_(env), serializer_(env.isolate(), this) {
    serializer_.SetTreatArrayBufferViewsAsHostObjects(true);
  }

  SerializedIpc Write(v8::Local<v8::Value> message, size_t reserved) {
    constexpr uint8_t kZeros[8] = {};
    serializer_.WriteRawBytes(kZeros, reserved);
    serializer_.WriteRawBytes(kHeader, sizeof(kHeader));
    if (!serializer_.WriteValue(env_.context(), message).FromMaybe(false)) return {};
    const std::pair<uint8_t*, size_t> data = serializer_.Release();
    return {reinterpret_cast<char*>(data.first), data.second};
  }

  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    env_.isolate()->ThrowException(v8::Exception::Error(message));
  }

  // Without this V8 would write nothing in its place, and the other side could not read the rest.
  v8::Maybe<uint32_t> GetWasmModuleTransferId(v8::Isolate* isolate,
                                              v8::Local<v8::WasmModuleObject>) override {
    ThrowDataCloneError(v8::String::NewFromUtf8Literal(isolate, "#<Module> could not be cloned."));
    return v8::Nothing<uint32_t>();
  }

  v8::Maybe<bool> WriteHostObject(v8::Isolate* isolate, v8::Local<v8::Object> object) override {
    v8::Local<v8::Value> argument = object;
    v8::Local<v8::Value> described;
    if (!env_.GetRealmValue("ipc:write")
             .As<v8::Function>()
             ->Call(env_.context(), v8::Undefined(isolate), 1, &argument)
             .ToLocal(&described)) {
      return v8::Nothing<bool>();
    }
    if (!described->IsArray()) {
      serializer_.WriteUint32(kOther);
      return serializer_.WriteValue(env_.context(), described);
    }
    v8::Local<v8::Object> view = described.As<v8::Object>();
    const auto type = FromV8<uint32_t>(env_, view->Get(env_.context(), 0).ToLocalChecked());
    const Bytes bytes(view->Get(env_.context(), 1).ToLocalChecked());
    serializer_.WriteUint32(kView);
    serializer_.WriteUint32(type);
    serializer_.WriteUint32(static_cast<uint32_t>(bytes.size()));
    serializer_.WriteRawBytes(bytes.data(), bytes.size());
    return v8::Just(true);
  }

 private:
  Environment& env_;
  v8::ValueSerializer serializer_;
};

class Reader final : public v8::ValueDeserializer::Delegate {
 public:
  Reader(Environment& env, std::string_view bytes)
      : env_(env),
        deserializer_(env.isolate(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                      this) {}

  v8::MaybeLocal<v8::Value> Read() {
    if (!deserializer_.ReadHeader(env_.context()).FromMaybe(false)) return {};
    return deserializer_.ReadValue(env_.context());
  }

  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate* isolate) override {
    uint32_t tag;
    if (!deserializer_.ReadUint32(&tag)) return {};
    if (tag == kOther) {
      v8::Local<v8::Value> value;
      if (!deserializer_.ReadValue(env_.context()).ToLocal(&value) || !value->IsObject()) return {};
      return value.As<v8::Object>();
    }
    uint32_t type;
    uint32_t size;
    const void* bytes;
    if (tag != kView) return Make(v8::Integer::New(isolate, -1), v8::Undefined(isolate));
    if (!deserializer_.ReadUint32(&type) || !deserializer_.ReadUint32(&size) ||
        !deserializer_.ReadRawBytes(size, &bytes)) {
      return {};
    }
    return Make(v8::Integer::NewFromUnsigned(isolate, type),
                CopyToArrayBuffer(isolate, bytes, size));
  }

 private:
  // V8 lets no JavaScript run while it reads, except by whoever asks for it here.
  v8::MaybeLocal<v8::Object> Make(v8::Local<v8::Value> type, v8::Local<v8::Value> buffer) {
    v8::Isolate::AllowJavascriptExecutionScope allow(env_.isolate());
    v8::Local<v8::Value> arguments[] = {type, buffer};
    v8::Local<v8::Value> object;
    if (!env_.GetRealmValue("ipc:read")
             .As<v8::Function>()
             ->Call(env_.context(), v8::Undefined(env_.isolate()), 2, arguments)
             .ToLocal(&object) ||
        !object->IsObject()) {
      return {};
    }
    return object.As<v8::Object>();
  }

  Environment& env_;
  v8::ValueDeserializer deserializer_;
};

}  // namespace

void WriteFrameLength(size_t length, char* frame) {
  for (size_t i = 0; i < kFrameLengthBytes; i++) {
    frame[i] = static_cast<char>(length >> (8 * (kFrameLengthBytes - 1 - i)));
  }
}

size_t ReadFrameLength(const char* frame) {
  size_t length = 0;
  for (size_t i = 0; i < kFrameLengthBytes; i++)
    length = length << 8 | static_cast<uint8_t>(frame[i]);
  return length;
}

SerializedIpc SerializeIpc(Environment& env, v8::Local<v8::Value> message, size_t reserved) {
  return Writer(env).Write(message, reserved);
}

v8::MaybeLocal<v8::Value> DeserializeIpc(Environment& env, std::string_view bytes) {
  return Reader(env, bytes).Read();
}

void SetIpcHooks(Environment& env, v8::Local<v8::Function> write, v8::Local<v8::Function> read) {
  env.SetRealmValue("ipc:write", write);
  env.SetRealmValue("ipc:read", read);
}

}  // namespace gyre
