#ifndef GYRE_SQLITE_STATEMENT_H_
#define GYRE_SQLITE_STATEMENT_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/glue/binding.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

class Database;

// A prepared statement. It is usable until its database is closed or deserialised.
class Statement final : public Collected {
 public:
  static void Declare(BindingBuilder& b);

  Statement(Environment& env, v8::Local<v8::Object> self, Database* database);
  ~Statement() override;

  void Finalize();

 private:
  using Info = v8::FunctionCallbackInfo<v8::Value>;
  enum class StepResult { kRow, kDone, kFailed };

  // JavaScript's methods.
  void Prepare(std::string sql);
  bool IsFinalized() const { return statement_ == nullptr; }
  bool EnsureUsable();
  void SetReturnArrays(bool enabled) { return_arrays_ = enabled; }
  void SetReadBigInts(bool enabled) { read_bigints_ = enabled; }
  void SetBareNames(bool enabled) { bare_names_ = enabled; }
  void SetUnknownNames(bool enabled) { unknown_names_ = enabled; }
  // Parameters have no names: those of an SQLTagStore.
  void SetPositionalOnly() { positional_only_ = true; }
  int32_t ParameterCount() const { return sqlite3_bind_parameter_count(statement_); }
  void Get(const Info& info);
  void All(const Info& info);
  void Run(const Info& info);
  // Binds the parameters and returns the number of this execution, which Next() and Return() of an
  // iterator give back: another execution, of whatever kind, ends it.
  void Start(const Info& info);
  v8::MaybeLocal<v8::Value> Next(double execution);
  void Return(double execution);
  v8::MaybeLocal<v8::Value> Columns();
  v8::MaybeLocal<v8::Value> SourceSql();
  v8::MaybeLocal<v8::Value> ExpandedSql();

  // Rewinds, forgets the parameters and binds these; false: an exception is pending.
  bool Begin(const Info& info);
  bool BindNamed(v8::Local<v8::Object> values);
  bool FindBareNames();
  int ParameterNamed(const std::string& name);
  StepResult Step();
  void Rewind();
  v8::MaybeLocal<v8::Value> Row();
  const std::vector<v8::Global<v8::Name>>& ColumnNames();

  Database* database_;
  sqlite3_stmt* statement_ = nullptr;
  double execution_ = 0;
  bool stepping_ = false;
  bool return_arrays_ = false;
  bool read_bigints_ = false;
  bool bare_names_ = true;
  bool unknown_names_ = false;
  bool positional_only_ = false;
  bool bare_names_known_ = false;
  absl::flat_hash_map<std::string, int> parameters_by_bare_name_;
  std::vector<v8::Global<v8::Name>> column_names_;
  int column_names_as_of_ = -1;  // how often SQLite had prepared the statement again
};

}  // namespace gyre

#endif  // GYRE_SQLITE_STATEMENT_H_
