#include "runtime/sqlite/session.h"

#include <climits>
#include <utility>

#include "runtime/glue/convert.h"
#include "runtime/sqlite/database.h"
#include "runtime/sqlite/errors.h"
#include "runtime/sqlite/values.h"

namespace gyre {
namespace {

// What sqlite3changeset_apply() hands to its callbacks.
struct Application {
  Database& database;
  v8::Local<v8::Value> filter;
  v8::Local<v8::Value> on_conflict;

  // function.call(null, argument)
  v8::MaybeLocal<v8::Value> Call(v8::Local<v8::Value> function, v8::Local<v8::Value> argument) {
    return function.As<v8::Function>()->Call(database.env().context(), v8::Null(database.isolate()),
                                             1, &argument);
  }
};

int Filter(void* data, const char* table) {
  auto& self = *static_cast<Application*>(data);
  bool wanted = false;
  RunCallback(&self.database, [&] {
    v8::Local<v8::Value> answer;
    if (!self.Call(self.filter, ToV8(self.database.env(), table)).ToLocal(&answer)) return false;
    wanted = answer->BooleanValue(self.database.isolate());
    return true;
  });
  return wanted;
}

int OnConflict(void* data, int type, sqlite3_changeset_iter*) {
  auto& self = *static_cast<Application*>(data);
  if (!self.on_conflict->IsFunction()) return SQLITE_CHANGESET_ABORT;
  // SQLite calls anything but its own three answers a misuse.
  int answer = -1;
  const bool done = RunCallback(&self.database, [&] {
    v8::Local<v8::Value> result;
    if (!self.Call(self.on_conflict, ToV8(self.database.env(), type)).ToLocal(&result)) {
      return false;
    }
    if (result->IsInt32()) answer = result.As<v8::Int32>()->Value();
    return true;
  });
  return done ? answer : SQLITE_CHANGESET_ABORT;
}

}  // namespace

int ApplyChangeset(Database& database, std::string& changeset, v8::Local<v8::Value> filter,
                   v8::Local<v8::Value> on_conflict) {
  if (changeset.size() > INT_MAX) return SQLITE_TOOBIG;
  Application application{database, filter, on_conflict};
  return sqlite3changeset_apply(database.connection(), static_cast<int>(changeset.size()),
                                changeset.data(), filter->IsFunction() ? Filter : nullptr,
                                OnConflict, &application);
}

void Session::Declare(BindingBuilder& b) {
  b.Class<Session>("SqliteSession")
      .Constructor<Database*>()
      .Method<&Session::Attach>("attach")
      .Method<&Session::Changeset>("changeset")
      .Method<&Session::Patchset>("patchset")
      .Method<&Session::Close>("close")
      .Method<&Session::Dispose>("dispose");
}

Session::Session(Environment& env, v8::Local<v8::Object> self, Database* database)
    : Collected(env, self), database_(database) {
  KeepDatabase(env, self, database);
}

Session::~Session() {
  // A database that was collected together with this has deleted it.
  if (session_ == nullptr) return;
  database_->Remove(this);
  Delete();
}

void Session::Delete() { database_->Delete(std::exchange(session_, nullptr)); }

void Session::Attach(std::string schema, std::optional<std::string> table) {
  if (!database_->EnsureOpen()) return;
  int code = sqlite3session_create(database_->connection(), schema.c_str(), &session_);
  if (code == SQLITE_OK) {
    database_->Add(this);
    code = sqlite3session_attach(session_, table ? table->c_str() : nullptr);
  }
  if (code != SQLITE_OK) ThrowSqliteError(env(), database_->connection());
}

bool Session::EnsureOpen() {
  if (!database_->EnsureOpen()) return false;
  if (session_ != nullptr) return true;
  ThrowInvalidState(env(), "session is not open");
  return false;
}

v8::MaybeLocal<v8::Value> Session::Make(Generate generate) {
  if (!EnsureOpen()) return {};
  if (generating_) {
    ThrowInvalidState(env(), "session is currently in use");
    return {};
  }
  int size = 0;
  void* bytes = nullptr;
  SqliteCall call(*database_);
  generating_ = true;
  const int code = generate(session_, &size, &bytes);
  generating_ = false;
  v8::MaybeLocal<v8::Value> result;
  if (code == SQLITE_OK && !call.failed()) {
    result = CopyBytes(env(), bytes, size);
  } else if (!call.failed()) {
    ThrowSqliteError(env(), database_->connection());
  }
  sqlite3_free(bytes);
  return result;
}

void Session::Close() {
  if (!EnsureOpen()) return;
  if (generating_) return ThrowInvalidState(env(), "session is currently in use");
  database_->Remove(this);
  Delete();
}

void Session::Dispose() {
  if (session_ != nullptr) Close();
}

}  // namespace gyre
