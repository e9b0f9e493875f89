#ifndef GYRE_SQLITE_CALLBACK_FUNCTION_H_
#define GYRE_SQLITE_CALLBACK_FUNCTION_H_

#include <string>
#include <vector>

#include "runtime/engine/environment.h"
#include "sqlite3.h"
#include "v8.h"

namespace gyre {

class Database;

// An SQL function that is JavaScript. SQLite owns it and deletes it when it is defined again or the
// connection ends, which can be after the Database when a backup keeps SQLite's part alive.
class CallbackFunction {
 public:
  virtual ~CallbackFunction();
  CallbackFunction(const CallbackFunction&) = delete;
  CallbackFunction& operator=(const CallbackFunction&) = delete;

  // The database is closed: from now on this does nothing.
  void Orphan();

 protected:
  CallbackFunction(Database& database, v8::Local<v8::Object> callable, bool bigints);

  Environment& env() const { return env_; }
  Database* database() const { return database_; }
  v8::Local<v8::Object> callable() const { return callable_.Get(env_.isolate()); }
  // Appends SQL's arguments; false: an exception is pending.
  bool Read(int count, sqlite3_value** values, std::vector<v8::Local<v8::Value>>* arguments) const;

  static void Destroy(void* self) { delete static_cast<CallbackFunction*>(self); }

 private:
  Environment& env_;
  Database* database_;
  const double id_;                  // of the reference that the database holds
  v8::Global<v8::Object> callable_;  // weak
  const bool bigints_;
};

// db.function(): one call for each row.
class ScalarFunction final : public CallbackFunction {
 public:
  // SQLite's result code.
  static int Define(Database& database, const std::string& name, v8::Local<v8::Function> function,
                    int arguments, bool bigints, int flags);

 private:
  using CallbackFunction::CallbackFunction;
  static void Call(sqlite3_context* context, int count, sqlite3_value** values);
};

// db.aggregate(): a state that each row changes and that becomes the result in the end; as a window
// function its result is asked for in between, and rows leave it again.
class AggregateFunction final : public CallbackFunction {
 public:
  // `functions`: [start, step, result, inverse], of which the last two may be undefined.
  static int Define(Database& database, const std::string& name, v8::Local<v8::Array> functions,
                    int arguments, bool bigints, int flags);

 private:
  enum Index : uint32_t { kStart, kStep, kResult, kInverse };
  // What SQLite keeps for each group, zeroed at first.
  struct Group {
    v8::Global<v8::Value>* state;
    bool was_asked;  // for a result in between: then nobody reads the last
  };

  using CallbackFunction::CallbackFunction;
  v8::Local<v8::Value> At(Index index) const;
  bool Start(Group* group);
  bool Change(Group* group, Index function, int count, sqlite3_value** values);
  bool Result(sqlite3_context* context, Group* group);

  static void Step(sqlite3_context* context, int count, sqlite3_value** values);
  static void Inverse(sqlite3_context* context, int count, sqlite3_value** values);
  static void Value(sqlite3_context* context);
  static void Final(sqlite3_context* context);
};

}  // namespace gyre

#endif  // GYRE_SQLITE_CALLBACK_FUNCTION_H_
