#ifndef GYRE_SQLITE_VALUES_H_
#define GYRE_SQLITE_VALUES_H_

#include <string_view>

#include "runtime/engine/environment.h"
#include "sqlite3.h"
#include "v8.h"

// Values between SQLite and JavaScript.
//
//   NULL null, INTEGER number or bigint, REAL number, TEXT string, BLOB Uint8Array

namespace gyre {

// Text of SQLite's; empty, with an exception, when it is longer than strings can be.
v8::MaybeLocal<v8::Value> ReadText(Environment& env, std::string_view text);

// A column of the row at which a statement stands. Empty, with an exception: an integer that no
// number holds exactly (unless bigints are wanted), a text longer than strings can be.
v8::MaybeLocal<v8::Value> ReadColumn(Environment& env, sqlite3_stmt* statement, int column,
                                     bool bigints);

// The same for an argument of a user-defined function.
v8::MaybeLocal<v8::Value> ReadArgument(Environment& env, sqlite3_value* value, bool bigints);

// Binds a value to a parameter, of which the first is 1; false: an exception is pending.
bool BindValue(Environment& env, sqlite3_stmt* statement, int parameter,
               v8::Local<v8::Value> value);

// What a user-defined function returned; a value that SQLite has no type for becomes an SQL error.
void SetResult(Environment& env, sqlite3_context* context, v8::Local<v8::Value> value);

// A copy of bytes that SQLite has made as a Uint8Array.
v8::Local<v8::Value> CopyBytes(Environment& env, const void* bytes, size_t size);

}  // namespace gyre

#endif  // GYRE_SQLITE_VALUES_H_
