#include "runtime/engine/platform.h"

#include <sys/random.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>
#include <vector>

#include "absl/log/check.h"
#include "libplatform/libplatform.h"

#if __has_feature(thread_sanitizer)
// V8 is not instrumented: what its threads order by atomics of its own looks like a race to
// ThreadSanitizer. Uninstrumented code is in a report's stack only as the direct caller of malloc,
// free, memcpy and the like, so these lines cover V8's own memory and nothing of ours.
extern "C" const char* __tsan_default_suppressions() {
  return "race:^v8::base::\n"
         "race:^v8::internal::\n"
         "race:^v8::platform::\n"
         // With the type they return: instances of templates.
         "race:^void v8::internal::\n"
         "race:^cppgc::\n"
         "race:^heap::base::\n"
         "race:^absl::*v8::internal::\n"
         "race:^std::*v8::internal::\n"
         "race:^std::*v8::base::\n"
         "race:^void std::*v8::internal::\n"
         // Grows V8's hash tables; of ours, too, but their other accesses are seen.
         "race:^absl::container_internal::*PrepareInsert\n";
}
#endif

namespace gyre {
namespace {

Platform* instance = nullptr;

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

// The tasks of one isolate's thread; posted from any thread, run on its own.
class ForegroundTasks final : public v8::TaskRunner {
 public:
  bool IdleTasksEnabled() override { return false; }
  bool NonNestableTasksEnabled() const override { return true; }
  bool NonNestableDelayedTasksEnabled() const override { return true; }

  void SetWake(std::function<void(double)> wake) {
    std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    if (wake_ && !due_.empty()) wake_(0);
  }

  void Close() {
    std::deque<std::unique_ptr<v8::Task>> due;
    std::vector<Delayed> delayed;
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
      wake_ = nullptr;
      due.swap(due_);
      delayed.swap(delayed_);
    }
    // Tasks are destroyed without the lock: their destructors may post.
  }

  bool Run() {
    bool any = false;
    for (;;) {
      std::unique_ptr<v8::Task> task;
      {
        std::lock_guard lock(mutex_);
        MoveDue();
        if (due_.empty()) return any;
        task = std::move(due_.front());
        due_.pop_front();
      }
      any = true;
      task->Run();
    }
  }

  double NextDelay() {
    std::lock_guard lock(mutex_);
    if (!due_.empty()) return 0;
    return delayed_.empty() ? -1 : std::max(0.0, delayed_.front().at - Now());
  }

 private:
  struct Delayed {
    double at;
    std::unique_ptr<v8::Task> task;
    bool operator<(const Delayed& other) const { return at > other.at; }  // the soonest on top
  };

  void Post(std::unique_ptr<v8::Task> task) {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    due_.push_back(std::move(task));
    if (wake_) wake_(0);
  }
  void PostDelayed(std::unique_ptr<v8::Task> task, double delay_s) {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    delayed_.push_back({Now() + delay_s, std::move(task)});
    std::push_heap(delayed_.begin(), delayed_.end());
    if (wake_) wake_(delay_s);
  }
  void MoveDue() {
    while (!delayed_.empty() && delayed_.front().at <= Now()) {
      std::pop_heap(delayed_.begin(), delayed_.end());
      due_.push_back(std::move(delayed_.back().task));
      delayed_.pop_back();
    }
  }

  void PostTaskImpl(std::unique_ptr<v8::Task> task, const v8::SourceLocation&) override {
    Post(std::move(task));
  }
  void PostNonNestableTaskImpl(std::unique_ptr<v8::Task> task, const v8::SourceLocation&) override {
    Post(std::move(task));
  }
  void PostDelayedTaskImpl(std::unique_ptr<v8::Task> task, double delay_s,
                           const v8::SourceLocation&) override {
    PostDelayed(std::move(task), delay_s);
  }
  void PostNonNestableDelayedTaskImpl(std::unique_ptr<v8::Task> task, double delay_s,
                                      const v8::SourceLocation&) override {
    PostDelayed(std::move(task), delay_s);
  }

