#include "runtime/bootstrap/realm.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "runtime/bootstrap/binding.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/fetch/binding.h"
#include "runtime/glue/wrapped.h"
#include "runtime/inspector/agent.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/process/uncaught.h"

namespace gyre {
namespace {

SnapshotData& Snapshot() {
  static SnapshotData snapshot;
  return snapshot;
}

// Only a broken built-in comes here, which no user can mend.
[[noreturn]] void DieOfBootstrap(v8::Isolate* isolate, const v8::TryCatch& try_catch) {
  v8::Local<v8::Value> stack;
  if (!try_catch.StackTrace(isolate->GetCurrentContext()).ToLocal(&stack)) {
    stack = try_catch.Exception();
  }
  fprintf(stderr, "bootstrap failed: %s\n", *v8::String::Utf8Value(isolate, stack));
  abort();
}

}  // namespace

void SetProcessSnapshot(const SnapshotData& snapshot) { Snapshot() = snapshot; }

std::unique_ptr<Environment> BootstrapEnvironment(v8::Isolate* isolate,
                                                  v8::Local<v8::Context> context,
                                                  const Options& options, bool for_snapshot) {
  NumberContext(isolate, context);
  auto env = std::make_unique<Environment>(isolate, context, options);
  env->set_building_snapshot(for_snapshot);
  v8::TryCatch try_catch(isolate);
  if (BootstrapRealm(*env).IsEmpty()) DieOfBootstrap(isolate, try_catch);
  env->set_building_snapshot(false);
  return env;
}

void EndEnvironment(std::unique_ptr<Environment> env) {
  env->State<CleanupHooks>().Run();
  env->set_can_call_into_js(false);
  Loop::From(*env).CloseAll();
  DeleteWrappedObjects(*env);
}

Realm::Realm(RealmKind kind, const HeapLimits& limits, const Options& options)
    : isolate_(limits, Snapshot()), scopes_(isolate_.get()) {
  v8::Isolate* isolate = isolate_.get();
  EnableWasmStreaming(isolate);
  const SnapshotData& snapshot = Snapshot();
  if (snapshot.blob.data != nullptr) {
    const size_t index = kind == RealmKind::kMain ? snapshot.main_context : 0;
    context_ = v8::Context::FromSnapshot(isolate, index).ToLocalChecked();
    context_scope_.emplace(context_);
    environment_ = std::make_unique<Environment>(isolate, context_, options);
  } else {
    context_ = v8::Context::New(isolate);
    context_scope_.emplace(context_);
    environment_ = BootstrapEnvironment(isolate, context_, options);
  }
  InstallUncaughtHandlers(*environment_);
}

Realm::~Realm() {
  EndEnvironment(std::move(environment_));
  context_scope_.reset();
}

v8::MaybeLocal<v8::Value> CallRealm(Environment& env, std::string_view name) {
  return CallJs(env, env.GetRealmValue(name).As<v8::Function>(), v8::Undefined(env.isolate()), 0,
                nullptr);
}

}  // namespace gyre
