#include "runtime/inspector/mailbox.h"

#include <chrono>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/log/check.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/engine/platform.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"

namespace gyre {
namespace {

// How long a waiting thread looks at nothing but its mailbox: V8's own tasks come in between.
constexpr std::chrono::milliseconds kWait(50);

// The one table of the process: how threads find each other.
struct ThreadTable {
  std::mutex mutex;
  absl::flat_hash_map<int, std::weak_ptr<Mailbox>> mailboxes;
};
ThreadTable& AllThreads() {
  static auto& threads = *new ThreadTable;
  return threads;
}

}  // namespace

struct Mailbox::Owner {
  explicit Owner(Environment& env) : mailbox(new Mailbox(env)) {
    env.State<CleanupHooks>().Add([](void* mailbox) { static_cast<Mailbox*>(mailbox)->Close(); },
                                  mailbox.get());
  }
  std::shared_ptr<Mailbox> mailbox;
};

Mailbox::Mailbox(Environment& env) : env_(env), wake_(new uv_async_t) {
  CHECK_EQ(uv_async_init(Loop::From(env).uv(), wake_,
                         [](uv_async_t* wake) {
                           auto* self = static_cast<Mailbox*>(wake->data);
                           JsScope scope(self->env_);
                           self->RunTasks();
                         }),
           0);
  wake_->data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(wake_));
}

std::shared_ptr<Mailbox> Mailbox::Of(Environment& env) { return env.State<Owner>().mailbox; }

std::shared_ptr<Mailbox> Mailbox::OfThread(int thread_id) {
  std::lock_guard lock(AllThreads().mutex);
  auto found = AllThreads().mailboxes.find(thread_id);
  return found == AllThreads().mailboxes.end() ? nullptr : found->second.lock();
}

std::vector<int> Mailbox::Threads() {
  std::lock_guard lock(AllThreads().mutex);
  std::vector<int> ids;
  for (const auto& [id, mailbox] : AllThreads().mailboxes) ids.push_back(id);
  return ids;
}

void Mailbox::Register(int thread_id) {
  thread_id_ = thread_id;
  std::lock_guard lock(AllThreads().mutex);
  AllThreads().mailboxes[thread_id] = weak_from_this();
}

void Mailbox::Post(Task task) {
  bool interrupt;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    tasks_.push_back(std::move(task));
    interrupt = !std::exchange(interrupt_requested_, true);
    uv_async_send(wake_);
    // Under the lock, too: the isolate is there as long as the mailbox is open.
    if (interrupt) {
      env_.isolate()->RequestInterrupt(
          [](v8::Isolate* isolate, void* self) {
            v8::HandleScope handles(isolate);
            static_cast<Mailbox*>(self)->RunTasks();
          },
          this);
    }
  }
  arrived_.notify_one();
}

bool Mailbox::TakeTask(Task* task) {
  std::lock_guard lock(mutex_);
  interrupt_requested_ = false;
  if (tasks_.empty()) return false;
  *task = std::move(tasks_.front());
  tasks_.pop_front();
  return true;
}

void Mailbox::RunTasks() {
  if (running_) return;
  running_ = true;
  Task task;
  while (TakeTask(&task)) {
    v8::HandleScope handles(env_.isolate());
    v8::Context::Scope context(env_.context());
    task(env_);
  }
  running_ = false;
}

void Mailbox::WaitAndRunTasks() {
  {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, kWait, [this] { return !tasks_.empty() || closed_; });
  }
  const bool outer = std::exchange(running_, false);
  RunTasks();
  Platform::Instance().RunForegroundTasks(env_.isolate());
  running_ = outer;
}

void Mailbox::Close() {
  if (thread_id_ >= 0) {
    std::lock_guard lock(AllThreads().mutex);
    AllThreads().mailboxes.erase(thread_id_);
  }
  std::deque<Task> dropped;
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
    dropped.swap(tasks_);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(wake_),
           [](uv_handle_t* wake) { delete reinterpret_cast<uv_async_t*>(wake); });
}

}  // namespace gyre
