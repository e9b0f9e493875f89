#include "runtime/sqlite/database.h"

#include <cstring>
#include <utility>

#include "absl/log/check.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/sqlite/callback_function.h"
#include "runtime/sqlite/errors.h"
#include "runtime/sqlite/limits.h"
#include "runtime/sqlite/session.h"
#include "runtime/sqlite/statement.h"
#include "runtime/sqlite/values.h"

namespace gyre {
namespace {

v8::Local<v8::Private> HeldKey(Environment& env) {
  return v8::Private::ForApi(env.isolate(), env.Intern("gyre:sqlite:held"));
}

}  // namespace

bool RunCallback(Database* database, absl::FunctionRef<bool()> body) {
  SqliteCall* call = database == nullptr ? nullptr : database->current_call();
  if (call == nullptr || call->failed_ || !database->env().can_call_into_js()) return false;
  v8::HandleScope scope(database->isolate());
  // `call` is on the stack below this frame, and calls that JavaScript makes are above it.
  if (body()) return true;
  call->failed_ = true;
  return false;
}

void KeepDatabase(Environment& env, v8::Local<v8::Object> holder, Database* database) {
  auto key = v8::Private::ForApi(env.isolate(), env.Intern("gyre:sqlite:database"));
  holder->SetPrivate(env.context(), key, database->object()).Check();
}

void Database::Declare(BindingBuilder& b) {
  b.Class<Database>("SqliteDatabase")
      .Constructor<>()
      .Method<&Database::Open>("open")
      .Method<&Database::Close>("close")
      .Method<&Database::IsOpen>("isOpen")
      .Method<&Database::EnsureOpen>("ensureOpen")
      .Method<&Database::IsTransaction>("isTransaction")
      .Method<&Database::Exec>("exec")
      .Method<&Database::Location>("location")
      .Method<&Database::Limits>("limits")
      .Method<&Database::Serialize>("serialize")
      .Method<&Database::Deserialize>("deserialize")
      .Method<&Database::EnableExtensions>("enableExtensions")
      .Method<&Database::EnableDefensive>("enableDefensive")
      .Method<&Database::LoadExtension>("loadExtension")
      .Method<&Database::DefineFunction>("defineFunction")
      .Method<&Database::DefineAggregate>("defineAggregate")
      .Method<&Database::SetAuthorizer>("setAuthorizer")
      .Method<&Database::ApplyChangeset>("applyChangeset");
  b.Object("openFlags", [](BindingBuilder& c) {
    c.Constant("readOnly", kReadOnly);
    c.Constant("foreignKeys", kForeignKeys);
    c.Constant("doubleQuotedStrings", kDoubleQuotedStrings);
    c.Constant("extensions", kExtensions);
    c.Constant("defensive", kDefensive);
  });
}

Database::Database(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {
  self->SetPrivate(env.context(), HeldKey(env), v8::Map::New(env.isolate())).Check();
}

Database::~Database() {
  collected_ = true;
  // Also the statements that were made after the connection was closed.
  FinalizeStatements();
  if (connection_ != nullptr) Disconnect();
}

v8::Local<v8::Map> Database::held() {
  return object()->GetPrivate(env().context(), HeldKey(env())).ToLocalChecked().As<v8::Map>();
}

double Database::Hold(v8::Local<v8::Value> value) {
  held()->Set(env().context(), v8::Number::New(isolate(), ++last_id_), value).ToLocalChecked();
  return last_id_;
}

void Database::Release(double id) {
  if (collected_) return;
  v8::HandleScope scope(isolate());
  held()->Delete(env().context(), v8::Number::New(isolate(), id)).Check();
}

bool Database::EnsureOpen() {
  if (connection_ != nullptr) return true;
  ThrowInvalidState(env(), "database is not open");
  return false;
}

bool Database::EnsureIdle() {
  if (current_call_ == nullptr) return true;
  ThrowInvalidState(env(), "database is currently in use");
  return false;
}

bool Database::EnsureNotAsking() {
  if (asking_ == 0) return true;
  ThrowInvalidState(env(), "database is currently in use");
  return false;
}

bool Database::Configure(uint32_t flags, int32_t timeout, const std::vector<int32_t>& limits) {
  const auto set = [&](int option, Flags flag) {
    return sqlite3_db_config(connection_, option, (flags & flag) != 0, nullptr) == SQLITE_OK;
  };
  if (!set(SQLITE_DBCONFIG_DQS_DML, kDoubleQuotedStrings) ||
      !set(SQLITE_DBCONFIG_DQS_DDL, kDoubleQuotedStrings) ||
      !set(SQLITE_DBCONFIG_ENABLE_FKEY, kForeignKeys) ||
      !set(SQLITE_DBCONFIG_DEFENSIVE, kDefensive) ||
      // The C function alone: SQL's load_extension() stays off.
      !set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, kExtensions) ||
      sqlite3_busy_timeout(connection_, timeout) != SQLITE_OK) {
    return false;
  }
  for (size_t i = 0; i < limits.size(); i++) {
    if (limits[i] >= 0) sqlite3_limit(connection_, kSqliteLimits[i].id, limits[i]);
  }
  return true;
}

void Database::Open(std::string path, uint32_t flags, int32_t timeout,
                    std::vector<int32_t> limits) {
  if (connection_ != nullptr) return ThrowInvalidState(env(), "database is already open");
  const int access =
      flags & kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &connection_, access | SQLITE_OPEN_URI, nullptr);
  CHECK(connection_ != nullptr) << "no memory for a connection";
  env().State<CleanupHooks>().Add(DisconnectAtEnd, this);
  if (code == SQLITE_OK && Configure(flags, timeout, limits)) return;
  ThrowSqliteError(env(), connection_);
  Disconnect();
}

