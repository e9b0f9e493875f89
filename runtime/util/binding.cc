#include "runtime/util/binding.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/engine/environment.h"
#include "runtime/util/dotenv.h"
#include "uv.h"
#include "v8.h"

namespace gyre {
namespace {

using v8::Local;

// -- types -------------------------------------------------------------------

template <bool (v8::Value::*kCheck)() const>
bool Is(Local<v8::Value> value) {
  return ((**value).*kCheck)();
}

template <bool (v8::Value::*kCheck)() const>
bool FastIs(Local<v8::Value> receiver, Local<v8::Value> value) {
  return ((**value).*kCheck)();
}

bool IsBoxedPrimitive(Local<v8::Value> value) {
  return value->IsNumberObject() || value->IsStringObject() || value->IsBooleanObject() ||
         value->IsBigIntObject() || value->IsSymbolObject();
}

bool IsAnyArrayBuffer(Local<v8::Value> value) {
  return value->IsArrayBuffer() || value->IsSharedArrayBuffer();
}

// -- What objects hide -------------------------------------------------------

// [state, result]; of a pending promise the state alone.
Local<v8::Array> GetPromiseDetails(Environment& env, Local<v8::Promise> promise) {
  v8::Isolate* isolate = env.isolate();
  Local<v8::Value> details[] = {v8::Integer::New(isolate, promise->State()), {}};
  if (promise->State() == v8::Promise::kPending) return v8::Array::New(isolate, details, 1);
  details[1] = promise->Result();
  return v8::Array::New(isolate, details, 2);
}

// [target, handler] of a proxy or, not `with_handler`, its target; undefined of anything else.
// Nulls when revoked.
Local<v8::Value> GetProxyDetails(Environment& env, Local<v8::Value> value,
                                 std::optional<bool> with_handler) {
  v8::Isolate* isolate = env.isolate();
  if (!value->IsProxy()) return v8::Undefined(isolate);
  Local<v8::Proxy> proxy = value.As<v8::Proxy>();
  if (!with_handler.value_or(true)) return proxy->GetTarget();
  Local<v8::Value> details[] = {proxy->GetTarget(), proxy->GetHandler()};
  return v8::Array::New(isolate, details, 2);
}

// Entries of a collection or iterator, left as it is; `with_kind` makes it [entries, whether keys
// and values alternate].
Local<v8::Value> PreviewEntries(Environment& env, Local<v8::Object> object,
                                std::optional<bool> with_kind) {
  v8::Isolate* isolate = env.isolate();
  bool is_key_value = false;
  Local<v8::Array> entries;
  if (!object->PreviewEntries(&is_key_value).ToLocal(&entries)) return v8::Undefined(isolate);
  if (!with_kind.value_or(false)) return entries;
  Local<v8::Value> result[] = {entries, v8::Boolean::New(isolate, is_key_value)};
  return v8::Array::New(isolate, result, 2);
}

v8::MaybeLocal<v8::Array> GetOwnNonIndexProperties(Environment& env, Local<v8::Object> object,
                                                   int32_t filter) {
  return object->GetPropertyNames(env.context(), v8::KeyCollectionMode::kOwnOnly,
                                  static_cast<v8::PropertyFilter>(filter),
                                  v8::IndexFilter::kSkipIndices);
}

Local<v8::String> GetConstructorName(Local<v8::Object> object) {
  return object->GetConstructorName();
}

// The address an External carries, which tells it from others.
uint64_t GetExternalValue(Local<v8::Value> external) {
  return reinterpret_cast<uint64_t>(
      external.As<v8::External>()->Value(v8::kExternalPointerTypeTagDefault));
}

// -- Who called --------------------------------------------------------------

Local<v8::String> OrEmpty(v8::Isolate* isolate, Local<v8::String> text) {
  return text.IsEmpty() ? v8::String::Empty(isolate) : text;
}

Local<v8::Object> DescribeFrame(Environment& env, Local<v8::StackFrame> frame) {
  v8::Isolate* isolate = env.isolate();
  Local<v8::Integer> column = v8::Integer::New(isolate, frame->GetColumn());
  Local<v8::Name> names[] = {env.Intern("functionName"), env.Intern("scriptId"),
                             env.Intern("scriptName"),   env.Intern("lineNumber"),
                             env.Intern("columnNumber"), env.Intern("column")};
  std::string id = std::to_string(frame->GetScriptId());
  Local<v8::Value> values[] = {
      OrEmpty(isolate, frame->GetFunctionName()),
      v8::String::NewFromUtf8(isolate, id.c_str()).ToLocalChecked(),
      OrEmpty(isolate, frame->GetScriptNameOrSourceURL()),
      v8::Integer::New(isolate, frame->GetLineNumber()),
      column,
      column,
  };
  return v8::Object::New(isolate, v8::Null(isolate), names, values, 6);
}

// The nearest `count` frames above the built-in that asks.
Local<v8::Array> GetCallSites(Environment& env, uint32_t count) {
  v8::Isolate* isolate = env.isolate();
  // The function of the built-in itself is on top.
  Local<v8::StackTrace> stack = v8::StackTrace::CurrentStackTrace(isolate, count + 1);
  v8::LocalVector<v8::Value> sites(isolate);
  for (int i = 1; i < stack->GetFrameCount(); i++) {
    sites.push_back(DescribeFrame(env, stack->GetFrame(isolate, i)));
  }
  return v8::Array::New(isolate, sites.data(), sites.size());
}

// [line, column, script] of the caller of the function that called into native code.
Local<v8::Value> GetCallerLocation(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  Local<v8::StackTrace> stack = v8::StackTrace::CurrentStackTrace(isolate, 2);
  if (stack->GetFrameCount() != 2) return v8::Undefined(isolate);
  Local<v8::StackFrame> frame = stack->GetFrame(isolate, 1);
  Local<v8::Value> location[] = {v8::Integer::New(isolate, frame->GetLineNumber()),
                                 v8::Integer::New(isolate, frame->GetColumn()),
                                 OrEmpty(isolate, frame->GetScriptNameOrSourceURL())};
  return v8::Array::New(isolate, location, 3);
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Whether the nearest frame that is no built-in's belongs to a file below node_modules.
bool IsInsideNodeModules(Environment& env, std::optional<int32_t> frame_limit,
                         std::optional<bool> default_value) {
  v8::Isolate* isolate = env.isolate();
  Local<v8::StackTrace> stack =
      v8::StackTrace::CurrentStackTrace(isolate, frame_limit.value_or(10));
  for (int i = 0; i < stack->GetFrameCount(); i++) {
    Local<v8::StackFrame> frame = stack->GetFrame(isolate, i);
    Local<v8::String> name = frame->GetScriptName();
    if (name.IsEmpty() || name->Length() == 0) continue;
    v8::String::Utf8Value utf8(isolate, name);
    std::string_view path(*utf8, utf8.length());
    if (StartsWith(path, "node:")) continue;
    return path.find("/node_modules/") != path.npos || path.find("\\node_modules\\") != path.npos ||
           path.find("/node_modules\\") != path.npos || path.find("\\node_modules/") != path.npos;
  }
  return default_value.value_or(false);
}

// -- The rest ----------------------------------------------------------------

void Sleep(uint32_t milliseconds) { uv_sleep(milliseconds); }

std::string_view GuessHandleType(int32_t fd) {
  switch (uv_guess_handle(fd)) {
    case UV_TCP:
      return "TCP";
    case UV_TTY:
      return "TTY";
    case UV_UDP:
      return "UDP";
    case UV_FILE:
      return "FILE";
    case UV_NAMED_PIPE:
      return "PIPE";
    case UV_UNKNOWN_HANDLE:
      return "UNKNOWN";
    default:
      return "INVALID";
  }
}

// Variables of a .env file as an object, its keys sorted as Node sorts them.
Local<v8::Object> ParseEnv(Environment& env, std::string content) {
  v8::Isolate* isolate = env.isolate();
  std::map<std::string, std::string> variables;
  for (auto& [name, value] : ParseDotenv(content)) variables[name] = value;
  auto to_string = [&](const std::string& text) {
    return v8::String::NewFromUtf8(isolate, text.data(), v8::NewStringType::kNormal, text.size())
        .ToLocalChecked();
  };
  Local<v8::Object> result = v8::Object::New(isolate);
  for (const auto& [name, value] : variables) {
    result->CreateDataProperty(env.context(), to_string(name), to_string(value)).Check();
  }
  return result;
}

}  // namespace

void InitTypes(BindingBuilder& b) {
#define GYRE_TYPES(V)      \
  V(ArgumentsObject)       \
  V(ArrayBuffer)           \
  V(AsyncFunction)         \
  V(BigIntObject)          \
  V(BooleanObject)         \
  V(DataView)              \
  V(Date)                  \
  V(External)              \
  V(GeneratorFunction)     \
  V(GeneratorObject)       \
  V(Map)                   \
  V(MapIterator)           \
  V(ModuleNamespaceObject) \
  V(NativeError)           \
  V(NumberObject)          \
  V(Promise)               \
  V(Proxy)                 \
  V(RegExp)                \
  V(Set)                   \
  V(SetIterator)           \
  V(SharedArrayBuffer)     \
  V(StringObject)          \
  V(SymbolObject)          \
  V(WeakMap)               \
  V(WeakSet)
#define GYRE_TYPE(name) \
  b.FastFunction<Is<&v8::Value::Is##name>, FastIs<&v8::Value::Is##name>>("is" #name);
  GYRE_TYPES(GYRE_TYPE)
#undef GYRE_TYPE
#undef GYRE_TYPES
  b.Function<IsAnyArrayBuffer>("isAnyArrayBuffer");
  b.Function<IsBoxedPrimitive>("isBoxedPrimitive");
}

void InitUtil(BindingBuilder& b) {
  b.Function<GetCallSites>("getCallSites");
  b.Function<GetCallerLocation>("getCallerLocation");
  b.Function<GetConstructorName>("getConstructorName");
  b.Function<GetExternalValue>("getExternalValue");
  b.Function<GetOwnNonIndexProperties>("getOwnNonIndexProperties");
  b.Function<GetPromiseDetails>("getPromiseDetails");
  b.Function<GetProxyDetails>("getProxyDetails");
  b.Function<GuessHandleType>("guessHandleType");
  b.Function<IsInsideNodeModules>("isInsideNodeModules");
  b.Function<ParseEnv>("parseEnv");
  b.Function<PreviewEntries>("previewEntries");
  b.Function<Sleep>("sleep");
  b.Object("constants", [](BindingBuilder& c) {
    c.Constant("ALL_PROPERTIES", static_cast<int32_t>(v8::ALL_PROPERTIES));
    c.Constant("ONLY_ENUMERABLE", static_cast<int32_t>(v8::ONLY_ENUMERABLE));
    c.Constant("kFulfilled", static_cast<int32_t>(v8::Promise::kFulfilled));
    c.Constant("kPending", static_cast<int32_t>(v8::Promise::kPending));
    c.Constant("kRejected", static_cast<int32_t>(v8::Promise::kRejected));
  });
}

}  // namespace gyre
