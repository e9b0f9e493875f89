#ifndef GYRE_SQLITE_ERRORS_H_
#define GYRE_SQLITE_ERRORS_H_

#include <string_view>

#include "runtime/engine/environment.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

// ERR_SQLITE_ERROR with the properties errcode (the extended result code) and errstr (what the code
// means); the message says what is wrong this time.
v8::Local<v8::Object> SqliteError(Environment& env, int code, std::string_view message);

// Throws the error that the connection had last.
void ThrowSqliteError(Environment& env, sqlite3* connection);

// Throws the error of a call that leaves no message: its errstr is the message.
void ThrowSqliteCode(Environment& env, int code);

// Throws ERR_INVALID_STATE.
void ThrowInvalidState(Environment& env, std::string_view message);

}  // namespace gyre

#endif  // GYRE_SQLITE_ERRORS_H_