  std::mutex mutex_;
  bool closed_ = false;
  std::function<void(double)> wake_;
  std::deque<std::unique_ptr<v8::Task>> due_;
  std::vector<Delayed> delayed_;  // a heap
};

Platform& Platform::Instance() {
  CHECK(instance != nullptr);
  return *instance;
}

void Platform::SetDefaultFlags() {
  // Baseline code is made in small batches; handing them to a thread starts the pool in scripts
  // that end right after.
  v8::V8::SetFlagsFromString("--no-concurrent-sparkplug");
  // Node has `import source`.
  v8::V8::SetFlagsFromString("--js-source-phase-imports");
  // Unrolling takes the interrupt check out of a short inner loop, and where that has none, as an
  // inlined Array.prototype.fill, out of the loop around it: an endless one could not be
  // terminated.
  v8::V8::SetFlagsFromString("--no-turboshaft-loop-unrolling");
}

void Platform::Initialize(int worker_threads) {
  CHECK(instance == nullptr);
  instance = new Platform(worker_threads);
  v8::V8::InitializePlatform(instance);
  // By itself V8 seeds each of its generators from /dev/urandom through stdio, 4 KB at a time.
  v8::V8::SetEntropySource([](unsigned char* buffer, size_t size_bytes) {
    return getrandom(buffer, size_bytes, 0) == static_cast<ssize_t>(size_bytes);
  });
  // v8.setFlagsFromString() and --expose-gc set flags later than V8 likes.
  v8::V8::SetFlagsFromString("--no-freeze-flags-after-init");
  v8::V8::Initialize();
}

v8::Platform& Platform::pool() {
  std::call_once(pool_once_, [this] { pool_ = v8::platform::NewDefaultPlatform(worker_threads_); });
  return *pool_;
}

std::shared_ptr<ForegroundTasks> Platform::TasksOf(v8::Isolate* isolate) {
  std::lock_guard lock(mutex_);
  auto found = isolates_.find(isolate);
  return found == isolates_.end() ? nullptr : found->second;
}

void Platform::RegisterIsolate(v8::Isolate* isolate) {
  std::lock_guard lock(mutex_);
  isolates_[isolate] = std::make_shared<ForegroundTasks>();
}

void Platform::SetWake(v8::Isolate* isolate, std::function<void(double)> wake) {
  TasksOf(isolate)->SetWake(std::move(wake));
}

void Platform::RemoveIsolate(v8::Isolate* isolate) {
  std::shared_ptr<ForegroundTasks> tasks;
  {
    std::lock_guard lock(mutex_);
    auto found = isolates_.find(isolate);
    if (found == isolates_.end()) return;
    tasks = std::move(found->second);
    isolates_.erase(found);
  }
  tasks->Close();
}

bool Platform::RunForegroundTasks(v8::Isolate* isolate) { return TasksOf(isolate)->Run(); }

double Platform::NextDelay(v8::Isolate* isolate) { return TasksOf(isolate)->NextDelay(); }

double Platform::MonotonicallyIncreasingTime() { return Now(); }

double Platform::CurrentClockTimeMillis() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::shared_ptr<v8::TaskRunner> Platform::GetForegroundTaskRunner(v8::Isolate* isolate,
                                                                  v8::TaskPriority) {
  std::shared_ptr<ForegroundTasks> tasks = TasksOf(isolate);
  // V8 may ask on behalf of an isolate that is being taken down; what it posts then is dropped.
  return tasks != nullptr ? tasks : std::make_shared<ForegroundTasks>();
}

std::unique_ptr<v8::JobHandle> Platform::CreateJobImpl(v8::TaskPriority priority,
                                                       std::unique_ptr<v8::JobTask> job,
                                                       const v8::SourceLocation&) {
  // Not the pool's own: V8 makes a job at once, for optimised compilation, that a short script
  // never starts.
  return v8::platform::NewDefaultJobHandle(this, priority, std::move(job), worker_threads_);
}

void Platform::PostTaskOnWorkerThreadImpl(v8::TaskPriority priority, std::unique_ptr<v8::Task> task,
                                          const v8::SourceLocation& location) {
  pool().PostTaskOnWorkerThread(priority, std::move(task), location);
}

void Platform::PostDelayedTaskOnWorkerThreadImpl(v8::TaskPriority priority,
                                                 std::unique_ptr<v8::Task> task, double delay_s,
                                                 const v8::SourceLocation& location) {
  pool().PostDelayedTaskOnWorkerThread(priority, std::move(task), delay_s, location);
}

}  // namespace gyre
