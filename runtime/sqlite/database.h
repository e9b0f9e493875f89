#ifndef GYRE_SQLITE_DATABASE_H_
#define GYRE_SQLITE_DATABASE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "runtime/glue/binding.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

class CallbackFunction;
class Session;
class SqliteCall;
class Statement;

// A connection. Its object lives as long as the objects of its statements and sessions do; what
// they have in SQLite goes when it is closed, and they find that out when they are used next.
//
// SQLite calls back into JavaScript (functions, aggregates, authorizer, conflicts) in the middle of
// its work, where the connection must stay what it is: while a SqliteCall exists it is not closed,
// sessions are deleted when the last has ended, and what would pull away the work's ground throws
// instead. An authorizer is asked in the middle of the parser's, which refers to the schema: then
// nothing but queries.
class Database final : public Collected {
 public:
  // Bits of open()'s flags.
  enum Flags : uint32_t {
    kReadOnly = 1,
    kForeignKeys = 2,
    kDoubleQuotedStrings = 4,
    kExtensions = 8,
    kDefensive = 16,
  };
  static void Declare(BindingBuilder& b);

  Database(Environment& env, v8::Local<v8::Object> self);
  ~Database() override;

  sqlite3* connection() const { return connection_; }
  // The innermost call that is being made; null when SQLite has nothing to do.
  SqliteCall* current_call() const { return current_call_; }

  // The parts of the connection, by themselves.
  void Add(Statement* statement) { statements_.insert(statement); }
  void Remove(Statement* statement) { statements_.erase(statement); }
  void Add(Session* session) { sessions_.insert(session); }
  void Remove(Session* session) { sessions_.erase(session); }
  // Deletes SQLite's part of a session, later if SQLite may be going through those there are.
  void Delete(sqlite3_session* session);
  void Add(CallbackFunction* function) { functions_.insert(function); }
  void Remove(CallbackFunction* function) { functions_.erase(function); }

  // Callbacks often refer to their database, so only its object may keep them: Hold() does, until
  // Release(); other references are weak.
  double Hold(v8::Local<v8::Value> value);
  void Release(double id);

  // False, with an exception: the connection is closed.
  bool EnsureOpen();
  // False, with an exception: SQLite is in the middle of a call.
  bool EnsureIdle();
  // False, with an exception: an authorizer is being asked.
  bool EnsureNotAsking();

 private:
  friend class SqliteCall;

  // JavaScript's methods.
  void Open(std::string path, uint32_t flags, int32_t timeout, std::vector<int32_t> limits);
  void Close();
  bool IsOpen() const { return connection_ != nullptr; }
  std::optional<bool> IsTransaction();
  void Exec(std::string sql);
  v8::MaybeLocal<v8::Value> Location(std::string name);
  v8::Local<v8::Object> Limits();
  v8::MaybeLocal<v8::Value> Serialize(std::string name);
  void Deserialize(Bytes bytes, std::string name);
  void EnableExtensions(bool enabled);
  void EnableDefensive(bool enabled);
  void LoadExtension(std::string path, std::optional<std::string> entry_point);
  void DefineFunction(std::string name, v8::Local<v8::Function> function, int32_t arguments,
                      bool bigints, bool deterministic, bool direct_only);
  void DefineAggregate(std::string name, v8::Local<v8::Array> functions, int32_t arguments,
                       bool bigints, bool direct_only);
  void SetAuthorizer(v8::Local<v8::Value> callback);
  v8::MaybeLocal<v8::Value> ApplyChangeset(std::string changeset, v8::Local<v8::Value> filter,
                                           v8::Local<v8::Value> on_conflict);

  bool Configure(uint32_t flags, int32_t timeout, const std::vector<int32_t>& limits);
  void FinalizeStatements();
  void Disconnect();
  static void DisconnectAtEnd(void* self);
  void DeleteSessions();
  bool Ask(int* answer, int action, const char* first, const char* second, const char* database,
           const char* trigger);
  static int Authorize(void* self, int action, const char* first, const char* second,
                       const char* database, const char* trigger);
  v8::Local<v8::Map> held();

  sqlite3* connection_ = nullptr;
  SqliteCall* current_call_ = nullptr;
  absl::flat_hash_set<Statement*> statements_;
  absl::flat_hash_set<Session*> sessions_;
  absl::flat_hash_set<CallbackFunction*> functions_;
  std::vector<sqlite3_session*> deleted_sessions_;  // when SQLite has nothing to do any more
  v8::Global<v8::Function> authorizer_;             // weak
  double authorizer_id_ = 0;
  int asking_ = 0;  // calls of the authorizer
  double last_id_ = 0;
  bool collected_ = false;
};

// A reference from the object of a statement or session that keeps its database's.
void KeepDatabase(Environment& env, v8::Local<v8::Object> holder, Database* database);

// On the stack around everything by which SQLite may call back. An exception of a callback stays
// pending: SQLite gives up, no further callback runs, and whoever made the call returns to
// JavaScript at once.
class SqliteCall {
 public:
  // `quiet`: no callback may run, because this happens while garbage is collected.
  explicit SqliteCall(Database& database, bool quiet = false)
      : database_(database), previous_(database.current_call_), failed_(quiet) {
    database_.current_call_ = this;
  }
  ~SqliteCall() {
    database_.current_call_ = previous_;
    if (previous_ == nullptr) database_.DeleteSessions();
  }
  SqliteCall(const SqliteCall&) = delete;
  SqliteCall& operator=(const SqliteCall&) = delete;

  // Whether a callback threw.
  bool failed() const { return failed_; }

 private:
  friend bool RunCallback(Database* database, absl::FunctionRef<bool()> body);

  Database& database_;
  SqliteCall* const previous_;
  bool failed_;
};

// Runs JavaScript on behalf of SQLite. False: it threw (`body` said false), or none may run: an
// earlier callback threw, or SQLite cleans up behind an object that is gone.
bool RunCallback(Database* database, absl::FunctionRef<bool()> body);

}  // namespace gyre

#endif  // GYRE_SQLITE_DATABASE_H_
