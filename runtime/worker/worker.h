#ifndef GYRE_WORKER_WORKER_H_
#define GYRE_WORKER_WORKER_H_

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

// What a worker's environment is made with; written before its thread starts, read by it.
struct WorkerStart {
  double thread_id = 0;
  std::string name;
  Options options;
  HeapLimits limits;
  size_t stack_size_mib = 4;
  bool shares_env = false;
  std::shared_ptr<PortEndpoint> endpoint;  // the worker's end of its channel to the parent
};

// How a worker ended.
struct WorkerEnd {
  int exit_code = 0;
  std::string error_code;  // "ERR_WORKER_OUT_OF_MEMORY", or empty
  std::string error_message;
};

// The parent's side of a worker thread: an isolate, an environment and a loop of its own on the
// process's snapshot. Lives, and keeps its JavaScript object alive, until the thread was joined and
// the handle closed. After the join it calls object.onexit(code, error code, error message).
class Worker final : public Handle {
 public:
  Worker(Environment& env, v8::Local<v8::Object> self);
  ~Worker() override;

  // limits: [old, young, code, stack] in MiB, 0 for the default. Returns a uv error number or 0.
  int32_t Start(v8::Local<v8::Object> port, double thread_id, const std::string& name,
                const std::vector<double>& limits, bool shares_env);

  // Ends the worker as soon as can be; onexit follows.
  void Terminate();

  // Milliseconds its loop waited; -1 while it does not run.
  double LoopIdleTime();

 private:
  friend class WorkerThread;

  static void OnThreadDone(uv_async_t* done);
  void Join();

  WorkerStart start_;
  WorkerEnd end_;
  uv_thread_t thread_;
  uv_async_t done_;
  bool running_ = false;

  // What the two threads share.
  std::mutex mutex_;
  class WorkerThread* worker_thread_ = nullptr;  // while it can be reached
  bool terminate_ = false;
};

// The worker thread that runs this environment; null on the main thread.
class WorkerThread;
WorkerThread* CurrentWorkerThread(Environment& env);

// What the environment of a worker was started with; null on the main thread.
const WorkerStart* CurrentWorkerStart(Environment& env);

}  // namespace gyre

#endif  // GYRE_WORKER_WORKER_H_
