#include "runtime/sqlite/callback_function.h"

#include <utility>

#include "runtime/sqlite/database.h"
#include "runtime/sqlite/values.h"

namespace gyre {
namespace {

template <class T>
T* Self(sqlite3_context* context) {
  return static_cast<T*>(static_cast<CallbackFunction*>(sqlite3_user_data(context)));
}

// Ends the statement. Nobody reads the message: an exception is pending.
void Fail(sqlite3_context* context) { sqlite3_result_error(context, "", 0); }

}  // namespace

CallbackFunction::CallbackFunction(Database& database, v8::Local<v8::Object> callable, bool bigints)
    : env_(database.env()),
      database_(&database),
      id_(database.Hold(callable)),
      callable_(env_.isolate(), callable),
      bigints_(bigints) {
  callable_.SetWeak();
  database.Add(this);
}

CallbackFunction::~CallbackFunction() {
  if (database_ == nullptr) return;
  database_->Remove(this);
  Orphan();
}

void CallbackFunction::Orphan() {
  std::exchange(database_, nullptr)->Release(id_);
  callable_.Reset();
}

bool CallbackFunction::Read(int count, sqlite3_value** values,
                            std::vector<v8::Local<v8::Value>>* arguments) const {
  for (int i = 0; i < count; i++) {
    v8::Local<v8::Value> value;
    if (!ReadArgument(env_, values[i], bigints_).ToLocal(&value)) return false;
    arguments->push_back(value);
  }
  return true;
}

int ScalarFunction::Define(Database& database, const std::string& name,
                           v8::Local<v8::Function> function, int arguments, bool bigints,
                           int flags) {
  // In any case SQLite destroys it in the end.
  CallbackFunction* self = new ScalarFunction(database, function, bigints);
  return sqlite3_create_function_v2(database.connection(), name.c_str(), arguments, flags, self,
                                    Call, nullptr, nullptr, Destroy);
}

void ScalarFunction::Call(sqlite3_context* context, int count, sqlite3_value** values) {
  auto* self = Self<ScalarFunction>(context);
  const bool done = RunCallback(self->database(), [&] {
    Environment& env = self->env();
    std::vector<v8::Local<v8::Value>> arguments;
    v8::Local<v8::Value> result;
    if (!self->Read(count, values, &arguments) ||
        !self->callable()
             .As<v8::Function>()
             ->Call(env.context(), v8::Undefined(env.isolate()), arguments.size(), arguments.data())
             .ToLocal(&result)) {
      return false;
    }
    SetResult(env, context, result);
    return true;
  });
  if (!done) Fail(context);
}

int AggregateFunction::Define(Database& database, const std::string& name,
                              v8::Local<v8::Array> functions, int arguments, bool bigints,
                              int flags) {
  auto* aggregate = new AggregateFunction(database, functions, bigints);
  const bool window = aggregate->At(kInverse)->IsFunction();
  CallbackFunction* self = aggregate;
  return sqlite3_create_window_function(database.connection(), name.c_str(), arguments, flags, self,
                                        Step, Final, window ? Value : nullptr,
                                        window ? Inverse : nullptr, Destroy);
}

v8::Local<v8::Value> AggregateFunction::At(Index index) const {
  return callable()->Get(env().context(), index).ToLocalChecked();
}

bool AggregateFunction::Start(Group* group) {
  if (group->state != nullptr) return true;
  v8::Local<v8::Value> state = At(kStart);
  if (state->IsFunction() &&
      !state.As<v8::Function>()
           ->Call(env().context(), v8::Undefined(env().isolate()), 0, nullptr)
           .ToLocal(&state)) {
    return false;
  }
  group->state = new v8::Global<v8::Value>(env().isolate(), state);
  return true;
}

bool AggregateFunction::Change(Group* group, Index function, int count, sqlite3_value** values) {
  if (!Start(group)) return false;
  std::vector<v8::Local<v8::Value>> arguments = {group->state->Get(env().isolate())};
  v8::Local<v8::Value> state;
  if (!Read(count, values, &arguments) ||
      !At(function)
           .As<v8::Function>()
           ->Call(env().context(), v8::Undefined(env().isolate()), arguments.size(),
                  arguments.data())
           .ToLocal(&state)) {
    return false;
  }
  group->state->Reset(env().isolate(), state);
  return true;
}

bool AggregateFunction::Result(sqlite3_context* context, Group* group) {
  if (!Start(group)) return false;
  v8::Local<v8::Value> result = group->state->Get(env().isolate());
  v8::Local<v8::Value> make = At(kResult);
  if (make->IsFunction() && !make.As<v8::Function>()
                                 ->Call(env().context(), v8::Undefined(env().isolate()), 1, &result)
                                 .ToLocal(&result)) {
    return false;
  }
  SetResult(env(), context, result);
  return true;
}

void AggregateFunction::Step(sqlite3_context* context, int count, sqlite3_value** values) {
  auto* self = Self<AggregateFunction>(context);
  auto* group = static_cast<Group*>(sqlite3_aggregate_context(context, sizeof(Group)));
  if (group == nullptr) return sqlite3_result_error_nomem(context);
  const bool done =
      RunCallback(self->database(), [&] { return self->Change(group, kStep, count, values); });
  if (!done) Fail(context);
}

void AggregateFunction::Inverse(sqlite3_context* context, int count, sqlite3_value** values) {
  auto* self = Self<AggregateFunction>(context);
  auto* group = static_cast<Group*>(sqlite3_aggregate_context(context, sizeof(Group)));
  if (group == nullptr) return sqlite3_result_error_nomem(context);
  const bool done =
      RunCallback(self->database(), [&] { return self->Change(group, kInverse, count, values); });
  if (!done) Fail(context);
}

void AggregateFunction::Value(sqlite3_context* context) {
  auto* self = Self<AggregateFunction>(context);
  auto* group = static_cast<Group*>(sqlite3_aggregate_context(context, sizeof(Group)));
  if (group == nullptr) return sqlite3_result_error_nomem(context);
  group->was_asked = true;
  if (!RunCallback(self->database(), [&] { return self->Result(context, group); })) Fail(context);
}

void AggregateFunction::Final(sqlite3_context* context) {
  auto* self = Self<AggregateFunction>(context);
  auto* group = static_cast<Group*>(sqlite3_aggregate_context(context, sizeof(Group)));
  if (group == nullptr) return sqlite3_result_error_nomem(context);
  if (!group->was_asked &&
      !RunCallback(self->database(), [&] { return self->Result(context, group); })) {
    Fail(context);
  }
  // The last that SQLite says of a group, also of one that it gives up.
  delete std::exchange(group->state, nullptr);
}

}  // namespace gyre
