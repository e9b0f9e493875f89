// Node-API: errors and exceptions.
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>

#include "runtime/node_api/env.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::NewUtf8;
using gyre::ToNodeApi;

namespace {

// By napi_status, as the documentation of napi_extended_error_info has them.
constexpr const char* kMessages[] = {
    nullptr,
    "Invalid argument",
    "An object was expected",
    "A string was expected",
    "A string or symbol was expected",
    "A function was expected",
    "A number was expected",
    "A boolean was expected",
    "An array was expected",
    "Unknown failure",
    "An exception is pending",
    "The async work item was cancelled",
    "napi_escape_handle already called on scope",
    "Invalid handle scope usage",
    "Invalid callback scope usage",
    "Thread-safe function queue is full",
    "Thread-safe function handle is closing",
    "A bigint was expected",
    "A date was expected",
    "An arraybuffer was expected",
    "A detachable arraybuffer was expected",
    "Main thread would deadlock",
    "External buffers are not allowed",
    "Cannot run JavaScript",
};
static_assert(std::size(kMessages) == napi_cannot_run_js + 1);

using MakeError = v8::Local<v8::Value> (*)(v8::Local<v8::String>, v8::Local<v8::Value>);

void SetCode(napi_env env, v8::Local<v8::Value> error, v8::Local<v8::Value> code) {
  v8::Local<v8::String> name = v8::String::NewFromUtf8Literal(env->isolate(), "code");
  static_cast<void>(error.As<v8::Object>()->Set(env->context(), name, code));
}

napi_status CreateError(napi_env env, MakeError make, napi_value code, napi_value msg,
                        napi_value* result) {
  return NativeCall(env, {msg, result}, [&] {
    v8::Local<v8::Value> message = FromNodeApi(msg);
    if (!message->IsString()) return napi_string_expected;
    if (code != nullptr && !FromNodeApi(code)->IsString()) return napi_string_expected;
    v8::Local<v8::Value> error = make(message.As<v8::String>(), {});
    if (code != nullptr) SetCode(env, error, FromNodeApi(code));
    *result = ToNodeApi(error);
    return napi_ok;
  });
}

napi_status ThrowError(napi_env env, MakeError make, const char* code, const char* msg) {
  return JsCall(env, {}, [&] {
    v8::Local<v8::String> message;
    v8::Local<v8::String> code_string;
    if (!NewUtf8(env, msg, msg == nullptr ? 0 : NAPI_AUTO_LENGTH, &message))
      return napi_invalid_arg;
    v8::Local<v8::Value> error = make(message, {});
    if (code != nullptr) {
      if (!NewUtf8(env, code, NAPI_AUTO_LENGTH, &code_string)) return napi_invalid_arg;
      SetCode(env, error, code_string);
    }
    env->last_exception.Reset(env->isolate(), error);
    return napi_ok;
  });
}

}  // namespace

napi_status napi_get_last_error_info(node_api_basic_env env,
                                     const napi_extended_error_info** result) {
  if (env == nullptr) return napi_invalid_arg;
  if (result == nullptr) return env->SetLastError(napi_invalid_arg);
  // The answer is about the call before this one: it does not become `ok` by asking.
  env->last_error.error_message = kMessages[env->last_error.error_code];
  *result = &env->last_error;
  return napi_ok;
}

napi_status napi_create_error(napi_env env, napi_value code, napi_value msg, napi_value* result) {
  return CreateError(env, v8::Exception::Error, code, msg, result);
}

napi_status napi_create_type_error(napi_env env, napi_value code, napi_value msg,
                                   napi_value* result) {
  return CreateError(env, v8::Exception::TypeError, code, msg, result);
}

napi_status napi_create_range_error(napi_env env, napi_value code, napi_value msg,
                                    napi_value* result) {
  return CreateError(env, v8::Exception::RangeError, code, msg, result);
}

napi_status node_api_create_syntax_error(napi_env env, napi_value code, napi_value msg,
                                         napi_value* result) {
  return CreateError(env, v8::Exception::SyntaxError, code, msg, result);
}

napi_status napi_throw(napi_env env, napi_value error) {
  return JsCall(env, {error}, [&] {
    env->last_exception.Reset(env->isolate(), FromNodeApi(error));
    return napi_ok;
  });
}

napi_status napi_throw_error(napi_env env, const char* code, const char* msg) {
  return ThrowError(env, v8::Exception::Error, code, msg);
}

napi_status napi_throw_type_error(napi_env env, const char* code, const char* msg) {
  return ThrowError(env, v8::Exception::TypeError, code, msg);
}

napi_status napi_throw_range_error(napi_env env, const char* code, const char* msg) {
  return ThrowError(env, v8::Exception::RangeError, code, msg);
}

napi_status node_api_throw_syntax_error(napi_env env, const char* code, const char* msg) {
  return ThrowError(env, v8::Exception::SyntaxError, code, msg);
}

napi_status napi_is_error(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsNativeError);
}

napi_status napi_is_exception_pending(napi_env env, bool* result) {
  return NativeCall(env, {result}, [&] {
    *result = !env->last_exception.IsEmpty();
    return napi_ok;
  });
}

napi_status napi_get_and_clear_last_exception(napi_env env, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    if (env->last_exception.IsEmpty()) {
      *result = ToNodeApi(v8::Undefined(env->isolate()));
    } else {
      *result = ToNodeApi(env->last_exception.Get(env->isolate()));
      env->last_exception.Reset();
    }
    return napi_ok;
  });
}

napi_status napi_fatal_exception(napi_env env, napi_value err) {
  return JsCall(env, {err}, [&] {
    env->ReportException(FromNodeApi(err));
    return napi_ok;
  });
}

void napi_fatal_error(const char* location, size_t location_len, const char* message,
                      size_t message_len) {
  auto text = [](const char* characters, size_t length) {
    if (characters == nullptr) return std::string();
    return length == NAPI_AUTO_LENGTH ? std::string(characters) : std::string(characters, length);
  };
  fprintf(stderr, "FATAL ERROR: %s %s\n", text(location, location_len).c_str(),
          text(message, message_len).c_str());
  fflush(stderr);
  abort();
}
