#include "runtime/messaging/message.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/log/check.h"
#include "runtime/glue/convert.h"
#include "runtime/messaging/port.h"

namespace gyre {
namespace {

// A buffer of at least this size is copied once, into the memory that its reader will have, and not
// twice, into the message and out of it.
constexpr size_t kLargeBuffer = 32 * 1024;

// What a host object in the stream is.
enum Tag : uint32_t {
  kPort,    // native end of a channel
  kObject,  // object of a JavaScript class that takes part
  kPlain,   // copy of an exotic object's properties, which follows
};

v8::Local<v8::Value> Hook(Environment& env, std::string_view name) {
  v8::Local<v8::Value> hook = env.GetRealmValue(name);
  CHECK(!hook.IsEmpty() && !hook->IsUndefined()) << "internal/messaging is not loaded";
  return hook;
}

// Property `name` (a symbol among the hooks) of an object.
v8::MaybeLocal<v8::Value> GetHook(Environment& env, v8::Local<v8::Object> object,
                                  std::string_view name) {
  return object->Get(env.context(), Hook(env, name));
}

constexpr std::string_view kClone = "messaging:kClone";
constexpr std::string_view kDeserialize = "messaging:kDeserialize";
constexpr std::string_view kTransfer = "messaging:kTransfer";
constexpr std::string_view kTransferList = "messaging:kTransferList";
constexpr std::string_view kCreate = "messaging:createForDeserialization";
constexpr std::string_view kCreateInContext = "messaging:createInContext";
constexpr std::string_view kDataCloneError = "messaging:createDataCloneError";

v8::Local<v8::String> ToString(Environment& env, std::string_view text) {
  return ToV8(env, text).As<v8::String>();
}

// The marks' keys, looked up by name once: every object that is written is asked for one.
struct Marks {
  explicit Marks(Environment& env) {
    untransferable.Reset(env.isolate(), Named(env.isolate(), "gyre:untransferable"));
    uncloneable.Reset(env.isolate(), Named(env.isolate(), "gyre:uncloneable"));
    plain.Reset(env.isolate(), Named(env.isolate(), "gyre:cloned_as_plain"));
  }
  static v8::Local<v8::Private> Named(v8::Isolate* isolate, const char* name) {
    v8::HandleScope handles(isolate);
    return v8::Private::ForApi(isolate, v8::String::NewFromUtf8(isolate, name).ToLocalChecked());
  }

  v8::Global<v8::Private> untransferable;
  v8::Global<v8::Private> uncloneable;
  v8::Global<v8::Private> plain;  // on process.env
};

bool HasMark(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::Private> mark) {
  return object->HasPrivate(env.context(), mark).FromMaybe(false);
}

}  // namespace

v8::Local<v8::Private> UntransferablePrivate(Environment& env) {
  return env.State<Marks>().untransferable.Get(env.isolate());
}

v8::Local<v8::Private> UncloneablePrivate(Environment& env) {
  return env.State<Marks>().uncloneable.Get(env.isolate());
}

void ThrowDataCloneError(Environment& env, v8::Local<v8::String> message) {
  v8::Local<v8::Value> argument = message;
  v8::Local<v8::Value> error;
  if (Hook(env, kDataCloneError)
          .As<v8::Function>()
          ->Call(env.context(), v8::Undefined(env.isolate()), 1, &argument)
          .ToLocal(&error)) {
    env.isolate()->ThrowException(error);
  }
}

Message::~Message() {
  for (const Recipe& recipe : objects_) {
    if (recipe.descriptor >= 0) close(recipe.descriptor);
  }
}

bool Message::ToObjectList(Environment& env, v8::Local<v8::Array> array, ObjectList* objects) {
  for (v8::Local<v8::Value> item : FromV8<std::vector<v8::Local<v8::Value>>>(env, array)) {
    if (!item->IsObject()) {
      ThrowDataCloneError(env, ToString(env, "Found invalid value in transferList."));
      return false;
    }
    objects->push_back(item.As<v8::Object>());
  }
  return true;
}

std::shared_ptr<Message> Message::Close() {
  std::shared_ptr<Message> message(new Message());
  message->close_ = true;
  return message;
}

// Writes one message.
class MessageWriter final : public v8::ValueSerializer::Delegate {
 public:
  explicit MessageWriter(Environment& env)
      : env_(env), isolate_(env.isolate()), message_(new Message()), serializer_(isolate_, this) {
    // Plain objects and arrays, which most are, need not be asked for symbols.
    object_prototype_ = v8::Object::New(isolate_)->GetPrototype();
  }

