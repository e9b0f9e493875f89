#include "runtime/worker/worker_thread.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/base/exit_code.h"
#include "runtime/engine/tracing.h"
#include "runtime/glue/convert.h"
#include "runtime/inspector/agent.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/process/binding.h"
#include "runtime/process/uncaught.h"
#include "runtime/v8/profiles.h"

namespace gyre {
namespace {

// Which worker thread an environment belongs to.
struct ThreadState {
  explicit ThreadState(Environment&) {}
  WorkerThread* thread = nullptr;
};

constexpr size_t kMiB = 1024 * 1024;
constexpr double kNsPerMs = 1e6;
constexpr size_t kStackReserve = 192 * 1024;  // for C++ beyond V8's own check

void AnswerWith(std::optional<std::string> text, Answer* answer) {
  answer->failed = !text.has_value();
  if (text) answer->text = *std::move(text);
}

Answer AnswerTo(Environment& env, const Inquiry& inquiry) {
  Answer answer;
  answer.id = inquiry.id;
  switch (inquiry.kind) {
    case Inquiry::kHeapStatistics:
      answer.numbers = HeapStatistics(env);
      break;
    case Inquiry::kCpuUsage: {
      constexpr double kUsPerS = 1e6;
      uv_rusage_t usage;
      answer.failed = uv_getrusage_thread(&usage) != 0;
      answer.numbers = {
          kUsPerS * static_cast<double>(usage.ru_utime.tv_sec) + usage.ru_utime.tv_usec,
          kUsPerS * static_cast<double>(usage.ru_stime.tv_sec) + usage.ru_stime.tv_usec};
      break;
    }
    case Inquiry::kHeapSnapshot:
      answer.text = HeapSnapshotText(env, (inquiry.argument & 1) != 0, (inquiry.argument & 2) != 0);
      break;
    case Inquiry::kStartCpuProfile: {
      const std::optional<uint32_t> id = StartCpuProfile(env);
      answer.failed = !id.has_value();
      answer.numbers = {static_cast<double>(id.value_or(0))};
      break;
    }
    case Inquiry::kStopCpuProfile:
      AnswerWith(StopCpuProfile(env, inquiry.argument), &answer);
      break;
    case Inquiry::kStartHeapProfile:
      answer.failed = !StartHeapProfile(env);
      break;
    case Inquiry::kStopHeapProfile:
      AnswerWith(StopHeapProfile(env), &answer);
      break;
  }
  return answer;
}

}  // namespace

WorkerThread* CurrentWorkerThread(Environment& env) { return env.State<ThreadState>().thread; }

const WorkerStart* CurrentWorkerStart(Environment& env) {
  WorkerThread* thread = CurrentWorkerThread(env);
  return thread == nullptr ? nullptr : &thread->start();
}

WorkerThread::WorkerThread(Worker* worker)
    : worker_(worker),
      realm_(RealmKind::kWorker, worker->start_.limits, worker->start_.options),
      loop_(Loop::From(realm_.env()).uv()) {
  Environment& env = realm_.env();
  env.State<ThreadState>().thread = this;
  v8::Isolate* isolate = env.isolate();
  // Not the address of a local, which AddressSanitizer may keep elsewhere.
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const auto stack_size = static_cast<size_t>(start().stack_size_mib * kMiB);
  isolate->SetStackLimit(here - (stack_size - kStackReserve));
  isolate->AddNearHeapLimitCallback(OnNearHeapLimit, this);
  uv_async_init(loop_, &stop_,
                [](uv_async_t* stop) { static_cast<WorkerThread*>(stop->data)->Stop(); });
  stop_.data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(&stop_));
  uv_async_init(loop_, &inquiries_, [](uv_async_t* inquiries) {
    static_cast<WorkerThread*>(inquiries->data)->AnswerInquiries();
  });
  inquiries_.data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(&inquiries_));
  SetExitHandler(env, [](Environment& env, int code) { CurrentWorkerThread(env)->Exit(code); });

  mailbox_ = Mailbox::Of(env);
  mailbox_->Register(static_cast<int>(start().thread_id));

  std::lock_guard lock(worker_->mutex_);
  worker_->worker_thread_ = this;
  if (!worker_->inquiries_.empty()) WakeForInquiries();
}

WorkerThread::~WorkerThread() {
  std::lock_guard lock(worker_->mutex_);
  worker_->worker_thread_ = nullptr;
}

