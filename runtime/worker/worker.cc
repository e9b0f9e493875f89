#include "runtime/worker/worker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "runtime/inspector/mailbox.h"
#include "runtime/loop/loop.h"
#include "runtime/worker/worker_thread.h"

namespace gyre {
namespace {

constexpr size_t kMiB = 1024 * 1024;
// With less a realm cannot be made.
constexpr double kLeastStackMiB = 0.3;

// Whole MiB, at least one where there is a limit.
size_t WholeMiB(double mib) { return static_cast<size_t>(std::ceil(mib)); }

}  // namespace

std::string MailboxName(double thread_id) {
  // No program's BroadcastChannel is called so.
  return absl::StrCat(std::string_view("\0mailbox of thread ", 19), thread_id);
}

Worker::Worker(Environment& env, v8::Local<v8::Object> self) : Handle(env, self, "WORKER") {
  CHECK_EQ(uv_async_init(Loop::From(env).uv(), &news_, OnNews), 0);
  Initialized(reinterpret_cast<uv_handle_t*>(&news_));
}

Worker::~Worker() {
  // Tear-down of the parent: the worker does not outlive it.
  if (!running_) return;
  Terminate();
  Join();
}

int32_t Worker::Start(v8::Local<v8::Object> port, double thread_id, const std::string& name,
                      const std::vector<double>& limits, bool shares_env) {
  CHECK_EQ(limits.size(), 4u);
  start_.thread_id = thread_id;
  start_.name = name;
  start_.options = env().options();
  start_.limits.max_old_generation_mib = WholeMiB(limits[0]);
  start_.limits.max_young_generation_mib = WholeMiB(limits[1]);
  start_.limits.code_range_mib = WholeMiB(limits[2]);
  if (limits[3] > 0) start_.stack_size_mib = std::max(limits[3], kLeastStackMiB);
  start_.shares_env = shares_env;
  if (CurrentWorkerThread(env()) == nullptr) Mailbox::Of(env())->Register(0);
  start_.mailbox = PortEndpoint::Create(PortGroup::Broadcast(MailboxName(thread_id)));
  start_.endpoint = MessagePort::FromObject(env(), port)->Detach();

  uv_thread_options_t options;
  options.flags = UV_THREAD_HAS_STACK_SIZE;
  options.stack_size = static_cast<size_t>(start_.stack_size_mib * kMiB);
  int error = uv_thread_create_ex(
      &thread_, &options,
      [](void* data) {
        auto* self = static_cast<Worker*>(data);
        self->RunThread();
        {
          std::lock_guard lock(self->mutex_);
          self->ended_ = true;
        }
        uv_async_send(&self->news_);
      },
      this);
  running_ = error == 0;
  return error;
}

void Worker::RunThread() {
  if (const int error = Loop::Prepare(); error != 0) {
    end_ = {1, "ERR_WORKER_INIT_FAILED", uv_err_name(error)};
    return;
  }
  WorkerThread thread(this);
  end_ = thread.Run();
}

void Worker::Terminate() {
  std::lock_guard lock(mutex_);
  terminate_ = true;
  if (worker_thread_ != nullptr) worker_thread_->Interrupt();
}

void Worker::Inquire(int32_t id, int32_t kind, uint32_t argument) {
  std::lock_guard lock(mutex_);
  inquiries_.push_back({id, kind, argument});
  if (worker_thread_ != nullptr) worker_thread_->WakeForInquiries();
}

double Worker::LoopTime() {
  std::lock_guard lock(mutex_);
  return worker_thread_ == nullptr ? -1 : worker_thread_->LoopTime();
}

double Worker::LoopIdleTime() {
  std::lock_guard lock(mutex_);
  return worker_thread_ == nullptr ? -1 : worker_thread_->LoopIdleTime();
}

void Worker::Join() {
  CHECK_EQ(uv_thread_join(&thread_), 0);
  running_ = false;
}

void Worker::DeliverAnswers() {
  std::vector<Answer> answers;
  {
    std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  for (const Answer& answer : answers) {
    v8::HandleScope scope(isolate());
    v8::Local<v8::Value> arguments[] = {ToV8(env(), answer.id), ToV8(env(), answer.failed),
                                        ToV8(env(), answer.numbers), ToV8(env(), answer.text)};
    MakeCallback(env().Intern("onanswer"), 4, arguments);
  }
}

void Worker::OnNews(uv_async_t* news) {
  auto* self = static_cast<Worker*>(static_cast<Handle*>(news->data));
  if (!self->running_) return;
  self->DeliverAnswers();
  {
    std::lock_guard lock(self->mutex_);
    if (!self->ended_) return;
  }
  self->Join();
  v8::HandleScope scope(self->isolate());
  v8::Local<v8::Value> arguments[] = {ToV8(self->env(), self->end_.exit_code),
                                      ToV8(self->env(), self->end_.error_code),
                                      ToV8(self->env(), self->end_.error_message)};
  self->MakeCallback(self->env().Intern("onexit"), 3, arguments);
  self->Close(std::nullopt);
}

}  // namespace gyre
