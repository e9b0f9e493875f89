#include "runtime/sqlite/errors.h"

#include <string>

#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

void Set(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::String> name,
         v8::Local<v8::Value> value) {
  object->CreateDataProperty(env.context(), name, value).Check();
}

v8::Local<v8::Object> ErrorWithCode(Environment& env, int code, std::string_view message) {
  v8::Local<v8::Object> error =
      v8::Exception::Error(ToV8(env, message).As<v8::String>()).As<v8::Object>();
  Set(env, error, env.Intern("code"), env.Intern("ERR_SQLITE_ERROR"));
  Set(env, error, env.Intern("errcode"), ToV8(env, code));
  return error;
}

}  // namespace

v8::Local<v8::Object> SqliteError(Environment& env, int code, std::string_view message) {
  v8::Local<v8::Object> error = ErrorWithCode(env, code, message);
  Set(env, error, env.Intern("errstr"), ToV8(env, sqlite3_errstr(code)));
  return error;
}

void ThrowSqliteError(Environment& env, sqlite3* connection) {
  // A copy: while the error is made a statement may be collected, whose end is the last error then.
  const std::string message = sqlite3_errmsg(connection);
  env.isolate()->ThrowException(SqliteError(env, sqlite3_extended_errcode(connection), message));
}

void ThrowSqliteCode(Environment& env, int code) {
  env.isolate()->ThrowException(ErrorWithCode(env, code, sqlite3_errstr(code)));
}

void ThrowInvalidState(Environment& env, std::string_view message) {
  Throw(env, NodeError(absl::StatusCode::kFailedPrecondition, "ERR_INVALID_STATE", message));
}

}  // namespace gyre
