#include "runtime/sqlite/statement.h"

#include <string_view>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/sqlite/database.h"
#include "runtime/sqlite/errors.h"
#include "runtime/sqlite/values.h"

namespace gyre {

void Statement::Declare(BindingBuilder& b) {
  b.Class<Statement>("SqliteStatement")
      .Constructor<Database*>()
      .Method<&Statement::Prepare>("prepare")
      .Method<&Statement::IsFinalized>("isFinalized")
      .Method<&Statement::EnsureUsable>("ensureUsable")
      .Method<&Statement::SetReturnArrays>("setReturnArrays")
      .Method<&Statement::SetReadBigInts>("setReadBigInts")
      .Method<&Statement::SetBareNames>("setBareNames")
      .Method<&Statement::SetUnknownNames>("setUnknownNames")
      .Method<&Statement::SetPositionalOnly>("setPositionalOnly")
      .Method<&Statement::ParameterCount>("parameterCount")
      .Method<&Statement::Get>("get")
      .Method<&Statement::All>("all")
      .Method<&Statement::Run>("run")
      .Method<&Statement::Start>("start")
      .Method<&Statement::Next>("next")
      .Method<&Statement::Return>("return")
      .Method<&Statement::Columns>("columns")
      .Method<&Statement::SourceSql>("sourceSql")
      .Method<&Statement::ExpandedSql>("expandedSql");
}

Statement::Statement(Environment& env, v8::Local<v8::Object> self, Database* database)
    : Collected(env, self), database_(database) {
  KeepDatabase(env, self, database);
  database_->Add(this);
}

Statement::~Statement() {
  // A database that was collected together with this has finalized it.
  if (statement_ == nullptr) {
    if (database_ != nullptr) database_->Remove(this);
    return;
  }
  database_->Remove(this);
  SqliteCall quiet(*database_, /* quiet= */ true);
  Finalize();
}

void Statement::Finalize() {
  sqlite3_finalize(std::exchange(statement_, nullptr));
  database_ = nullptr;
}

void Statement::Prepare(std::string sql) {
  if (!database_->EnsureOpen()) return;
  SqliteCall call(*database_);
  const int code =
      sqlite3_prepare_v2(database_->connection(), sql.c_str(), -1, &statement_, nullptr);
  if (call.failed()) return;
  if (code != SQLITE_OK) return ThrowSqliteError(env(), database_->connection());
  if (statement_ != nullptr) return;
  Throw(env(), NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_ARG_VALUE",
                         "The SQL query contains no statements."));
}

bool Statement::EnsureUsable() {
  if (statement_ != nullptr) return true;
  ThrowInvalidState(env(), "statement has been finalized");
  return false;
}

bool Statement::FindBareNames() {
  if (bare_names_known_) return true;
  const int count = sqlite3_bind_parameter_count(statement_);
  for (int i = 1; i <= count; i++) {
    const char* name = sqlite3_bind_parameter_name(statement_, i);
    if (name == nullptr) continue;
    auto [known, is_new] = parameters_by_bare_name_.try_emplace(name + 1, i);
    if (is_new) continue;
    ThrowInvalidState(env(), absl::StrCat("Cannot create bare named parameter '", name + 1,
                                          "' because of conflicting names '",
                                          sqlite3_bind_parameter_name(statement_, known->second),
                                          "' and '", name, "'."));
    parameters_by_bare_name_.clear();
    return false;
  }
  bare_names_known_ = true;
  return true;
}

int Statement::ParameterNamed(const std::string& name) {
  if (int index = sqlite3_bind_parameter_index(statement_, name.c_str())) return index;
  if (!bare_names_) return 0;
  auto found = parameters_by_bare_name_.find(name);
  return found == parameters_by_bare_name_.end() ? 0 : found->second;
}

