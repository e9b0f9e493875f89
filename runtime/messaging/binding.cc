#include "runtime/messaging/binding.h"

#include <memory>
#include <string>
#include <utility>

#include "runtime/messaging/message.h"
#include "runtime/messaging/port.h"

namespace gyre {
namespace {

// What native code needs of internal/messaging, by name.
void SetHooks(Environment& env, v8::Local<v8::Object> hooks) {
  for (const char* name : {"kClone", "kDeserialize", "kTransfer", "kTransferList",
                           "createForDeserialization", "createInContext", "createDataCloneError"}) {
    v8::Local<v8::Value> value = hooks->Get(env.context(), ToV8(env, name)).ToLocalChecked();
    env.SetRealmValue(std::string("messaging:") + name, value);
  }
}

v8::MaybeLocal<v8::Value> StructuredClone(Environment& env, v8::Local<v8::Value> value,
                                          v8::Local<v8::Array> transfer_list) {
  Message::ObjectList objects;
  if (!Message::ToObjectList(env, transfer_list, &objects)) return {};
  std::shared_ptr<Message> message =
      Message::Serialize(env, value, objects, v8::Undefined(env.isolate()), true);
  if (message == nullptr) return {};
  objects.clear();
  return message->Deserialize(env, env.context(), &objects);
}

// [port, port], the two ends of a channel.
v8::MaybeLocal<v8::Value> CreateChannel(Environment& env) {
  std::shared_ptr<PortGroup> group = PortGroup::Pair();
  v8::Local<v8::Value> ends[2];
  for (v8::Local<v8::Value>& end : ends) {
    v8::Local<v8::Object> port;
    if (!MessagePort::Create(env, PortEndpoint::Create(group)).ToLocal(&port)) return {};
    end = port;
  }
  return v8::Array::New(env.isolate(), ends, 2);
}

v8::MaybeLocal<v8::Object> CreateBroadcast(Environment& env, std::string name) {
  return MessagePort::Create(env, PortEndpoint::Create(PortGroup::Broadcast(name)));
}

// The value of a script in the context of a global object.
v8::MaybeLocal<v8::Value> RunIn(Environment& env, v8::Local<v8::Object> global,
                                v8::Local<v8::String> source) {
  v8::Local<v8::Context> context;
  if (!global->GetCreationContext(env.isolate()).ToLocal(&context)) return {};
  v8::Context::Scope scope(context);
  v8::Local<v8::Script> script;
  if (!v8::Script::Compile(context, source).ToLocal(&script)) return {};
  return script->Run(context);
}

void MarkUntransferable(Environment& env, v8::Local<v8::Object> object) {
  object->SetPrivate(env.context(), UntransferablePrivate(env), v8::True(env.isolate())).Check();
}

bool IsMarkedUntransferable(Environment& env, v8::Local<v8::Object> object) {
  return object->HasPrivate(env.context(), UntransferablePrivate(env)).FromMaybe(false);
}

void MarkUncloneable(Environment& env, v8::Local<v8::Object> object) {
  object->SetPrivate(env.context(), UncloneablePrivate(env), v8::True(env.isolate())).Check();
}

}  // namespace

void InitMessaging(BindingBuilder& b) {
  b.Function<SetHooks>("setHooks");
  b.Function<StructuredClone>("structuredClone");
  b.Function<CreateChannel>("createChannel");
  b.Function<CreateBroadcast>("createBroadcast");
  b.Function<RunIn>("runIn");
  b.Function<MarkUntransferable>("markAsUntransferable");
  b.Function<IsMarkedUntransferable>("isMarkedAsUntransferable");
  b.Function<MarkUncloneable>("markAsUncloneable");
  b.Class<MessagePort>("NativeMessagePort")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&MessagePort::PostMessage>("postMessage")
      .Method<&MessagePort::UseContext>("useContext")
      .Getter<&MessagePort::PeerCount>("peerCount")
      .Method<&MessagePort::Start>("start")
      .Method<&MessagePort::Stop>("stop")
      .Method<&MessagePort::ReceiveMessage>("receiveMessage")
      .Method<&MessagePort::ClosePort>("closePort");
}

}  // namespace gyre