  std::shared_ptr<Message> Write(v8::Local<v8::Value> value,
                                 const Message::ObjectList& transfer_list,
                                 v8::Local<v8::Value> source, bool read_once) {
    for (v8::Local<v8::Object> object : transfer_list) {
      if (!AddTransfer(object, source)) return nullptr;
    }
    if (read_once) AddLargeBuffer(value);
    serializer_.WriteHeader();
    if (!serializer_.WriteValue(env_.context(), value).FromMaybe(false) || !WriteObjects() ||
        !DetachArrayBuffers()) {
      return nullptr;
    }
    const std::pair<uint8_t*, size_t> data = serializer_.Release();
    message_->data_.reset(data.first);
    message_->size_ = data.second;
    return message_;
  }

  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    gyre::ThrowDataCloneError(env_, message);
  }

  bool HasCustomHostObject(v8::Isolate*) override { return true; }

  v8::Maybe<bool> IsHostObject(v8::Isolate*, v8::Local<v8::Object> object) override {
    if (object->InternalFieldCount() > 0) return v8::Just(true);
    if (HasMark(env_, object, UncloneablePrivate(env_))) return v8::Just(true);
    if (object->GetPrototype() == object_prototype_) return v8::Just(false);
    // Null is a refusal, undefined what only looks like one of ours: a plain object.
    for (std::string_view name : {kClone, kTransfer}) {
      v8::Local<v8::Value> method;
      if (!GetHook(env_, object, name).ToLocal(&method)) return v8::Nothing<bool>();
      if (!method->IsUndefined()) return v8::Just(true);
    }
    return v8::Just(false);
  }

  v8::Maybe<bool> WriteHostObject(v8::Isolate*, v8::Local<v8::Object> object) override {
    if (MessagePort* port = MessagePort::FromObject(env_, object)) return WritePort(port);
    if (HasMark(env_, object, env_.State<Marks>().plain.Get(isolate_))) return WritePlain(object);
    size_t index = Find(object);
    if (index == objects_.size()) {
      if (object->InternalFieldCount() > 0 || HasMark(env_, object, UncloneablePrivate(env_)))
        return Refuse("Cannot clone object of unsupported type.");
      v8::Local<v8::Value> method;
      if (!GetHook(env_, object, kClone).ToLocal(&method)) return v8::Nothing<bool>();
      if (!method->IsFunction()) return RefuseClone(object);
      objects_.push_back({v8::Global<v8::Object>(isolate_, object), kClone});
    }
    serializer_.WriteUint32(kObject);
    serializer_.WriteUint32(static_cast<uint32_t>(index));
    return v8::Just(true);
  }

  v8::Maybe<uint32_t> GetSharedArrayBufferId(v8::Isolate*,
                                             v8::Local<v8::SharedArrayBuffer> buffer) override {
    for (size_t i = 0; i < shared_.size(); i++) {
      if (shared_[i] == buffer) return v8::Just(static_cast<uint32_t>(i));
    }
    shared_.emplace_back(isolate_, buffer);
    message_->shared_array_buffers_.push_back(buffer->GetBackingStore());
    return v8::Just(static_cast<uint32_t>(shared_.size() - 1));
  }

  v8::Maybe<uint32_t> GetWasmModuleTransferId(v8::Isolate*,
                                              v8::Local<v8::WasmModuleObject> module) override {
    message_->wasm_modules_.push_back(module->GetCompiledModule());
    return v8::Just(static_cast<uint32_t>(message_->wasm_modules_.size() - 1));
  }

 private:
  v8::Maybe<bool> Refuse(std::string_view why) {
    ThrowDataCloneError(ToString(env_, why));
    return v8::Nothing<bool>();
  }

  v8::Maybe<bool> RefuseClone(v8::Local<v8::Object> object) {
    v8::Local<v8::Value> transfer;
    if (!GetHook(env_, object, kTransfer).ToLocal(&transfer)) return v8::Nothing<bool>();
    return Refuse(
        transfer->IsFunction()
            ? "Object that needs transfer was found in message but not listed in transferList"
            : "Cannot clone object of unsupported type.");
  }

  // Its place in objects_, or the end.
  size_t Find(v8::Local<v8::Object> object) const {
    return std::find_if(
               objects_.begin(), objects_.end(),
               [&](const Participant& participant) { return participant.object == object; }) -
           objects_.begin();
  }

