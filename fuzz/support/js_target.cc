#include "fuzz/support/js_target.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "absl/log/check.h"
#include "runtime/bootstrap/realm.h"
#include "runtime/engine/builtins.h"
#include "runtime/engine/platform.h"
#include "runtime/glue/binding.h"
#include "runtime/glue/registry.h"
#include "runtime/loop/handle.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/request.h"
#include "runtime/main/bindings.h"
#include "runtime/net/stream_handle.h"
#include "runtime/process/binding.h"
#include "runtime/process/uncaught.h"
#include "uv.h"

namespace gyre {
namespace {

// libFuzzer takes what lies in this section for coverage, beside that of the compiler's
// instrumentation. The JavaScript counts in it (instrument.cjs).
constexpr size_t kCounters = 1 << 15;
__attribute__((section("__libfuzzer_extra_counters"), used)) uint8_t counters[kCounters];

// internalBinding('fuzz').getCounters(): the same memory each time.
v8::Local<v8::Value> Counters(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  std::unique_ptr<v8::BackingStore> store =
      v8::ArrayBuffer::NewBackingStore(counters, kCounters, [](void*, size_t, void*) {}, nullptr);
  return v8::Uint8Array::New(v8::ArrayBuffer::New(isolate, std::move(store)), 0, kCounters);
}

// internalBinding('fuzz').read(handle, bytes): what listens to a stream gets them as if it had read
// them.
void Read(Environment& env, v8::Local<v8::Object> handle, std::string bytes) {
  Unwrap<StreamHandle>(handle)->listener()->OnStreamRead(bytes.size(), bytes.data());
}

// internalBinding('fuzz').openHandles(): the objects of all handles that nobody has told to close.
std::vector<v8::Local<v8::Value>> OpenHandles(Environment& env) {
  std::vector<v8::Local<v8::Value>> objects;
  Loop::From(env).handles().ForEach([&](Handle& handle) {
    if (!handle.IsClosing()) objects.push_back(handle.object());
  });
  return objects;
}

// internalBinding('fuzz').countRequests(): how many are in flight.
int32_t CountRequests(Environment& env) {
  int32_t count = 0;
  Loop::From(env).requests().ForEach([&](Request&) { count++; });
  return count;
}

void InitFuzz(BindingBuilder& b) {
  b.Function<CountRequests>("countRequests");
  b.Function<Counters>("getCounters");
  b.Function<OpenHandles>("openHandles");
  b.Function<Read>("read");
}

Realm* realm;
v8::Global<v8::Function>* property;

[[noreturn]] void DieOf(v8::Local<v8::Value> error) {
  v8::Isolate* isolate = realm->env().isolate();
  v8::Local<v8::Value> text = error;
  if (error->IsObject()) {
    v8::Local<v8::Value> stack;
    if (error.As<v8::Object>()
            ->Get(realm->env().context(), realm->env().Intern("stack"))
            .ToLocal(&stack) &&
        stack->IsString()) {
      text = stack;
    }
  }
  fprintf(stderr, "the property does not hold: %s\n", *v8::String::Utf8Value(isolate, text));
  abort();
}

void DieOfExit(Environment&, int code) {
  fprintf(stderr, "the property does not hold: the process would exit with %d\n", code);
  abort();
}

// A call in a scope of its own, so that ticks and microtasks have run when this returns.
v8::MaybeLocal<v8::Value> Call(v8::Local<v8::Function> function, int argc,
                               v8::Local<v8::Value>* argv) {
  Environment& env = realm->env();
  v8::EscapableHandleScope escape(env.isolate());
  JsScope scope(env);
  v8::TryCatch try_catch(env.isolate());
  v8::Local<v8::Value> result;
  if (!CallJs(env, function, v8::Undefined(env.isolate()), argc, argv).ToLocal(&result)) {
    DieOf(try_catch.Exception());
  }
  return escape.Escape(result);
}

void Settle(v8::Local<v8::Promise> promise) {
  // Whoever looks at the state has handled the rejection.
  promise->MarkAsHandled();
  Loop& loop = Loop::From(realm->env());
  // Only until then: what failed leaves handles open that would never end.
  while (promise->State() == v8::Promise::kPending && uv_run(loop.uv(), UV_RUN_ONCE) != 0) {
  }
  if (promise->State() == v8::Promise::kPending) loop.RunUntilIdle();
  if (promise->State() == v8::Promise::kRejected) DieOf(promise->Result());
  if (promise->State() == v8::Promise::kPending) {
    fprintf(stderr, "the property does not hold: the loop is empty and the promise pending\n");
    abort();
  }
}

}  // namespace

void InitializeJsTarget(const char* id, const char* program) {
  signal(SIGPIPE, SIG_IGN);
  static std::vector<Binding>& bindings =
      *new std::vector<Binding>(AllBindings().begin(), AllBindings().end());
  bindings.push_back({"fuzz", InitFuzz});
  SetBindings(bindings);
  ProcessStart start;
  start.argv0 = start.exec_path = program;
  start.start_ns = uv_hrtime();
  SetProcessStart(std::move(start));
  // GYRE_BUILTINS_DIR=$PWD/fuzz: an edit of a property needs no build.
  if (const char* directory = getenv("GYRE_BUILTINS_DIR")) SetBuiltinsDirectory(directory);
  Platform::SetDefaultFlags();
  Platform::Initialize(/*worker_threads=*/1);

  // Never torn down: libFuzzer leaves by exit(), with V8's threads at work.
  realm = new Realm(RealmKind::kMain, HeapLimits(), Options());
  Environment& env = realm->env();
  SetExitHandler(env, DieOfExit);
  v8::HandleScope scope(env.isolate());
  v8::Local<v8::Function> require = env.GetRealmValue("requireBuiltin").As<v8::Function>();
  v8::Local<v8::Value> boot = ToV8(env, "fuzz/boot");
  Call(require, 1, &boot).ToLocalChecked();
  v8::Local<v8::Value> name = ToV8(env, id);
  v8::Local<v8::Value> exported = Call(require, 1, &name).ToLocalChecked();
  CHECK(exported->IsFunction()) << id << " exports no function";
  property = new v8::Global<v8::Function>(env.isolate(), exported.As<v8::Function>());
}

void RunJsTarget(const uint8_t* data, size_t size) {
  v8::Isolate* isolate = realm->env().isolate();
  v8::HandleScope scope(isolate);
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(isolate, size);
  if (size > 0) std::memcpy(buffer->Data(), data, size);
  v8::Local<v8::Value> bytes = v8::Uint8Array::New(buffer, 0, size);
  v8::Local<v8::Value> result = Call(property->Get(isolate), 1, &bytes).ToLocalChecked();
  if (result->IsPromise()) return Settle(result.As<v8::Promise>());
  // Handles that it closed go when the loop turns.
  uv_run(Loop::From(realm->env()).uv(), UV_RUN_NOWAIT);
}

}  // namespace gyre