bool Statement::BindNamed(v8::Local<v8::Object> values) {
  if (bare_names_ && !FindBareNames()) return false;
  v8::Local<v8::Context> context = env().context();
  v8::Local<v8::Array> names;
  if (!values
           ->GetOwnPropertyNames(
               context, static_cast<v8::PropertyFilter>(v8::ONLY_ENUMERABLE | v8::SKIP_SYMBOLS),
               v8::KeyConversionMode::kConvertToString)
           .ToLocal(&names)) {
    return false;
  }
  for (uint32_t i = 0; i < names->Length(); i++) {
    v8::Local<v8::Value> key = names->Get(context, i).ToLocalChecked();
    const std::string name = FromV8<std::string>(env(), key);
    // The names and values may be the program's own code, which may have closed the database.
    if (!EnsureUsable()) return false;
    const int index = ParameterNamed(name);
    if (index == 0) {
      if (unknown_names_) continue;
      ThrowInvalidState(env(), absl::StrCat("Unknown named parameter '", name, "'"));
      return false;
    }
    v8::Local<v8::Value> value;
    if (!values->Get(context, key).ToLocal(&value) || !EnsureUsable() ||
        !BindValue(env(), statement_, index, value)) {
      return false;
    }
  }
  return EnsureUsable();
}

bool Statement::Begin(const Info& info) {
  if (!EnsureUsable()) return false;
  if (stepping_) {
    // From a function that the statement itself calls.
    ThrowInvalidState(env(), "statement is currently in use");
    return false;
  }
  execution_++;
  Rewind();
  sqlite3_clear_bindings(statement_);
  int i = 0;
  if (!positional_only_ && info.Length() > 0 && info[0]->IsObject() &&
      !info[0]->IsArrayBufferView() && !info[0]->IsArrayBuffer() &&
      !info[0]->IsSharedArrayBuffer()) {
    if (!BindNamed(info[0].As<v8::Object>())) return false;
    i = 1;
  }
  for (int parameter = 1; i < info.Length(); i++, parameter++) {
    // Of those with a name only ?NNN is also a position.
    const char* name;
    while ((name = sqlite3_bind_parameter_name(statement_, parameter)) != nullptr && *name != '?') {
      parameter++;
    }
    if (!BindValue(env(), statement_, parameter, info[i])) return false;
  }
  return true;
}

Statement::StepResult Statement::Step() {
  const bool is_query = sqlite3_stmt_readonly(statement_) && sqlite3_column_count(statement_) > 0;
  if (!is_query && !database_->EnsureNotAsking()) return StepResult::kFailed;
  SqliteCall call(*database_);
  stepping_ = true;
  const int code = sqlite3_step(statement_);
  stepping_ = false;
  if (code == SQLITE_ROW && !call.failed()) return StepResult::kRow;
  if (code == SQLITE_DONE && !call.failed()) return StepResult::kDone;
  if (!call.failed()) ThrowSqliteError(env(), database_->connection());
  return StepResult::kFailed;
}

void Statement::Rewind() {
  // What aggregates that were interrupted make is not wanted.
  SqliteCall quiet(*database_, /* quiet= */ true);
  sqlite3_reset(statement_);
}

const std::vector<v8::Global<v8::Name>>& Statement::ColumnNames() {
  // When the schema changes SQLite prepares the statement again, and * may be other columns.
  const int as_of = sqlite3_stmt_status(statement_, SQLITE_STMTSTATUS_REPREPARE, 0);
  if (as_of == column_names_as_of_) return column_names_;
  column_names_.clear();
  const int count = sqlite3_column_count(statement_);
  for (int i = 0; i < count; i++) {
    column_names_.emplace_back(
        isolate(), v8::String::NewFromUtf8(isolate(), sqlite3_column_name(statement_, i),
                                           v8::NewStringType::kInternalized)
                       .ToLocalChecked());
  }
  column_names_as_of_ = as_of;
  return column_names_;
}

v8::MaybeLocal<v8::Value> Statement::Row() {
  v8::EscapableHandleScope scope(isolate());
  const int count = sqlite3_column_count(statement_);
  std::vector<v8::Local<v8::Value>> values(count);
  for (int i = 0; i < count; i++) {
    if (!ReadColumn(env(), statement_, i, read_bigints_).ToLocal(&values[i])) return {};
  }
  if (return_arrays_) return scope.Escape(v8::Array::New(isolate(), values.data(), count));
  std::vector<v8::Local<v8::Name>> names;
  names.reserve(count);
  for (const auto& name : ColumnNames()) names.push_back(name.Get(isolate()));
  return scope.Escape(
      v8::Object::New(isolate(), v8::Null(isolate()), names.data(), values.data(), count));
}

void Statement::Get(const Info& info) {
  if (!Begin(info)) return;
  v8::Local<v8::Value> row;
  if (Step() == StepResult::kRow && Row().ToLocal(&row)) info.GetReturnValue().Set(row);
  Rewind();
}

