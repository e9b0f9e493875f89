#ifndef GYRE_WORKER_WORKER_H_
#define GYRE_WORKER_WORKER_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/base/options.h"
#include "runtime/engine/isolate.h"
#include "runtime/loop/handle.h"
#include "runtime/messaging/port.h"
#include "uv.h"

namespace gyre {

// The name of the channel on which other threads reach this one.
std::string MailboxName(double thread_id);

// What a worker's environment is made with; written before its thread starts, read by it.
struct WorkerStart {
  double thread_id = 0;
  std::string name;
  Options options;
  HeapLimits limits;
  double stack_size_mib = 4;
  bool shares_env = false;
  std::shared_ptr<PortEndpoint> endpoint;  // the worker's end of its channel to the parent
  std::shared_ptr<PortEndpoint> mailbox;   // what other threads post to it, from its first moment
};

// How a worker ended.
struct WorkerEnd {
  int exit_code = 0;
  std::string error_code;  // "ERR_WORKER_OUT_OF_MEMORY", "ERR_WORKER_INIT_FAILED", or empty
  std::string error_message;
};

// What a parent wants to know of its worker, or have it do, whatever runs there.
struct Inquiry {
  // The values are internal/worker's.
  enum Kind : int32_t {
    kHeapStatistics = 0,
    kCpuUsage = 1,
    kHeapSnapshot = 2,
    kStartCpuProfile = 3,
    kStopCpuProfile = 4,
    kStartHeapProfile = 5,
    kStopHeapProfile = 6,
  };
  int32_t id = 0;
  int32_t kind = 0;
  uint32_t argument = 0;
};

struct Answer {
  int32_t id = 0;
  bool failed = false;
  std::vector<double> numbers;
  std::string text;
};

// The parent's side of a worker thread: an isolate, an environment and a loop of its own on the
// process's snapshot. Lives, and keeps its JavaScript object alive, until the thread was joined and
// the handle closed. After the join it calls object.onexit(code, error code, error message);
// inquiries are answered before by object.onanswer(id, failed, numbers, text).
class Worker final : public Handle {
 public:
  Worker(Environment& env, v8::Local<v8::Object> self);
  ~Worker() override;

  // limits: [old, young, code, stack] in MiB, perhaps with a fraction, 0 for the default. Returns a
  // uv error number or 0.
  int32_t Start(v8::Local<v8::Object> port, double thread_id, const std::string& name,
                const std::vector<double>& limits, bool shares_env);

  // Ends the worker as soon as can be; onexit follows.
  void Terminate();

  // The answer comes to onanswer, unless the worker ends before.
  void Inquire(int32_t id, int32_t kind, uint32_t argument);

  // Milliseconds since its loop began to turn, and how many of them it waited; -1 while it does
  // not.
  double LoopTime();
  double LoopIdleTime();

 private:
  friend class WorkerThread;

  static void OnNews(uv_async_t* news);
  void RunThread();
  void DeliverAnswers();
  void Join();

  WorkerStart start_;
  WorkerEnd end_;
  uv_thread_t thread_;
  uv_async_t news_;  // the thread has ended, or answers are there
  bool running_ = false;

  // What the two threads share.
  std::mutex mutex_;
  class WorkerThread* worker_thread_ = nullptr;  // while it can be reached
  bool terminate_ = false;
  bool ended_ = false;
  std::vector<Inquiry> inquiries_;
  std::vector<Answer> answers_;
};

// The worker thread that runs this environment; null on the main thread.
class WorkerThread;
WorkerThread* CurrentWorkerThread(Environment& env);

// What the environment of a worker was started with; null on the main thread.
const WorkerStart* CurrentWorkerStart(Environment& env);

}  // namespace gyre

#endif  // GYRE_WORKER_WORKER_H_
