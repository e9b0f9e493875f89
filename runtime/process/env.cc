#include "runtime/process/env.h"

#include <dlfcn.h>
#include <execinfo.h>

#include <cstdio>
#include <ctime>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/process/stack_text.h"
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

// The frames above the caller's caller, as far as the linker knows their names.
std::string NativeStack() {
  void* frames[64];
  const int count = backtrace(frames, std::size(frames));
  std::string text;
  for (int i = 3; i < count; i++) {
    Dl_info info = {};
    dladdr(frames[i], &info);
    absl::StrAppend(&text, " ", i - 2, ": 0x", absl::Hex(reinterpret_cast<uintptr_t>(frames[i])),
                    " ", info.dli_sname == nullptr ? "" : info.dli_sname, " [",
                    info.dli_fname == nullptr ? "" : info.dli_fname, "]\n");
  }
  return text;
}

// "1: f (file:1:2)\n2: ..."
std::string JsStack(Environment& env) {
  const std::string text = StackText(env, v8::StackTrace::CurrentStackTrace(env.isolate(), 10));
  std::string numbered;
  int count = 0;
  for (std::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    absl::ConsumePrefix(&line, "    at ");
    absl::StrAppend(&numbered, ++count, ": ", line, "\n");
  }
  return numbered;
}

// --trace-env, --trace-env-js-stack and --trace-env-native-stack, looked up once: JavaScript's uses
// of the variables, the program's and Gyre's own, are told on standard error.
class Trace {
 public:
  explicit Trace(Environment& env)
      : env_(env),
        js_stack_(env.options().GetBool("--trace-env-js-stack")),
        native_stack_(env.options().GetBool("--trace-env-native-stack")),
        is_on_(js_stack_ || native_stack_ || env.options().GetBool("--trace-env")) {}

  static void Tell(Environment& env, const char* use, v8::Local<v8::Name> name) {
    if (const Trace& trace = env.State<Trace>(); trace.is_on_ && name->IsString()) {
      trace.Write(absl::StrCat(use, " \"", FromV8<std::string>(env, name), "\""));
    }
  }
  static void Tell(Environment& env, const char* use) {
    if (const Trace& trace = env.State<Trace>(); trace.is_on_) trace.Write(use);
  }

 private:
  void Write(std::string_view use) const {
    std::string text = absl::StrCat("[--trace-env] ", use, "\n");
    if (native_stack_) {
      absl::StrAppend(&text, "----- Native stack trace -----\n\n", NativeStack());
    }
    if (js_stack_) {
      absl::StrAppend(&text, "\n----- JavaScript stack trace -----\n\n", JsStack(env_), "\n\n");
    }
    fwrite(text.data(), 1, text.size(), stderr);
  }

  Environment& env_;
  const bool js_stack_;
  const bool native_stack_;
  const bool is_on_;
};

// A new time zone holds for dates made from now on.
void NoticeChange(Environment& env, const std::string& name) {
  if (name != "TZ") return;
  tzset();
  env.isolate()->DateTimeConfigurationChangeNotification(v8::Isolate::TimeZoneDetection::kRedetect);
}

v8::Intercepted Get(v8::Local<v8::Name> property, const v8::PropertyCallbackInfo<v8::Value>& info) {
  if (!property->IsString()) return v8::Intercepted::kNo;
  Environment& env = Environment::From(info.GetIsolate());
  Trace::Tell(env, "get", property);
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
  Trace::Tell(env, "set", property);
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
  Trace::Tell(env, "query", property);
  if (!GetVariable(FromV8<std::string>(env, property))) return v8::Intercepted::kNo;
  info.GetReturnValue().Set(v8::None);
  return v8::Intercepted::kYes;
}

v8::Intercepted Delete(v8::Local<v8::Name> property,
                       const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  if (property->IsString()) {
    Trace::Tell(env, "delete", property);
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
  Trace::Tell(env, "enumerate environment variables");
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
