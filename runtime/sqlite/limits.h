#ifndef GYRE_SQLITE_LIMITS_H_
#define GYRE_SQLITE_LIMITS_H_

#include "runtime/engine/environment.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

// A run-time limit of a connection by its name in JavaScript.
struct SqliteLimit {
  const char* name;
  int id;
};

inline constexpr SqliteLimit kSqliteLimits[] = {
    {"length", SQLITE_LIMIT_LENGTH},
    {"sqlLength", SQLITE_LIMIT_SQL_LENGTH},
    {"column", SQLITE_LIMIT_COLUMN},
    {"exprDepth", SQLITE_LIMIT_EXPR_DEPTH},
    {"compoundSelect", SQLITE_LIMIT_COMPOUND_SELECT},
    {"vdbeOp", SQLITE_LIMIT_VDBE_OP},
    {"functionArg", SQLITE_LIMIT_FUNCTION_ARG},
    {"attach", SQLITE_LIMIT_ATTACHED},
    {"likePatternLength", SQLITE_LIMIT_LIKE_PATTERN_LENGTH},
    {"variableNumber", SQLITE_LIMIT_VARIABLE_NUMBER},
    {"triggerDepth", SQLITE_LIMIT_TRIGGER_DEPTH},
};

// What `limits` of a database is: an object whose properties are the limits as they are now, given
// the binding's object of the database.
v8::Local<v8::Object> LimitsObject(Environment& env, v8::Local<v8::Object> database);

}  // namespace gyre

#endif  // GYRE_SQLITE_LIMITS_H_
