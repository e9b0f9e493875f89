#ifndef GYRE_WORKER_WORKER_THREAD_H_
#define GYRE_WORKER_WORKER_THREAD_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "runtime/bootstrap/realm.h"
#include "runtime/inspector/mailbox.h"
#include "runtime/worker/worker.h"

namespace gyre {

// The life of a worker's thread, on that thread: realm, program, loop, tear-down. On the thread's
// stack.
class WorkerThread {
 public:
  explicit WorkerThread(Worker* worker);
  ~WorkerThread();
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;

  // The whole of it; how it ended.
  WorkerEnd Run();

  // Any thread: stop what runs, do not start anything more.
  void Interrupt();

  // Any thread: there are inquiries, to be answered between two pieces of JavaScript or, when one
  // does not end, in the middle of it.
  void WakeForInquiries();

  // On this thread: process.exit() of the worker.
  void Exit(int code);

  // Any thread: milliseconds since the loop began to turn, -1 before it does; and how many of them
  // it has waited for events.
  double LoopTime() const;
  double LoopIdleTime() const;
  const WorkerStart& start() const { return worker_->start_; }

 private:
  static size_t OnNearHeapLimit(void* self, size_t current_bytes, size_t initial_bytes);
  void RunProgram();
  // On this thread: what runs is terminated, and nothing runs after it. Termination alone ends only
  // what is on the stack, not the ticks and callbacks that wait.
  void Stop();
  void AnswerInquiries();

  Worker* const worker_;
  Realm realm_;
  uv_loop_t* const loop_;  // what other threads may ask for its idle time
  std::atomic<uint64_t> loop_start_ns_ = 0;
  uv_async_t stop_;
  uv_async_t inquiries_;
  std::shared_ptr<Mailbox> mailbox_;
  WorkerEnd end_;
  bool exiting_ = false;
};

}  // namespace gyre

#endif  // GYRE_WORKER_WORKER_THREAD_H_
