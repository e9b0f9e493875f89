#ifndef GYRE_SQLITE_SESSION_H_
#define GYRE_SQLITE_SESSION_H_

#include <optional>
#include <string>

#include "runtime/glue/binding.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

class Database;

// Records the changes of a database's tables. Closed by hand, or with its database.
class Session final : public Collected {
 public:
  static void Declare(BindingBuilder& b);

  Session(Environment& env, v8::Local<v8::Object> self, Database* database);
  ~Session() override;

  void Delete();

 private:
  using Generate = int (*)(sqlite3_session*, int*, void**);

  // JavaScript's methods.
  void Attach(std::string schema, std::optional<std::string> table);
  v8::MaybeLocal<v8::Value> Changeset() { return Make(sqlite3session_changeset); }
  v8::MaybeLocal<v8::Value> Patchset() { return Make(sqlite3session_patchset); }
  void Close();
  // Close(), where a session that is closed already is none to complain of.
  void Dispose();

  bool EnsureOpen();
  v8::MaybeLocal<v8::Value> Make(Generate generate);

  Database* database_;
  sqlite3_session* session_ = nullptr;
  bool generating_ = false;
};

// Applies a changeset or patchset inside a SqliteCall; `filter` and `on_conflict` are functions or
// undefined. SQLite's result code.
int ApplyChangeset(Database& database, std::string& changeset, v8::Local<v8::Value> filter,
                   v8::Local<v8::Value> on_conflict);

}  // namespace gyre

#endif  // GYRE_SQLITE_SESSION_H_
