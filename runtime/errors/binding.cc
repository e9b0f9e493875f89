#include "runtime/errors/binding.h"

#include <cstdint>
#include <string>

#include "runtime/engine/environment.h"
#include "uv.h"
#include "v8.h"

namespace gyre {
namespace {

// The JS function that writes stacks, per environment: prepareStackTrace() of
// internal/errors/stack.
class StackFormatter {
 public:
  explicit StackFormatter(Environment& env) {}

  v8::Global<v8::Function> function;
};

v8::MaybeLocal<v8::Value> PrepareStackTrace(v8::Local<v8::Context> context,
                                            v8::Local<v8::Value> error,
                                            v8::Local<v8::Array> frames) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Environment& env = Environment::From(isolate);
  const auto& function = env.State<StackFormatter>().function;
  if (function.IsEmpty()) return v8::Undefined(isolate);
  v8::Local<v8::Value> args[] = {context->Global(), error, frames};
  return function.Get(isolate)->Call(env.context(), v8::Undefined(isolate), 3, args);
}

void SetPrepareStackTrace(Environment& env, v8::Local<v8::Function> function) {
  env.State<StackFormatter>().function.Reset(env.isolate(), function);
  env.isolate()->SetPrepareStackTraceCallback(PrepareStackTrace);
}

// [line of source, column] of the frame that the stack of `error` starts with; undefined without
// source.
v8::Local<v8::Value> GetSourcePosition(Environment& env, v8::Local<v8::Object> error) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Message> message = v8::Exception::CreateMessage(isolate, error);
  v8::Local<v8::String> line;
  if (message.IsEmpty() || !message->GetSourceLine(env.context()).ToLocal(&line)) {
    return v8::Undefined(isolate);
  }
  int column = message->GetStartColumn(env.context()).FromMaybe(0);
  v8::Local<v8::Value> position[] = {line, v8::Integer::New(isolate, column)};
  return v8::Array::New(isolate, position, 2);
}

v8::Local<v8::String> ToString(Environment& env, const char* text) {
  return v8::String::NewFromUtf8(env.isolate(), text).ToLocalChecked();
}

// Map(number -> [name, message]) of every error libuv knows.
v8::Local<v8::Map> GetErrorMap(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Map> map = v8::Map::New(isolate);
  auto add = [&](int number, const char* name, const char* message) {
    v8::Local<v8::Value> entry[] = {ToString(env, name), ToString(env, message)};
    map->Set(env.context(), v8::Integer::New(isolate, number), v8::Array::New(isolate, entry, 2))
        .ToLocalChecked();
  };
#define GYRE_ADD(name, message) add(UV_##name, #name, message);
  UV_ERRNO_MAP(GYRE_ADD)
#undef GYRE_ADD
  return map;
}

std::string ErrorName(int32_t number) {
  char name[64];
  return uv_err_name_r(number, name, sizeof(name));
}

std::string ErrorMessage(int32_t number) {
  char message[128];
  return uv_strerror_r(number, message, sizeof(message));
}

}  // namespace

void InitErrors(BindingBuilder& b) {
  b.Function<GetSourcePosition>("getSourcePosition");
  b.Function<SetPrepareStackTrace>("setPrepareStackTrace");
}

void InitUv(BindingBuilder& b) {
  b.Function<ErrorName>("errname");
  b.Function<GetErrorMap>("getErrorMap");
  b.Function<ErrorMessage>("getErrorMessage");
#define GYRE_CONSTANT(name, message) b.Constant("UV_" #name, UV_##name);
  UV_ERRNO_MAP(GYRE_CONSTANT)
#undef GYRE_CONSTANT
}

}  // namespace gyre
