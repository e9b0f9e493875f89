// The binding "task_queue": what the JavaScript tick queue needs of microtasks and of unhandled
// rejections.

#include "runtime/process/binding.h"
#include "runtime/process/uncaught.h"

namespace gyre {
namespace {

void EnqueueMicrotask(Environment& env, v8::Local<v8::Function> task) {
  env.isolate()->EnqueueMicrotask(task);
}

void RunMicrotasks(Environment& env) { env.isolate()->PerformMicrotaskCheckpoint(); }

// A value in few words, without running code of its own: #<Object>.
v8::MaybeLocal<v8::String> DetailString(Environment& env, v8::Local<v8::Value> value) {
  return value->ToDetailString(env.context());
}

}  // namespace

void InitTaskQueue(BindingBuilder& b) {
  b.Function<EnqueueMicrotask>("enqueueMicrotask");
  b.Function<RunMicrotasks>("runMicrotasks");
  b.Function<DetailString>("detailString");
  b.Function<TriggerUncaughtException>("triggerUncaughtException");
  b.Object("promiseRejectEvents", [](BindingBuilder& c) {
    c.Constant("kPromiseRejectWithNoHandler", static_cast<int>(v8::kPromiseRejectWithNoHandler));
    c.Constant("kPromiseHandlerAddedAfterReject",
               static_cast<int>(v8::kPromiseHandlerAddedAfterReject));
    c.Constant("kPromiseResolveAfterResolved", static_cast<int>(v8::kPromiseResolveAfterResolved));
    c.Constant("kPromiseRejectAfterResolved", static_cast<int>(v8::kPromiseRejectAfterResolved));
  });
}

}  // namespace gyre
