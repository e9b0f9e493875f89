#include "runtime/bootstrap/realm.h"

#include <cstdio>
#include <cstdlib>

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

Realm::Realm(const HeapLimits& limits, const Options& options)
    : isolate_(limits, Snapshot()), scopes_(isolate_.get()) {
  v8::Isolate* isolate = isolate_.get();
  EnableWasmStreaming(isolate);
  const bool from_snapshot = Snapshot().blob.data != nullptr;
  context_ = from_snapshot ? v8::Context::FromSnapshot(isolate, 0).ToLocalChecked()
                           : v8::Context::New(isolate);
  context_scope_.emplace(context_);
  if (!from_snapshot) NumberContext(isolate, context_);
  environment_ = std::make_unique<Environment>(isolate, context_, options);
  if (!from_snapshot) {
    v8::TryCatch try_catch(isolate);
    if (BootstrapRealm(*environment_).IsEmpty()) DieOfBootstrap(isolate, try_catch);
  }
  InstallUncaughtHandlers(*environment_);
}

Realm::~Realm() {
  environment_->State<CleanupHooks>().Run();
  environment_->set_can_call_into_js(false);
  Loop::From(*environment_).CloseAll();
  DeleteWrappedObjects(*environment_);
  environment_.reset();
  context_scope_.reset();
}

v8::MaybeLocal<v8::Value> CallRealm(Environment& env, std::string_view name) {
  return CallJs(env, env.GetRealmValue(name).As<v8::Function>(), v8::Undefined(env.isolate()), 0,
                nullptr);
}

}  // namespace gyre