void Database::Delete(sqlite3_session* session) {
  deleted_sessions_.push_back(session);
  if (current_call_ == nullptr) DeleteSessions();
}

void Database::DeleteSessions() {
  for (sqlite3_session* session : std::exchange(deleted_sessions_, {})) {
    sqlite3session_delete(session);
  }
}

void Database::FinalizeStatements() {
  for (Statement* statement : std::exchange(statements_, {})) statement->Finalize();
}

void Database::Disconnect() {
  FinalizeStatements();
  for (Session* session : std::exchange(sessions_, {})) session->Delete();
  // A backup that runs keeps SQLite's part alive for longer: its functions must not come back here.
  for (CallbackFunction* function : std::exchange(functions_, {})) function->Orphan();
  sqlite3_set_authorizer(connection_, nullptr, nullptr);
  authorizer_.Reset();
  if (authorizer_id_ != 0) Release(std::exchange(authorizer_id_, 0));
  env().State<CleanupHooks>().Remove(DisconnectAtEnd, this);
  sqlite3_close_v2(std::exchange(connection_, nullptr));
}

// The last connection takes the journal's files with it.
void Database::DisconnectAtEnd(void* self) {
  auto* database = static_cast<Database*>(self);
  if (database->current_call_ == nullptr) database->Disconnect();
}

void Database::Close() {
  if (EnsureOpen() && EnsureIdle()) Disconnect();
}

std::optional<bool> Database::IsTransaction() {
  if (!EnsureOpen()) return std::nullopt;
  return sqlite3_get_autocommit(connection_) == 0;
}

void Database::Exec(std::string sql) {
  if (!EnsureOpen() || !EnsureNotAsking()) return;
  SqliteCall call(*this);
  const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK && !call.failed()) ThrowSqliteError(env(), connection_);
}

v8::MaybeLocal<v8::Value> Database::Location(std::string name) {
  if (!EnsureOpen()) return {};
  const char* file = sqlite3_db_filename(connection_, name.c_str());
  if (file == nullptr || *file == '\0') return v8::Null(isolate());
  return ToV8(env(), file);
}

v8::Local<v8::Object> Database::Limits() { return LimitsObject(env(), object()); }

v8::MaybeLocal<v8::Value> Database::Serialize(std::string name) {
  if (!EnsureOpen()) return {};
  SqliteCall call(*this);
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(connection_, name.c_str(), &size, 0);
  v8::MaybeLocal<v8::Value> copy;
  if (bytes == nullptr && size != 0) {
    if (!call.failed()) ThrowSqliteError(env(), connection_);
  } else {
    copy = CopyBytes(env(), bytes, size);
  }
  sqlite3_free(bytes);
  return copy;
}

void Database::Deserialize(Bytes bytes, std::string name) {
  if (!EnsureOpen() || !EnsureIdle()) return;
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) return ThrowSqliteCode(env(), SQLITE_NOMEM);
  memcpy(copy, bytes.data(), bytes.size());
  FinalizeStatements();
  SqliteCall call(*this);
  // SQLite owns the copy now, also when it fails.
  const int code =
      sqlite3_deserialize(connection_, name.c_str(), copy, bytes.size(), bytes.size(),
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (code != SQLITE_OK && !call.failed()) ThrowSqliteError(env(), connection_);
}

void Database::EnableExtensions(bool enabled) {
  if (!EnsureOpen()) return;
  if (sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, enabled, nullptr)) {
    ThrowSqliteError(env(), connection_);
  }
}

void Database::EnableDefensive(bool enabled) {
  if (!EnsureOpen()) return;
  if (sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, enabled, nullptr)) {
    ThrowSqliteError(env(), connection_);
  }
}

