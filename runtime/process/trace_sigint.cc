#include "runtime/process/trace_sigint.h"

#include <semaphore.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include "runtime/loop/loop.h"
#include "runtime/process/stack_text.h"
#include "uv.h"

namespace gyre {
namespace {

// A signal belongs to the process: its handler reaches nothing but this.
sem_t arrived;

void Die() {
  signal(SIGINT, SIG_DFL);
  raise(SIGINT);
}

void PrintAndDie(const std::string& stack) {
  fprintf(stderr, "KEYBOARD_INTERRUPT: Script execution was interrupted by `SIGINT`\n%s",
          stack.c_str());
  fflush(stderr);
  Die();
}

// On the main thread, from wherever its JavaScript is.
void PrintStackAndDie(v8::Isolate* isolate, void*) {
  v8::HandleScope handles(isolate);
  PrintAndDie(
      StackText(Environment::From(isolate), v8::StackTrace::CurrentStackTrace(isolate, 10)) + "\n");
}

// The thread that the handler wakes, which wakes the main thread.
void StartWatching(Environment& env) {
  sem_init(&arrived, 0, 0);
  // For a thread that waits in the loop and runs no JavaScript.
  static uv_async_t wake;
  uv_async_init(Loop::From(env).uv(), &wake, [](uv_async_t*) { PrintAndDie(""); });
  uv_unref(reinterpret_cast<uv_handle_t*>(&wake));
  std::thread([isolate = env.isolate()] {
    while (sem_wait(&arrived) != 0) {
    }
    isolate->RequestInterrupt(PrintStackAndDie, nullptr);
    uv_async_send(&wake);
  }).detach();
}

}  // namespace

void TraceSigint(Environment& env, bool on) {
  static bool watching = false;
  if (on && !std::exchange(watching, true)) StartWatching(env);
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  if (on) action.sa_handler = [](int) { sem_post(&arrived); };
  sigaction(SIGINT, &action, nullptr);
}

}  // namespace gyre
