#include "runtime/sqlite/limits.h"

#include <climits>
#include <cmath>
#include <vector>

#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/sqlite/database.h"

namespace gyre {
namespace {

using v8::Intercepted;

// The limit of that name; null when there is none.
const SqliteLimit* Find(Environment& env, v8::Local<v8::Name> name) {
  const std::string text = FromV8<std::string>(env, name);
  for (const SqliteLimit& limit : kSqliteLimits) {
    if (text == limit.name) return &limit;
  }
  return nullptr;
}

template <class T>
Database* DatabaseOf(const v8::PropertyCallbackInfo<T>& info) {
  return Unwrap<Database>(info.Holder()->GetInternalField(0).template As<v8::Value>());
}

Intercepted Get(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  const SqliteLimit* limit = Find(env, name);
  if (limit == nullptr) return Intercepted::kNo;
  Database* database = DatabaseOf(info);
  if (database->EnsureOpen()) {
    info.GetReturnValue().Set(sqlite3_limit(database->connection(), limit->id, -1));
  }
  return Intercepted::kYes;
}

// The limit that was asked for; -1, with an exception, when that is none.
int LimitOf(Environment& env, v8::Local<v8::Value> value) {
  // SQLite takes its own bound for anything higher.
  if (value->IsNumber() && value.As<v8::Number>()->Value() == HUGE_VAL) return INT_MAX;
  if (!value->IsInt32()) {
    Throw(env, NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_ARG_TYPE",
                         "Limit value must be a non-negative integer or Infinity."));
    return -1;
  }
  const int limit = value.As<v8::Int32>()->Value();
  if (limit >= 0) return limit;
  Throw(env, NodeError(absl::StatusCode::kOutOfRange, "ERR_OUT_OF_RANGE",
                       "Limit value must be non-negative."));
  return -1;
}

Intercepted Set(v8::Local<v8::Name> name, v8::Local<v8::Value> value,
                const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  const SqliteLimit* limit = Find(env, name);
  if (limit == nullptr) return Intercepted::kNo;
  Database* database = DatabaseOf(info);
  if (!database->EnsureOpen()) return Intercepted::kYes;
  const int wanted = LimitOf(env, value);
  if (wanted >= 0) {
    sqlite3_limit(database->connection(), limit->id, wanted);
    info.GetReturnValue().Set(true);
  }
  return Intercepted::kYes;
}

Intercepted Query(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Integer>& info) {
  if (Find(Environment::From(info.GetIsolate()), name) == nullptr) return Intercepted::kNo;
  info.GetReturnValue().Set(v8::DontDelete);
  return Intercepted::kYes;
}

void Enumerate(const v8::PropertyCallbackInfo<v8::Array>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  std::vector<v8::Local<v8::Value>> names;
  for (const SqliteLimit& limit : kSqliteLimits) names.push_back(ToV8(env, limit.name));
  info.GetReturnValue().Set(v8::Array::New(env.isolate(), names.data(), names.size()));
}

// What the objects of an environment have in common. The database is a field of each: a template
// lives as long as its context does, and so does its data.
struct Form {
  explicit Form(Environment& env) {
    v8::Local<v8::ObjectTemplate> form = v8::ObjectTemplate::New(env.isolate());
    form->SetInternalFieldCount(1);
    form->SetHandler(v8::NamedPropertyHandlerConfiguration(
        Get, static_cast<v8::NamedPropertySetterCallbackV2>(Set), Query, nullptr, Enumerate, {},
        v8::PropertyHandlerFlags::kOnlyInterceptStrings));
    handle.Reset(env.isolate(), form);
  }
  v8::Global<v8::ObjectTemplate> handle;
};

}  // namespace

v8::Local<v8::Object> LimitsObject(Environment& env, v8::Local<v8::Object> database) {
  v8::Local<v8::ObjectTemplate> form = env.State<Form>().handle.Get(env.isolate());
  v8::Local<v8::Object> limits = form->NewInstance(env.context()).ToLocalChecked();
  limits->SetInternalField(0, database);
  return limits;
}

}  // namespace gyre