void Database::LoadExtension(std::string path, std::optional<std::string> entry_point) {
  if (!EnsureOpen() || !EnsureNotAsking()) return;
  SqliteCall call(*this);
  char* message = nullptr;
  const int code = sqlite3_load_extension(connection_, path.c_str(),
                                          entry_point ? entry_point->c_str() : nullptr, &message);
  if (code != SQLITE_OK && !call.failed()) {
    Throw(env(), NodeError(absl::StatusCode::kUnknown, "ERR_LOAD_SQLITE_EXTENSION",
                           message == nullptr ? sqlite3_errstr(code) : message));
  }
  sqlite3_free(message);
}

void Database::DefineFunction(std::string name, v8::Local<v8::Function> function, int32_t arguments,
                              bool bigints, bool deterministic, bool direct_only) {
  if (!EnsureOpen()) return;
  const int flags = SQLITE_UTF8 | (deterministic ? SQLITE_DETERMINISTIC : 0) |
                    (direct_only ? SQLITE_DIRECTONLY : 0);
  if (ScalarFunction::Define(*this, name, function, arguments, bigints, flags) != SQLITE_OK) {
    ThrowSqliteError(env(), connection_);
  }
}

void Database::DefineAggregate(std::string name, v8::Local<v8::Array> functions, int32_t arguments,
                               bool bigints, bool direct_only) {
  if (!EnsureOpen()) return;
  const int flags = SQLITE_UTF8 | (direct_only ? SQLITE_DIRECTONLY : 0);
  if (AggregateFunction::Define(*this, name, functions, arguments, bigints, flags) != SQLITE_OK) {
    ThrowSqliteError(env(), connection_);
  }
}

void Database::SetAuthorizer(v8::Local<v8::Value> callback) {
  if (!EnsureOpen()) return;
  authorizer_.Reset();
  if (authorizer_id_ != 0) Release(std::exchange(authorizer_id_, 0));
  if (callback->IsFunction()) {
    authorizer_.Reset(isolate(), callback.As<v8::Function>());
    authorizer_.SetWeak();
    authorizer_id_ = Hold(callback);
  }
  // While one is asked there always is one: it refuses more than the program's does.
  const bool needed = callback->IsFunction() || asking_ > 0;
  sqlite3_set_authorizer(connection_, needed ? &Authorize : nullptr, this);
}

int Database::Authorize(void* data, int action, const char* first, const char* second,
                        const char* database, const char* trigger) {
  auto* self = static_cast<Database*>(data);
  int answer = SQLITE_DENY;
  RunCallback(self, [&] {
    // Some pragmas reset the schema as soon as they are parsed.
    if (action == SQLITE_PRAGMA && !self->EnsureNotAsking()) return false;
    self->asking_++;
    const bool answered = self->Ask(&answer, action, first, second, database, trigger);
    self->asking_--;
    return answered;
  });
  return answer;
}

bool Database::Ask(int* answer, int action, const char* first, const char* second,
                   const char* database, const char* trigger) {
  // It was removed while it was asked.
  if (authorizer_.IsEmpty()) {
    *answer = SQLITE_OK;
    return true;
  }
  const auto text = [this](const char* each) -> v8::Local<v8::Value> {
    if (each == nullptr) return v8::Null(isolate());
    return ToV8(env(), each);
  };
  v8::Local<v8::Value> arguments[] = {ToV8(env(), action), text(first), text(second),
                                      text(database), text(trigger)};
  v8::Local<v8::Value> result;
  if (!authorizer_.Get(isolate())
           ->Call(env().context(), v8::Undefined(isolate()), std::size(arguments), arguments)
           .ToLocal(&result)) {
    return false;
  }
  if (!result->IsInt32()) {
    isolate()->ThrowException(v8::Exception::TypeError(
        env().Intern("Authorizer callback must return an integer authorization code")));
    return false;
  }
  const int code = result.As<v8::Int32>()->Value();
  if (code != SQLITE_OK && code != SQLITE_DENY && code != SQLITE_IGNORE) {
    isolate()->ThrowException(v8::Exception::RangeError(
        env().Intern("Authorizer callback returned a invalid authorization code")));
    return false;
  }
  *answer = code;
  return true;
}

// The bytes are a copy: callbacks can take theirs away.
v8::MaybeLocal<v8::Value> Database::ApplyChangeset(std::string changeset,
                                                   v8::Local<v8::Value> filter,
                                                   v8::Local<v8::Value> on_conflict) {
  if (!EnsureOpen() || !EnsureNotAsking()) return {};
  SqliteCall call(*this);
  const int code = gyre::ApplyChangeset(*this, changeset, filter, on_conflict);
  if (call.failed()) return {};
  if (code == SQLITE_OK || code == SQLITE_ABORT) return ToV8(env(), code == SQLITE_OK);
  ThrowSqliteCode(env(), code);
  return {};
}

}  // namespace gyre