  bool RefuseTransfer(std::string_view why) {
    Refuse(why).IsNothing();
    return false;
  }

  bool AddTransfer(v8::Local<v8::Object> object, v8::Local<v8::Value> source) {
    if (HasMark(env_, object, UntransferablePrivate(env_))) {
      return RefuseTransfer("Cannot transfer object of unsupported type.");
    }
    if (object->IsArrayBuffer()) return AddArrayBuffer(object.As<v8::ArrayBuffer>());
    v8::Local<v8::Value> transfer;
    if (!GetHook(env_, object, kTransfer).ToLocal(&transfer)) return false;
    if (!transfer->IsFunction()) return RefuseTransfer("Found invalid value in transferList.");
    if (object == source) return RefuseTransfer("Transfer list contains source port");
    if (Find(object) != objects_.size()) {
      return RefuseTransfer("Transfer list contains duplicate " +
                            FromV8<std::string>(env_, object->GetConstructorName()));
    }
    objects_.push_back({v8::Global<v8::Object>(isolate_, object), kTransfer});
    return AddNested(object, source);
  }

  // The memory of a message that is one large buffer travels as a transferred one does, but the
  // buffer keeps its own.
  void AddLargeBuffer(v8::Local<v8::Value> value) {
    if (value->IsArrayBufferView()) value = value.As<v8::ArrayBufferView>()->Buffer();
    if (!value->IsArrayBuffer()) return;
    v8::Local<v8::ArrayBuffer> buffer = value.As<v8::ArrayBuffer>();
    const size_t size = buffer->ByteLength();
    if (size < kLargeBuffer || buffer->IsResizableByUserJavaScript() ||
        std::find(array_buffers_.begin(), array_buffers_.end(), buffer) != array_buffers_.end()) {
      return;
    }
    copy_ = v8::ArrayBuffer::NewBackingStore(isolate_, size,
                                             v8::BackingStoreInitializationMode::kUninitialized,
                                             v8::BackingStoreOnFailureMode::kReturnNull);
    if (copy_ == nullptr) return;
    std::memcpy(copy_->Data(), buffer->Data(), size);
    serializer_.TransferArrayBuffer(static_cast<uint32_t>(array_buffers_.size()), buffer);
  }

  bool AddArrayBuffer(v8::Local<v8::ArrayBuffer> buffer) {
    if (!buffer->IsDetachable() || buffer->WasDetached()) {
      return RefuseTransfer("Cannot transfer object of unsupported type.");
    }
    if (std::find(array_buffers_.begin(), array_buffers_.end(), buffer) != array_buffers_.end()) {
      return RefuseTransfer("Transfer list contains duplicate ArrayBuffer");
    }
    serializer_.TransferArrayBuffer(static_cast<uint32_t>(array_buffers_.size()), buffer);
    array_buffers_.push_back(buffer);
    return true;
  }

  // What an object is made of goes with it.
  bool AddNested(v8::Local<v8::Object> object, v8::Local<v8::Value> source) {
    v8::Local<v8::Value> list;
    v8::Local<v8::Value> nested;
    if (!GetHook(env_, object, kTransferList).ToLocal(&list)) return false;
    if (!list->IsFunction()) return true;
    if (!list.As<v8::Function>()->Call(env_.context(), object, 0, nullptr).ToLocal(&nested))
      return false;
    if (!nested->IsArray()) return true;
    Message::ObjectList items;
    if (!Message::ToObjectList(env_, nested.As<v8::Array>(), &items)) return false;
    for (v8::Local<v8::Object> item : items) {
      if (!AddTransfer(item, source)) return false;
    }
    return true;
  }

  // Calls `method` of the object for { data, deserializeInfo, descriptor }; the message has a
  // descriptor from then on.
  bool Describe(v8::Local<v8::Object> object, v8::Local<v8::Value> method,
                v8::Local<v8::Value>* data) {
    v8::Local<v8::Context> context = env_.context();
    v8::Local<v8::Value> result;
    if (!method->IsFunction()) return RefuseTransfer("Cannot clone object of unsupported type.");
    if (!method.As<v8::Function>()->Call(context, object, 0, nullptr).ToLocal(&result))
      return false;
    if (!result->IsObject()) return RefuseTransfer("Cannot clone object of unsupported type.");
    v8::Local<v8::Object> description = result.As<v8::Object>();
    v8::Local<v8::Value> info;
    v8::Local<v8::Value> descriptor;
    if (!description->Get(context, env_.Intern("descriptor")).ToLocal(&descriptor) ||
        !description->Get(context, env_.Intern("deserializeInfo")).ToLocal(&info) ||
        !description->Get(context, env_.Intern("data")).ToLocal(data)) {
      return false;
    }
    if (!info->IsString()) return RefuseTransfer("Cannot clone object of unsupported type.");
    message_->objects_.push_back({FromV8<std::string>(env_, info), -1});
    if (descriptor->IsInt32()) {
      message_->objects_.back().descriptor = FromV8<int32_t>(env_, descriptor);
    }
    return true;
  }

