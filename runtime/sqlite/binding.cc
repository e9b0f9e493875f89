#include "runtime/sqlite/binding.h"

#include "runtime/sqlite/backup.h"
#include "runtime/sqlite/database.h"
#include "runtime/sqlite/limits.h"
#include "runtime/sqlite/session.h"
#include "runtime/sqlite/statement.h"
#include "sqlite3.h"

namespace gyre {
namespace {

struct Constant {
  const char* name;
  int value;
};

#define GYRE_SQLITE_CONSTANT(name) {#name, name}

// `constants` of node:sqlite, in Node's order.
constexpr Constant kConstants[] = {
    // What onConflict answers, and what it is told.
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_OMIT),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_REPLACE),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_ABORT),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_DATA),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_NOTFOUND),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_CONFLICT),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_CONSTRAINT),
    GYRE_SQLITE_CONSTANT(SQLITE_CHANGESET_FOREIGN_KEY),
    // What an authorizer answers, and what it is asked.
    GYRE_SQLITE_CONSTANT(SQLITE_OK),
    GYRE_SQLITE_CONSTANT(SQLITE_DENY),
    GYRE_SQLITE_CONSTANT(SQLITE_IGNORE),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_INDEX),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TEMP_INDEX),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TEMP_TABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TEMP_TRIGGER),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TEMP_VIEW),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_TRIGGER),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_VIEW),
    GYRE_SQLITE_CONSTANT(SQLITE_DELETE),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_INDEX),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TEMP_INDEX),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TEMP_TABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TEMP_TRIGGER),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TEMP_VIEW),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_TRIGGER),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_VIEW),
    GYRE_SQLITE_CONSTANT(SQLITE_INSERT),
    GYRE_SQLITE_CONSTANT(SQLITE_PRAGMA),
    GYRE_SQLITE_CONSTANT(SQLITE_READ),
    GYRE_SQLITE_CONSTANT(SQLITE_SELECT),
    GYRE_SQLITE_CONSTANT(SQLITE_TRANSACTION),
    GYRE_SQLITE_CONSTANT(SQLITE_UPDATE),
    GYRE_SQLITE_CONSTANT(SQLITE_ATTACH),
    GYRE_SQLITE_CONSTANT(SQLITE_DETACH),
    GYRE_SQLITE_CONSTANT(SQLITE_ALTER_TABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_REINDEX),
    GYRE_SQLITE_CONSTANT(SQLITE_ANALYZE),
    GYRE_SQLITE_CONSTANT(SQLITE_CREATE_VTABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_DROP_VTABLE),
    GYRE_SQLITE_CONSTANT(SQLITE_FUNCTION),
    GYRE_SQLITE_CONSTANT(SQLITE_SAVEPOINT),
    GYRE_SQLITE_CONSTANT(SQLITE_COPY),
    GYRE_SQLITE_CONSTANT(SQLITE_RECURSIVE),
};

#undef GYRE_SQLITE_CONSTANT

}  // namespace

void InitSqlite(BindingBuilder& b) {
  Database::Declare(b);
  Statement::Declare(b);
  Session::Declare(b);
  Backup::Declare(b);
  b.Object("constants", [](BindingBuilder& c) {
    for (const Constant& each : kConstants) c.Constant(each.name, each.value);
  });
  // The names of the limits, in the order in which open() takes them.
  b.Value("limitNames", [](Environment& env) {
    std::vector<std::string> names;
    for (const SqliteLimit& limit : kSqliteLimits) names.push_back(limit.name);
    return ToV8(env, names);
  });
}

}  // namespace gyre
