#ifndef GYRE_BOOTSTRAP_REALM_H_
#define GYRE_BOOTSTRAP_REALM_H_

#include <memory>
#include <optional>

#include "runtime/base/options.h"
#include "runtime/engine/environment.h"
#include "runtime/engine/isolate.h"
#include "v8.h"

namespace gyre {

// What every realm of the process starts from; set once by main before the first of them.
void SetProcessSnapshot(const SnapshotData& snapshot);

// Which of the snapshot's contexts a realm starts from.
enum class RealmKind { kMain, kWorker };

// An isolate, its context and its environment, bootstrapped: out of the start-up snapshot, or from
// source without one. Entered on this thread for as long as it lives. The main thread has one, each
// worker has one.
class Realm {
 public:
  Realm(RealmKind kind, const HeapLimits& limits, const Options& options);
  // Nothing enters JavaScript any more; handles are closed, native objects deleted, the isolate
  // disposed.
  ~Realm();
  Realm(const Realm&) = delete;
  Realm& operator=(const Realm&) = delete;

  Environment& env() { return *environment_; }

 private:
  struct Scopes {
    explicit Scopes(v8::Isolate* isolate) : isolate(isolate), handles(isolate) {}
    v8::Isolate::Scope isolate;
    v8::HandleScope handles;
  };

  IsolateHolder isolate_;
  Scopes scopes_;
  v8::Local<v8::Context> context_;
  std::optional<v8::Context::Scope> context_scope_;
  std::unique_ptr<Environment> environment_;
};

// Bootstraps the context, which is entered, from source. `for_snapshot` holds while that runs:
// bootstrap touches nothing that belongs to a process then.
std::unique_ptr<Environment> BootstrapEnvironment(v8::Isolate* isolate,
                                                  v8::Local<v8::Context> context,
                                                  const Options& options,
                                                  bool for_snapshot = false);

// The end of an environment: nothing enters JavaScript any more, handles are closed, native objects
// are deleted.
void EndEnvironment(std::unique_ptr<Environment> env);

// Calls the function that bootstrap stored under `name` ("startMainThread"), without arguments, in
// the scope that is open.
v8::MaybeLocal<v8::Value> CallRealm(Environment& env, std::string_view name);

}  // namespace gyre

#endif  // GYRE_BOOTSTRAP_REALM_H_