  v8::Maybe<bool> WritePort(MessagePort* port) {
    serializer_.WriteUint32(kPort);
    serializer_.WriteUint32(static_cast<uint32_t>(message_->ports_.size()));
    message_->ports_.push_back(port->Detach());
    return v8::Just(true);
  }

  v8::Maybe<bool> WritePlain(v8::Local<v8::Object> object) {
    v8::Local<v8::Context> context = env_.context();
    v8::Local<v8::Object> copy = v8::Object::New(isolate_);
    v8::Local<v8::Array> names;
    if (!object->GetOwnPropertyNames(context).ToLocal(&names)) return v8::Nothing<bool>();
    for (uint32_t i = 0; i < names->Length(); i++) {
      v8::Local<v8::Value> name;
      v8::Local<v8::Value> value;
      if (!names->Get(context, i).ToLocal(&name) || !object->Get(context, name).ToLocal(&value) ||
          copy->Set(context, name, value).IsNothing()) {
        return v8::Nothing<bool>();
      }
    }
    serializer_.WriteUint32(kPlain);
    return serializer_.WriteValue(context, copy);
  }

  // What the objects are made of, behind the value; more of them may turn up meanwhile.
  bool WriteObjects() {
    for (size_t i = 0; i < objects_.size(); i++) {
      v8::HandleScope handles(isolate_);
      v8::Local<v8::Object> object = objects_[i].object.Get(isolate_);
      v8::Local<v8::Value> method;
      v8::Local<v8::Value> data;
      if (!GetHook(env_, object, objects_[i].method).ToLocal(&method) ||
          !Describe(object, method, &data) ||
          !serializer_.WriteValue(env_.context(), data).FromMaybe(false)) {
        return false;
      }
    }
    return true;
  }

  bool DetachArrayBuffers() {
    for (v8::Local<v8::ArrayBuffer> buffer : array_buffers_) {
      message_->array_buffers_.push_back(buffer->GetBackingStore());
      if (!buffer->Detach(v8::Local<v8::Value>()).FromMaybe(false)) return false;
    }
    if (copy_ != nullptr) message_->array_buffers_.push_back(std::move(copy_));
    return true;
  }

  Environment& env_;
  v8::Isolate* const isolate_;
  std::shared_ptr<Message> message_;
  v8::ValueSerializer serializer_;
  v8::Local<v8::Value> object_prototype_;
  std::vector<v8::Local<v8::ArrayBuffer>> array_buffers_;
  std::shared_ptr<v8::BackingStore> copy_;  // of the large buffer; its id comes behind those
  // Found while V8 writes, in handle scopes of its own: hence global.
  std::vector<v8::Global<v8::SharedArrayBuffer>> shared_;
  // In the order of their indices: first what is transferred.
  struct Participant {
    v8::Global<v8::Object> object;
    std::string_view method;  // what describes it
  };
  std::vector<Participant> objects_;
};

std::shared_ptr<Message> Message::Serialize(Environment& env, v8::Local<v8::Value> value,
                                            const ObjectList& transfer_list,
                                            v8::Local<v8::Value> source, bool read_once) {
  return MessageWriter(env).Write(value, transfer_list, source, read_once);
}

// Reads one message.
class MessageReader final : public v8::ValueDeserializer::Delegate {
 public:
  MessageReader(Environment& env, v8::Local<v8::Context> context, Message& message)
      : env_(env),
        isolate_(env.isolate()),
        context_(context),
        message_(message),
        deserializer_(isolate_, message.data_.get(), message.size_, this) {}

