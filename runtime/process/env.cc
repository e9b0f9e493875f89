#include "runtime/process/env.h"

#include <ctime>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "uv.h"

namespace gyre {
namespace {

// The C library's environment is the process's; workers that share it come through here too.
std::mutex& EnvMutex() {
  static std::mutex& mutex = *new std::mutex;
  return mutex;
}

std::optional<std::string> GetVariable(const std::string& name) {
  std::lock_guard lock(EnvMutex());
  std::string value(256, '\0');
  size_t size = value.size();
  int error = uv_os_getenv(name.c_str(), value.data(), &size);
  if (error == UV_ENOBUFS) {
    value.resize(size);
    error = uv_os_getenv(name.c_str(), value.data(), &size);
  }
  if (error != 0) return std::nullopt;
  value.resize(size);
  return value;
}

// A new time zone holds for dates made from now on.
void NoticeChange(Environment& env, const std::string& name) {
  if (name != "TZ") return;
  tzset();
  env.isolate()->DateTimeConfigurationChangeNotification(v8::Isolate::TimeZoneDetection::kRedetect);
}

v8::Intercepted Get(v8::Local<v8::Name> property, const v8::PropertyCallbackInfo<v8::Value>& info) {
  if (!property->IsString()) return v8::Intercepted::kNo;
  Environment& env = Environment::From(info.GetIsolate());
  std::optional<std::string> value = GetVariable(FromV8<std::string>(env, property));
  if (!value) return v8::Intercepted::kNo;
  info.GetReturnValue().Set(ToV8(env, *value));
  return v8::Intercepted::kYes;
}

// That undefined becomes 'undefined' is seldom meant; told with --pending-deprecation.
void WarnOfConversion(Environment& env, v8::Local<v8::Value> value) {
  if (value->IsString() || value->IsNumber() || value->IsBoolean()) return;
  v8::Local<v8::Value> warn = env.GetRealmValue("warnOfEnvConversion");
  if (!warn->IsFunction()) return;
  (void)warn.As<v8::Function>()->Call(env.context(), v8::Undefined(env.isolate()), 0, nullptr);
}

v8::Intercepted Set(v8::Local<v8::Name> property, v8::Local<v8::Value> value,
                    const v8::PropertyCallbackInfo<void>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  WarnOfConversion(env, value);
  v8::Local<v8::String> text;
  v8::Local<v8::String> key;
  // A symbol throws V8's own TypeError here, as in Node.
  if (!value->ToString(env.context()).ToLocal(&text) ||
      !property->ToString(env.context()).ToLocal(&key)) {
    return v8::Intercepted::kYes;
  }
  std::string name = FromV8<std::string>(env, key);
  {
    std::lock_guard lock(EnvMutex());
    if (!name.empty()) uv_os_setenv(name.c_str(), FromV8<std::string>(env, text).c_str());
  }
  NoticeChange(env, name);
  return v8::Intercepted::kYes;
}

v8::Intercepted Query(v8::Local<v8::Name> property,
                      const v8::PropertyCallbackInfo<v8::Integer>& info) {
  if (!property->IsString()) return v8::Intercepted::kNo;
  Environment& env = Environment::From(info.GetIsolate());
  if (!GetVariable(FromV8<std::string>(env, property))) return v8::Intercepted::kNo;
  info.GetReturnValue().Set(v8::None);
  return v8::Intercepted::kYes;
}

v8::Intercepted Delete(v8::Local<v8::Name> property,
                       const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  if (property->IsString()) {
    std::string name = FromV8<std::string>(env, property);
    {
      std::lock_guard lock(EnvMutex());
      uv_os_unsetenv(name.c_str());
    }
    NoticeChange(env, name);
  }
  info.GetReturnValue().Set(true);
  return v8::Intercepted::kYes;
}

void Enumerate(const v8::PropertyCallbackInfo<v8::Array>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  std::vector<std::string> names;
  {
    std::lock_guard lock(EnvMutex());
    uv_env_item_t* items;
    int count;
    if (uv_os_environ(&items, &count) != 0) return;
    for (int i = 0; i < count; i++) names.emplace_back(items[i].name);
    uv_os_free_environ(items, count);
  }
  info.GetReturnValue().Set(ToV8(env, names).As<v8::Array>());
}

v8::Intercepted Define(v8::Local<v8::Name> property, const v8::PropertyDescriptor& descriptor,
                       const v8::PropertyCallbackInfo<void>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  auto refuse = [&](std::string_view why) {
    Throw(env,
          NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_OBJECT_DEFINE_PROPERTY", why));
    return v8::Intercepted::kYes;
  };
  if (!descriptor.has_value()) {
    return refuse(descriptor.has_get() || descriptor.has_set()
                      ? "'process.env' does not accept an accessor(getter/setter) descriptor"
                      : "'process.env' only accepts a configurable, writable, and enumerable data "
                        "descriptor");
  }
  if (descriptor.has_configurable() && descriptor.configurable() && descriptor.has_enumerable() &&
      descriptor.enumerable() && descriptor.has_writable() && descriptor.writable()) {
    return Set(property, descriptor.value(), info);
  }
  return refuse(
      "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
}

}  // namespace

v8::Local<v8::Object> MakeProcessEnv(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::FunctionTemplate> type = v8::FunctionTemplate::New(isolate);
  v8::Local<v8::ObjectTemplate> instance = type->InstanceTemplate();
  instance->SetHandler(v8::NamedPropertyHandlerConfiguration(
      Get, Set, Query, Delete, Enumerate, Define, nullptr, v8::Local<v8::Value>(),
      v8::PropertyHandlerFlags::kHasNoSideEffect));
  v8::Local<v8::Object> object = instance->NewInstance(env.context()).ToLocalChecked();
  // Inspected and compared like a plain object.
  v8::Local<v8::Object> plain = v8::Object::New(isolate);
  object->SetPrototype(env.context(), plain->GetPrototype()).Check();
  // And cloned like one; see messaging/message.cc.
  object
      ->SetPrivate(env.context(), v8::Private::ForApi(isolate, env.Intern("gyre:cloned_as_plain")),
                   v8::True(isolate))
      .Check();
  return object;
}

void AppendProcessEnvReferences(std::vector<intptr_t>* references) {
  for (auto callback :
       {reinterpret_cast<intptr_t>(Get), reinterpret_cast<intptr_t>(Set),
        reinterpret_cast<intptr_t>(Query), reinterpret_cast<intptr_t>(Delete),
        reinterpret_cast<intptr_t>(Enumerate), reinterpret_cast<intptr_t>(Define)}) {
    references->push_back(callback);
  }
}

}  // namespace gyre
