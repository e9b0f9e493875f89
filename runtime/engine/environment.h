#ifndef GYRE_ENGINE_ENVIRONMENT_H_
#define GYRE_ENGINE_ENVIRONMENT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/base/options.h"
#include "v8.h"

namespace gyre {

// One JavaScript thread: an isolate, its principal context and the per-thread state of every
// feature. The main thread has one, each worker has its own; nothing that can change is shared
// between them through globals.
//
// Made after the isolate and the context (by engine/isolate.h), entered for its whole life,
// destroyed before them.
class Environment {
 public:
  Environment(v8::Isolate* isolate, v8::Local<v8::Context> context, const Options& options);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  static Environment& From(v8::Isolate* isolate) {
    return *static_cast<Environment*>(isolate->GetData(kIsolateSlot));
  }
  static bool Exists(v8::Isolate* isolate) { return isolate->GetData(kIsolateSlot) != nullptr; }

  v8::Isolate* isolate() const { return isolate_; }
  v8::Local<v8::Context> context() const { return context_.Get(isolate_); }
  const Options& options() const { return options_; }
  Options& mutable_options() { return options_; }

  // The state that a feature keeps per environment: made as T(Environment&) when first asked for,
  // destroyed with the environment in the reverse order of making.
  template <class T>
  T& State();

  // An internalised string for a literal, made once per environment. The literal's address is the
  // key.
  template <size_t N>
  v8::Local<v8::String> Intern(const char (&literal)[N]) {
    return InternLiteral(literal, N - 1);
  }

  // Values that C++ needs from JavaScript (callbacks, shared arrays) or keeps for it (binding
  // objects). They live in the context, so the start-up snapshot carries them. Names are literals,
  // unique in the process.
  v8::Local<v8::Value> GetRealmValue(std::string_view name);
  void SetRealmValue(std::string_view name, v8::Local<v8::Value> value);

  // False once tear-down began: native code must not call into JavaScript any more.
  bool can_call_into_js() const { return can_call_into_js_ && !isolate_->IsExecutionTerminating(); }
  void set_can_call_into_js(bool value) { can_call_into_js_ = value; }

  // True while the start-up snapshot is being made: nothing that belongs to one process may be
  // touched.
  bool building_snapshot() const { return building_snapshot_; }
  void set_building_snapshot(bool value) { building_snapshot_ = value; }

 private:
  static constexpr uint32_t kIsolateSlot = 0;

  struct Holder {
    void* object;
    void (*destroy)(void*);
  };

  static size_t NextStateId();
  template <class T>
  static size_t StateId() {
    static const size_t id = NextStateId();
    return id;
  }
  void AddState(size_t id, Holder holder);
  v8::Local<v8::String> InternLiteral(const char* literal, size_t length);
  v8::Local<v8::Object> realm_values();

  v8::Isolate* const isolate_;
  v8::Global<v8::Context> context_;
  Options options_;
  bool can_call_into_js_ = true;
  bool building_snapshot_ = false;
  absl::flat_hash_map<const char*, v8::Global<v8::String>> strings_;
  std::vector<void*> states_;    // by id
  std::vector<Holder> holders_;  // in order of making
};

template <class T>
T& Environment::State() {
  const size_t id = StateId<T>();
  if (id >= states_.size() || states_[id] == nullptr) {
    AddState(id, {new T(*this), [](void* object) { delete static_cast<T*>(object); }});
  }
  return *static_cast<T*>(states_[id]);
}

}  // namespace gyre

#endif  // GYRE_ENGINE_ENVIRONMENT_H_
