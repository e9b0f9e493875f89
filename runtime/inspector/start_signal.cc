#include "runtime/inspector/start_signal.h"

#include <pthread.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "runtime/glue/convert.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "uv.h"
#include "v8-unwinder.h"

namespace gyre {
namespace {

// A signal belongs to the process: what its handler needs is found here.
struct Process {
  Environment* env = nullptr;
  pthread_t main_thread;
  uv_async_t wake;
  v8::MemoryRange compiled;  // the code of JavaScript functions
  std::atomic<bool> wanted = false;
  bool has_timer = false;
  int timer = 0;             // the kernel's number of it
  v8::MemoryRange embedded;  // V8's own: the interpreter, for one
};
Process process;

bool Contains(const v8::MemoryRange& range, uintptr_t address) {
  return address - reinterpret_cast<uintptr_t>(range.start) < range.length_in_bytes;
}

void StartServer(Environment& env) {
  process.wanted = false;
  v8::HandleScope handles(env.isolate());
  v8::Context::Scope context(env.context());
  v8::TryCatch ignored(env.isolate());
  v8::Local<v8::Value> id = ToV8(env, "internal/inspector/server");
  v8::Local<v8::Value> module;
  v8::Local<v8::Value> start;
  if (!env.can_call_into_js() ||
      !env.GetRealmValue("requireBuiltin")
           .As<v8::Function>()
           ->Call(env.context(), v8::Undefined(env.isolate()), 1, &id)
           .ToLocal(&module) ||
      !module.As<v8::Object>()->Get(env.context(), env.Intern("startBySignal")).ToLocal(&start)) {
    return;
  }
  static_cast<void>(start.As<v8::Function>()->Call(env.context(), module, 0, nullptr));
}

// The same signal again in a moment. System calls alone: the C library may be in the middle of
// anything.
void TryAgain() {
  constexpr long kRetryNs = 2'000'000;
  if (!process.has_timer) {
    sigevent event = {};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGUSR1;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &process.timer) != 0) return;
    process.has_timer = true;
  }
  const itimerspec soon = {{0, 0}, {0, kRetryNs}};
  syscall(SYS_timer_settime, process.timer, 0, &soon, nullptr);
}

// Usually the loop's next turn will do. A program that never comes back to its loop is interrupted
// from here, which allocates and locks: safe when the thread was executing compiled JavaScript, and
// only then, so that moment is waited for. (A thread that waits for the signal would do without
// this, at the price of a thread in every process.)
void OnSignal(int, siginfo_t* info, void* context) {
  if (info->si_code == SI_TIMER && !process.wanted) return;
  process.wanted = true;
  if (!pthread_equal(pthread_self(), process.main_thread)) {
    pthread_kill(process.main_thread, SIGUSR1);
    return;
  }
  uv_async_send(&process.wake);
#ifdef __x86_64__
  const auto at =
      static_cast<uintptr_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
  if (!Contains(process.compiled, at) && !Contains(process.embedded, at)) return TryAgain();
  process.env->isolate()->RequestInterrupt([](v8::Isolate*, void*) { StartServer(*process.env); },
                                           nullptr);
#endif
}

}  // namespace

void StartInspectorBySignal(Environment& env) {
  process.env = &env;
  process.main_thread = pthread_self();
  void* code = nullptr;
  env.isolate()->GetCodeRange(&code, &process.compiled.length_in_bytes);
  process.compiled.start = code;
  env.isolate()->GetEmbeddedCodeRange(&process.embedded.start, &process.embedded.length_in_bytes);
  uv_async_init(Loop::From(env).uv(), &process.wake, [](uv_async_t*) {
    JsScope scope(*process.env);
    StartServer(*process.env);
  });
  uv_unref(reinterpret_cast<uv_handle_t*>(&process.wake));
  struct sigaction action = {};
  action.sa_sigaction = OnSignal;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  sigaction(SIGUSR1, &action, nullptr);
}

}  // namespace gyre
