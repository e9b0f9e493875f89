#ifndef GYRE_INSPECTOR_MAILBOX_H_
#define GYRE_INSPECTOR_MAILBOX_H_

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "runtime/engine/environment.h"
#include "uv.h"

namespace gyre {

// What other threads, and frontends, have an inspected thread do. The thread does it when its loop
// turns, in the middle of JavaScript that does not end, or while it is paused at a breakpoint.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
 public:
  using Task = absl::AnyInvocable<void(Environment&)>;

  // The thread's own, made when first asked for; on that thread. It holds nothing alive and is
  // closed with the environment's clean-up.
  static std::shared_ptr<Mailbox> Of(Environment& env);

  // Of another thread, by its number in worker_threads; null when it has none.
  static std::shared_ptr<Mailbox> OfThread(int thread_id);
  static std::vector<int> Threads();
  void Register(int thread_id);

  // Any thread. What comes after the end is dropped.
  void Post(Task task);

  // The inspected thread: runs what is there, or waits a moment for it. Tasks do not nest unless
  // the one that runs waits itself.
  void RunTasks();
  void WaitAndRunTasks();

 private:
  struct Owner;
  explicit Mailbox(Environment& env);
  void Close();
  bool TakeTask(Task* task);

  Environment& env_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Task> tasks_;
  bool closed_ = false;
  bool interrupt_requested_ = false;
  bool running_ = false;  // the inspected thread's
  int thread_id_ = -1;
  uv_async_t* wake_;  // freed by its close callback
};

}  // namespace gyre

#endif  // GYRE_INSPECTOR_MAILBOX_H_
