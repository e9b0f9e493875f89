#include "runtime/vm/watchdog.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

enum Outcome { kFinished, kTimedOut, kInterrupted };

// Where the signal handler, which belongs to the process, writes: the eventfd of the innermost
// watch for SIGINT.
std::atomic<int> sigint_fd = -1;

void OnSigint(int) {
  const uint64_t one = 1;
  int fd = sigint_fd.load();
  if (fd >= 0) (void)!write(fd, &one, sizeof(one));
}

// A thread that waits for the end of the work, the deadline or SIGINT, and terminates the work in
// the latter cases.
class Watchdog {
 public:
  Watchdog(v8::Isolate* isolate, double timeout, bool break_on_sigint)
      : isolate_(isolate),
        done_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        sigint_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    PCHECK(done_ >= 0 && sigint_ >= 0) << "eventfd";
    deadline_ = timeout < 0 ? absl::InfiniteFuture() : absl::Now() + absl::Milliseconds(timeout);
    if (break_on_sigint) CatchSigint();
    thread_ = std::thread([this] { Wait(); });
  }

  ~Watchdog() {
    const uint64_t one = 1;
    (void)!write(done_, &one, sizeof(one));
    thread_.join();
    if (catching_) {
      sigint_fd = outer_fd_;
      sigaction(SIGINT, &outer_action_, nullptr);
    }
    close(done_);
    close(sigint_);
  }

  Outcome outcome() const { return outcome_.load(); }

 private:
  void CatchSigint() {
    catching_ = true;
    outer_fd_ = sigint_fd.exchange(sigint_);
    struct sigaction action = {};
    action.sa_handler = OnSigint;
    sigfillset(&action.sa_mask);
    sigaction(SIGINT, &action, &outer_action_);
  }

  void Wait() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    pollfd fds[] = {{done_, POLLIN, 0}, {sigint_, POLLIN, 0}};
    while (true) {
      absl::Duration left = deadline_ - absl::Now();
      int wait = -1;
      if (left < absl::InfiniteDuration()) {
        wait = static_cast<int>(std::ceil(std::clamp(absl::ToDoubleMilliseconds(left), 0.0, 1e9)));
      }
      int ready = poll(fds, 2, wait);
      if (ready < 0) continue;
      if (fds[0].revents != 0) return;
      if (fds[1].revents != 0) return Stop(kInterrupted);
      if (absl::Now() >= deadline_) return Stop(kTimedOut);
    }
  }

  void Stop(Outcome why) {
    outcome_ = why;
    isolate_->TerminateExecution();
  }

  v8::Isolate* const isolate_;
  const int done_;
  const int sigint_;
  absl::Time deadline_;
  bool catching_ = false;
  int outer_fd_ = -1;
  struct sigaction outer_action_;
  std::atomic<Outcome> outcome_ = kFinished;
  std::thread thread_;
};

}  // namespace

v8::MaybeLocal<v8::Value> RunLimited(Environment& env, double timeout, bool break_on_sigint,
                                     const std::function<v8::MaybeLocal<v8::Value>()>& work) {
  if (timeout < 0 && !break_on_sigint) return work();
  v8::Isolate* isolate = env.isolate();
  v8::MaybeLocal<v8::Value> result;
  Outcome outcome;
  v8::TryCatch try_catch(isolate);
  {
    Watchdog watchdog(isolate, timeout, break_on_sigint);
    result = work();
    outcome = watchdog.outcome();
  }
  if (outcome == kFinished) {
    if (try_catch.HasCaught()) try_catch.ReThrow();
    return result;
  }
  isolate->CancelTerminateExecution();
  try_catch.Reset();
  v8::Local<v8::Value> error =
      outcome == kTimedOut
          ? ToV8Error(env,
                      NodeError(absl::StatusCode::kUnknown, "ERR_SCRIPT_EXECUTION_TIMEOUT",
                                absl::StrCat("Script execution timed out after ", timeout, "ms")))
          : ToV8Error(env, NodeError(absl::StatusCode::kUnknown, "ERR_SCRIPT_EXECUTION_INTERRUPTED",
                                     "Script execution was interrupted by `SIGINT`"));
  isolate->ThrowException(error);
  try_catch.ReThrow();
  return {};
}

}  // namespace gyre
