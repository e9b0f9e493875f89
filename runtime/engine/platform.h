#ifndef GYRE_ENGINE_PLATFORM_H_
#define GYRE_ENGINE_PLATFORM_H_

#include <functional>
#include <memory>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "runtime/engine/tracing.h"
#include "v8-platform.h"
#include "v8.h"

namespace gyre {

class ForegroundTasks;

// The process's V8 platform. Work for other threads goes to V8's own thread pool, which is started
// by the first such piece of work: a short script ends without it. Work for an isolate's thread is
// queued here and wakes its event loop.
class Platform final : public v8::Platform {
 public:
  static Platform& Instance();

  // V8's flags as every program of Gyre has them, the one that makes the snapshot included: V8
  // takes code caches only under the flags they were made with. Before any other flag is set.
  static void SetDefaultFlags();

  // Starts V8. Once, before anything else of V8.
  static void Initialize(int worker_threads);

  // An isolate's thread asks for its tasks: `wake` is called, on any thread, when there is
  // something to run. Before an isolate is registered and after it was removed tasks are kept back
  // or dropped.
  void RegisterIsolate(v8::Isolate* isolate);
  void SetWake(v8::Isolate* isolate, std::function<void(double delay_s)> wake);
  void RemoveIsolate(v8::Isolate* isolate);

  // Runs the tasks that are due now; true when there were any. On the isolate's thread, entered.
  bool RunForegroundTasks(v8::Isolate* isolate);

  // Seconds until the next delayed task is due, negative when there is none.
  double NextDelay(v8::Isolate* isolate);

  int NumberOfWorkerThreads() override { return worker_threads_; }
  double MonotonicallyIncreasingTime() override;
  double CurrentClockTimeMillis() override;
  v8::TracingController* GetTracingController() override { return &Tracing::Instance(); }
  using v8::Platform::GetForegroundTaskRunner;
  std::shared_ptr<v8::TaskRunner> GetForegroundTaskRunner(v8::Isolate* isolate,
                                                          v8::TaskPriority priority) override;

 protected:
  std::unique_ptr<v8::JobHandle> CreateJobImpl(v8::TaskPriority priority,
                                               std::unique_ptr<v8::JobTask> job,
                                               const v8::SourceLocation& location) override;
  void PostTaskOnWorkerThreadImpl(v8::TaskPriority priority, std::unique_ptr<v8::Task> task,
                                  const v8::SourceLocation& location) override;
  void PostDelayedTaskOnWorkerThreadImpl(v8::TaskPriority priority, std::unique_ptr<v8::Task> task,
                                         double delay_in_seconds,
                                         const v8::SourceLocation& location) override;

 private:
  explicit Platform(int worker_threads) : worker_threads_(worker_threads) {}
  v8::Platform& pool();
  std::shared_ptr<ForegroundTasks> TasksOf(v8::Isolate* isolate);

  const int worker_threads_;
  std::once_flag pool_once_;
  std::unique_ptr<v8::Platform> pool_;
  std::mutex mutex_;
  absl::flat_hash_map<v8::Isolate*, std::shared_ptr<ForegroundTasks>> isolates_;
};

}  // namespace gyre

#endif  // GYRE_ENGINE_PLATFORM_H_