void Statement::All(const Info& info) {
  if (!Begin(info)) return;
  std::vector<v8::Local<v8::Value>> rows;
  StepResult result;
  while ((result = Step()) == StepResult::kRow) {
    v8::Local<v8::Value> row;
    if (!Row().ToLocal(&row)) {
      result = StepResult::kFailed;
      break;
    }
    rows.push_back(row);
  }
  if (result == StepResult::kDone) {
    info.GetReturnValue().Set(v8::Array::New(isolate(), rows.data(), rows.size()));
  }
  Rewind();
}

void Statement::Run(const Info& info) {
  if (!Begin(info)) return;
  const StepResult step = Step();
  // Changes are counted when a statement ends, one with RETURNING too.
  Rewind();
  if (step != StepResult::kFailed) {
    sqlite3* connection = database_->connection();
    const auto number = [this](int64_t value) -> v8::Local<v8::Value> {
      if (read_bigints_) return v8::BigInt::New(isolate(), value);
      return ToV8(env(), value);
    };
    v8::Local<v8::Context> context = env().context();
    v8::Local<v8::Object> result = v8::Object::New(isolate());
    result
        ->CreateDataProperty(context, env().Intern("changes"),
                             number(sqlite3_changes64(connection)))
        .Check();
    result
        ->CreateDataProperty(context, env().Intern("lastInsertRowid"),
                             number(sqlite3_last_insert_rowid(connection)))
        .Check();
    info.GetReturnValue().Set(result);
  }
}

void Statement::Start(const Info& info) {
  if (Begin(info)) info.GetReturnValue().Set(execution_);
}

v8::MaybeLocal<v8::Value> Statement::Next(double execution) {
  if (!EnsureUsable()) return {};
  if (execution != execution_) {
    ThrowInvalidState(env(), "iterator was invalidated");
    return {};
  }
  if (stepping_) {
    ThrowInvalidState(env(), "statement is currently in use");
    return {};
  }
  switch (Step()) {
    case StepResult::kRow:
      return Row();
    case StepResult::kDone:
      Rewind();
      return v8::Undefined(isolate());
    case StepResult::kFailed:
      Rewind();
      return {};
  }
}

void Statement::Return(double execution) {
  if (EnsureUsable() && execution == execution_ && !stepping_) Rewind();
}

v8::MaybeLocal<v8::Value> Statement::Columns() {
  if (!EnsureUsable()) return {};
  const auto text = [this](const char* value) -> v8::Local<v8::Value> {
    if (value == nullptr) return v8::Null(isolate());
    return ToV8(env(), value);
  };
  v8::Local<v8::Name> names[] = {env().Intern("column"), env().Intern("database"),
                                 env().Intern("name"), env().Intern("table"), env().Intern("type")};
  std::vector<v8::Local<v8::Value>> columns;
  const int count = sqlite3_column_count(statement_);
  for (int i = 0; i < count; i++) {
    v8::Local<v8::Value> values[] = {text(sqlite3_column_origin_name(statement_, i)),
                                     text(sqlite3_column_database_name(statement_, i)),
                                     text(sqlite3_column_name(statement_, i)),
                                     text(sqlite3_column_table_name(statement_, i)),
                                     text(sqlite3_column_decltype(statement_, i))};
    columns.push_back(
        v8::Object::New(isolate(), v8::Null(isolate()), names, values, std::size(names)));
  }
  return v8::Array::New(isolate(), columns.data(), columns.size());
}

v8::MaybeLocal<v8::Value> Statement::SourceSql() {
  if (!EnsureUsable()) return {};
  return ToV8(env(), sqlite3_sql(statement_));
}

v8::MaybeLocal<v8::Value> Statement::ExpandedSql() {
  if (!EnsureUsable()) return {};
  char* sql = sqlite3_expanded_sql(statement_);
  if (sql == nullptr) {
    Throw(env(), NodeError(absl::StatusCode::kUnknown, "ERR_SQLITE_ERROR",
                           "Expanded SQL text would exceed configured limits"));
    return {};
  }
  v8::MaybeLocal<v8::Value> text = ReadText(env(), sql);
  sqlite3_free(sql);
  return text;
}

}  // namespace gyre
