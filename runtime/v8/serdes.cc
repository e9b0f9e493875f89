#include "runtime/v8/serdes.h"

#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gyre {
namespace {

// A method of the JavaScript object that stands in front of the native one; empty when it has none.
v8::MaybeLocal<v8::Function> FrontMethod(Environment& env, v8::Local<v8::Object> front,
                                         std::string_view name) {
  v8::Local<v8::Value> method;
  if (!front->Get(env.context(), ToV8(env, name)).ToLocal(&method) || !method->IsFunction())
    return {};
  return method.As<v8::Function>();
}

void ThrowError(Environment& env, std::string_view message) {
  env.isolate()->ThrowException(v8::Exception::Error(ToV8(env, message).As<v8::String>()));
}

// Both keep their JavaScript object only through its `front` property, so that the collector sees
// the cycle.
v8::MaybeLocal<v8::Object> Front(Environment& env, v8::Local<v8::Object> self) {
  v8::Local<v8::Value> front;
  if (!self->Get(env.context(), env.Intern("front")).ToLocal(&front)) return {};
  return front.As<v8::Object>();
}

class Serializer final : public Collected, public v8::ValueSerializer::Delegate {
 public:
  Serializer(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {
    serializer_.emplace(env.isolate(), this);
  }

  // For v8.serialize, which makes one for each value: not left to the collector, whose callbacks
  // wait for the loop.
  void Dispose() { serializer_.reset(); }

  void WriteHeader() { serializer_->WriteHeader(); }
  // True, or an exception.
  v8::MaybeLocal<v8::Value> WriteValue(v8::Local<v8::Value> value) {
    if (!serializer_->WriteValue(env().context(), value).FromMaybe(false)) return {};
    return v8::True(isolate());
  }
  v8::Local<v8::ArrayBuffer> ReleaseBuffer() {
    const std::pair<uint8_t*, size_t> data = serializer_->Release();
    // The memory is V8's realloc'd own: it goes over to the ArrayBuffer as it is.
    return v8::ArrayBuffer::New(
        isolate(), v8::ArrayBuffer::NewBackingStore(
                       data.first, data.second,
                       [](void* memory, size_t, void*) { std::free(memory); }, nullptr));
  }
  void TransferArrayBuffer(uint32_t id, v8::Local<v8::ArrayBuffer> buffer) {
    serializer_->TransferArrayBuffer(id, buffer);
  }
  void WriteUint32(uint32_t value) { serializer_->WriteUint32(value); }
  void WriteUint64(uint32_t high, uint32_t low) {
    serializer_->WriteUint64(uint64_t{high} << 32 | low);
  }
  void WriteDouble(double value) { serializer_->WriteDouble(value); }
  void WriteRawBytes(Bytes bytes) { serializer_->WriteRawBytes(bytes.data(), bytes.size()); }
  void SetTreatArrayBufferViewsAsHostObjects(bool mode) {
    serializer_->SetTreatArrayBufferViewsAsHostObjects(mode);
  }

  // v8::ValueSerializer::Delegate

  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    v8::Local<v8::Object> front;
    v8::Local<v8::Function> make;
    if (!Front(env(), object()).ToLocal(&front)) return;
    if (!FrontMethod(env(), front, "_getDataCloneError").ToLocal(&make)) {
      isolate()->ThrowException(v8::Exception::Error(message));
      return;
    }
    v8::Local<v8::Value> argument = message;
    v8::Local<v8::Value> error;
    if (make->Call(env().context(), front, 1, &argument).ToLocal(&error))
      isolate()->ThrowException(error);
  }

  v8::Maybe<bool> WriteHostObject(v8::Isolate*, v8::Local<v8::Object> host) override {
    v8::Local<v8::Object> front;
    v8::Local<v8::Function> write;
    if (!Front(env(), object()).ToLocal(&front)) return v8::Nothing<bool>();
    if (!FrontMethod(env(), front, "_writeHostObject").ToLocal(&write)) {
      return v8::ValueSerializer::Delegate::WriteHostObject(isolate(), host);
    }
    v8::Local<v8::Value> argument = host;
    if (write->Call(env().context(), front, 1, &argument).IsEmpty()) return v8::Nothing<bool>();
    return v8::Just(true);
  }

  v8::Maybe<uint32_t> GetSharedArrayBufferId(v8::Isolate*,
                                             v8::Local<v8::SharedArrayBuffer> buffer) override {
    v8::Local<v8::Object> front;
    v8::Local<v8::Function> get;
    if (!Front(env(), object()).ToLocal(&front)) return v8::Nothing<uint32_t>();
    if (!FrontMethod(env(), front, "_getSharedArrayBufferId").ToLocal(&get)) {
      return v8::ValueSerializer::Delegate::GetSharedArrayBufferId(isolate(), buffer);
    }
    v8::Local<v8::Value> argument = buffer;
    v8::Local<v8::Value> id;
    if (!get->Call(env().context(), front, 1, &argument).ToLocal(&id))
      return v8::Nothing<uint32_t>();
    return id->Uint32Value(env().context());
  }