size_t WorkerThread::OnNearHeapLimit(void* data, size_t current_bytes, size_t initial_bytes) {
  auto* self = static_cast<WorkerThread*>(data);
  self->end_.exit_code = exit_code::kGenericUserError;
  self->end_.error_code = "ERR_WORKER_OUT_OF_MEMORY";
  self->end_.error_message = "JS heap out of memory";
  self->exiting_ = true;
  self->Stop();
  // Room for what is being allocated, such as the next table of a growing Map, and for the stack to
  // unwind in. When V8 finds none, it ends the process.
  constexpr size_t kExtra = 64 * kMiB;
  return 3 * current_bytes + kExtra;
}

void WorkerThread::Interrupt() {
  v8::Isolate* isolate = realm_.env().isolate();
  isolate->RequestInterrupt(
      [](v8::Isolate*, void* self) { static_cast<WorkerThread*>(self)->Stop(); }, this);
  isolate->TerminateExecution();
  uv_async_send(&stop_);
  // It may be waiting for a debugger.
  mailbox_->Post([](Environment& env) {
    if (Agent* agent = Agent::Existing(env)) agent->StopWaiting();
  });
}

void WorkerThread::Stop() {
  Environment& env = realm_.env();
  env.set_can_call_into_js(false);
  Loop::From(env).Stop();
  env.isolate()->TerminateExecution();
}

void WorkerThread::WakeForInquiries() {
  realm_.env().isolate()->RequestInterrupt(
      [](v8::Isolate*, void* self) { static_cast<WorkerThread*>(self)->AnswerInquiries(); }, this);
  uv_async_send(&inquiries_);
}

void WorkerThread::AnswerInquiries() {
  std::vector<Inquiry> inquiries;
  {
    std::lock_guard lock(worker_->mutex_);
    inquiries.swap(worker_->inquiries_);
  }
  for (const Inquiry& inquiry : inquiries) {
    Answer answer = AnswerTo(realm_.env(), inquiry);
    {
      std::lock_guard lock(worker_->mutex_);
      worker_->answers_.push_back(std::move(answer));
    }
    uv_async_send(&worker_->news_);
  }
}

void WorkerThread::Exit(int code) {
  if (exiting_) return;
  exiting_ = true;
  end_.exit_code = code;
  Stop();
}

double WorkerThread::LoopTime() const {
  const uint64_t start_ns = loop_start_ns_;
  return start_ns == 0 ? -1 : static_cast<double>(uv_hrtime() - start_ns) / kNsPerMs;
}

double WorkerThread::LoopIdleTime() const {
  return static_cast<double>(uv_metrics_idle_time(loop_)) / kNsPerMs;
}

void WorkerThread::RunProgram() {
  Environment& env = realm_.env();
  Loop& loop = Loop::From(env);
  if (Tracing::Instance().started()) {
    Tracing::Instance().NameThread(absl::StrCat(
        "[worker ", start().thread_id, "] ", start().name.empty() ? "WorkerThread" : start().name));
  }
  Mark(env, &NodeMilestones::environment_ns);
  {
    JsScope scope(env);
    static_cast<void>(CallRealm(env, "startWorker"));
  }
  Mark(env, &NodeMilestones::loop_start_ns);
  loop_start_ns_ = uv_hrtime();
  while (!exiting_ && !loop.stopped()) {
    loop.RunUntilIdle();
    if (exiting_ || loop.stopped()) return;
    JsScope scope(env);
    static_cast<void>(CallRealm(env, "emitBeforeExit"));
    if (!loop.alive()) break;
  }
  if (exiting_ || loop.stopped()) return;
  JsScope scope(env);
  v8::Local<v8::Value> code;
  // As in RunMain (main/run.cc).
  const bool asked = CallRealm(env, "emitExit").ToLocal(&code) ||
                     (!exiting_ && CallRealm(env, "emitExit").ToLocal(&code));
  if (asked && code->IsNumber() && !exiting_) end_.exit_code = FromV8<int32_t>(env, code);
}

WorkerEnd WorkerThread::Run() {
  bool terminated;
  {
    std::lock_guard lock(worker_->mutex_);
    terminated = worker_->terminate_;
  }
  if (!terminated) RunProgram();
  if (!terminated && !exiting_) WaitForInspectorAtExit(realm_.env(), /*is_worker=*/true);
  {
    // From here on nobody interrupts: the isolate is being taken down.
    std::lock_guard lock(worker_->mutex_);
    worker_->worker_thread_ = nullptr;
    if (worker_->terminate_ && !terminated && !exiting_)
      end_.exit_code = exit_code::kGenericUserError;
  }
  v8::Isolate* isolate = realm_.env().isolate();
  isolate->RemoveNearHeapLimitCallback(OnNearHeapLimit, 0);
  isolate->CancelTerminateExecution();
  return end_;
}

}  // namespace gyre