  v8::MaybeLocal<v8::Value> Read(Message::ObjectList* objects) {
    v8::Local<v8::Value> value;
    if (!Prepare() || !deserializer_.ReadHeader(context_).FromMaybe(false) ||
        !deserializer_.ReadValue(context_).ToLocal(&value) || !FillObjects()) {
      return {};
    }
    objects->insert(objects->end(), objects_.begin(), objects_.end());
    return value;
  }

  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate*) override {
    uint32_t tag;
    uint32_t index;
    if (!deserializer_.ReadUint32(&tag)) return {};
    if (tag == kPlain) {
      v8::Local<v8::Value> value;
      if (!deserializer_.ReadValue(env_.context()).ToLocal(&value)) return {};
      return value.As<v8::Object>();
    }
    if (!deserializer_.ReadUint32(&index)) return {};
    const Message::ObjectList& list = tag == kPort ? ports_ : objects_;
    CHECK_LT(index, list.size());
    return list[index];
  }

  v8::MaybeLocal<v8::SharedArrayBuffer> GetSharedArrayBufferFromId(v8::Isolate*,
                                                                   uint32_t id) override {
    CHECK_LT(id, message_.shared_array_buffers_.size());
    if (shared_.size() <= id) shared_.resize(id + 1);
    if (shared_[id].IsEmpty()) {
      shared_[id].Reset(isolate_,
                        v8::SharedArrayBuffer::New(isolate_, message_.shared_array_buffers_[id]));
    }
    return shared_[id].Get(isolate_);
  }

  v8::MaybeLocal<v8::WasmModuleObject> GetWasmModuleFromId(v8::Isolate*, uint32_t id) override {
    CHECK_LT(id, message_.wasm_modules_.size());
    return v8::WasmModuleObject::FromCompiledModule(isolate_, message_.wasm_modules_[id]);
  }

 private:
  // Everything that needs JavaScript: none may run while V8 reads.
  bool Prepare() {
    v8::Context::Scope scope(context_);
    for (size_t i = 0; i < message_.array_buffers_.size(); i++) {
      deserializer_.TransferArrayBuffer(
          static_cast<uint32_t>(i),
          v8::ArrayBuffer::New(isolate_, std::move(message_.array_buffers_[i])));
    }
    message_.array_buffers_.clear();
    for (std::shared_ptr<PortEndpoint>& endpoint : message_.ports_) {
      v8::Local<v8::Object> port;
      if (!MessagePort::Create(env_, std::move(endpoint)).ToLocal(&port)) return false;
      ports_.push_back(port);
    }
    for (const Message::Recipe& recipe : message_.objects_) {
      v8::Local<v8::Object> object;
      if (!CreateObject(ToV8(env_, recipe.info)).ToLocal(&object)) return false;
      objects_.push_back(object);
    }
    return true;
  }

  v8::MaybeLocal<v8::Object> CreateObject(v8::Local<v8::Value> info) {
    v8::Local<v8::Value> arguments[] = {info, context_->Global()};
    v8::Local<v8::Value> object;
    if (!Hook(env_, context_ == env_.context() ? kCreate : kCreateInContext)
             .As<v8::Function>()
             ->Call(env_.context(), v8::Undefined(isolate_), 2, arguments)
             .ToLocal(&object)) {
      return {};
    }
    return object.As<v8::Object>();
  }

  // The last first: what an object is made of comes behind it.
  bool FillObjects() {
    std::vector<v8::Local<v8::Value>> data(objects_.size());
    for (v8::Local<v8::Value>& item : data) {
      if (!deserializer_.ReadValue(context_).ToLocal(&item)) return false;
    }
    for (size_t i = objects_.size(); i-- > 0;) {
      v8::Local<v8::Value> deserialize;
      if (!GetHook(env_, objects_[i], kDeserialize).ToLocal(&deserialize) ||
          !deserialize->IsFunction()) {
        return false;
      }
      // The object's from here on. A broadcast message, which others read too, has none.
      int& descriptor = message_.objects_[i].descriptor;
      if (descriptor >= 0) descriptor = -1;
      if (deserialize.As<v8::Function>()
              ->Call(env_.context(), objects_[i], 1, &data[i])
              .IsEmpty()) {
        return false;
      }
    }
    return true;
  }

  Environment& env_;
  v8::Isolate* const isolate_;
  v8::Local<v8::Context> context_;
  Message& message_;
  v8::ValueDeserializer deserializer_;
  std::vector<v8::Global<v8::SharedArrayBuffer>> shared_;
  Message::ObjectList ports_;
  Message::ObjectList objects_;
};

v8::MaybeLocal<v8::Value> Message::Deserialize(Environment& env, v8::Local<v8::Context> context,
                                               ObjectList* objects) {
  CHECK(!close_);
  return MessageReader(env, context, *this).Read(objects);
}

}  // namespace gyre