 private:
  std::optional<v8::ValueSerializer> serializer_;
};

class Deserializer final : public Collected, public v8::ValueDeserializer::Delegate {
 public:
  Deserializer(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> data)
      : Collected(env, self),
        data_(PinnedBytes::ForReading(data)),
        deserializer_(env.isolate(), data_.data(), data_.size(), this) {
    deserializer_.SetSupportsLegacyWireFormat(true);
  }

  v8::MaybeLocal<v8::Value> ReadHeader() {
    if (!deserializer_.ReadHeader(env().context()).FromMaybe(false)) return {};
    return v8::True(isolate());
  }
  v8::MaybeLocal<v8::Value> ReadValue() { return deserializer_.ReadValue(env().context()); }
  uint32_t GetWireFormatVersion() { return deserializer_.GetWireFormatVersion(); }
  void TransferArrayBuffer(uint32_t id, v8::Local<v8::Value> buffer) {
    if (buffer->IsSharedArrayBuffer()) {
      deserializer_.TransferSharedArrayBuffer(id, buffer.As<v8::SharedArrayBuffer>());
    } else {
      deserializer_.TransferArrayBuffer(id, buffer.As<v8::ArrayBuffer>());
    }
  }
  v8::MaybeLocal<v8::Value> ReadUint32() {
    uint32_t value;
    if (deserializer_.ReadUint32(&value)) return v8::Integer::NewFromUnsigned(isolate(), value);
    ThrowError(env(), "ReadUint32() failed");
    return {};
  }
  // [high, low]
  v8::MaybeLocal<v8::Value> ReadUint64() {
    uint64_t value;
    if (!deserializer_.ReadUint64(&value)) {
      ThrowError(env(), "ReadUint64() failed");
      return {};
    }
    return ToV8(env(), std::vector<uint32_t>{static_cast<uint32_t>(value >> 32),
                                             static_cast<uint32_t>(value)});
  }
  v8::MaybeLocal<v8::Value> ReadDouble() {
    double value;
    if (deserializer_.ReadDouble(&value)) return v8::Number::New(isolate(), value);
    ThrowError(env(), "ReadDouble() failed");
    return {};
  }
  // Where in the buffer the bytes start.
  v8::MaybeLocal<v8::Value> ReadRawBytes(double length) {
    const void* bytes;
    // A size_t holds no more than that, and there are no more.
    const bool fits = length >= 0 && length <= static_cast<double>(data_.size());
    if (fits && deserializer_.ReadRawBytes(static_cast<size_t>(length), &bytes)) {
      const auto offset = static_cast<const uint8_t*>(bytes) - data_.data();
      return v8::Number::New(isolate(), static_cast<double>(offset));
    }
    ThrowError(env(), "ReadRawBytes() failed");
    return {};
  }

  // V8 lets no JavaScript run while it reads, except by whoever asks for it here.
  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate*) override {
    v8::Isolate::AllowJavascriptExecutionScope allow(isolate());
    v8::Local<v8::Object> front;
    v8::Local<v8::Function> read;
    if (!Front(env(), object()).ToLocal(&front)) return {};
    if (!FrontMethod(env(), front, "_readHostObject").ToLocal(&read)) {
      return v8::ValueDeserializer::Delegate::ReadHostObject(isolate());
    }
    v8::Local<v8::Value> result;
    if (!read->Call(env().context(), front, 0, nullptr).ToLocal(&result)) return {};
    if (result->IsObject()) return result.As<v8::Object>();
    isolate()->ThrowException(v8::Exception::TypeError(
        ToV8(env(), "readHostObject must return an object").As<v8::String>()));
    return {};
  }

 private:
  const PinnedBytes data_;
  v8::ValueDeserializer deserializer_;
};

}  // namespace

void DeclareSerdes(BindingBuilder& b) {
  b.Class<Serializer>("NativeSerializer")
      .Constructor<>()
      .Method<&Serializer::Dispose>("dispose")
      .Method<&Serializer::WriteHeader>("writeHeader")
      .Method<&Serializer::WriteValue>("writeValue")
      .Method<&Serializer::ReleaseBuffer>("releaseBuffer")
      .Method<&Serializer::TransferArrayBuffer>("transferArrayBuffer")
      .Method<&Serializer::WriteUint32>("writeUint32")
      .Method<&Serializer::WriteUint64>("writeUint64")
      .Method<&Serializer::WriteDouble>("writeDouble")
      .Method<&Serializer::WriteRawBytes>("writeRawBytes")
      .Method<&Serializer::SetTreatArrayBufferViewsAsHostObjects>(
          "setTreatArrayBufferViewsAsHostObjects");
  b.Class<Deserializer>("NativeDeserializer")
      .Constructor<v8::Local<v8::Value>>()
      .Method<&Deserializer::ReadHeader>("readHeader")
      .Method<&Deserializer::ReadValue>("readValue")
      .Method<&Deserializer::GetWireFormatVersion>("getWireFormatVersion")
      .Method<&Deserializer::TransferArrayBuffer>("transferArrayBuffer")
      .Method<&Deserializer::ReadUint32>("readUint32")
      .Method<&Deserializer::ReadUint64>("readUint64")
      .Method<&Deserializer::ReadDouble>("readDouble")
      .Method<&Deserializer::ReadRawBytes>("readRawBytes");
}

}  // namespace gyre
