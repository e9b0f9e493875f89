#include "runtime/worker/worker_thread.h"

#include "runtime/glue/convert.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/process/binding.h"
#include "runtime/process/uncaught.h"

namespace gyre {
namespace {

// Which worker thread an environment belongs to.
struct ThreadState {
  explicit ThreadState(Environment&) {}
  WorkerThread* thread = nullptr;
};

constexpr size_t kMiB = 1024 * 1024;
constexpr size_t kStackReserve = 192 * 1024;  // for C++ beyond V8's own check

}  // namespace

WorkerThread* CurrentWorkerThread(Environment& env) { return env.State<ThreadState>().thread; }

const WorkerStart* CurrentWorkerStart(Environment& env) {
  WorkerThread* thread = CurrentWorkerThread(env);
  return thread == nullptr ? nullptr : &thread->start();
}

WorkerThread::WorkerThread(Worker* worker)
    : worker_(worker), realm_(worker->start_.limits, worker->start_.options) {
  Environment& env = realm_.env();
  env.State<ThreadState>().thread = this;
  v8::Isolate* isolate = env.isolate();
  uintptr_t here = reinterpret_cast<uintptr_t>(&here);
  isolate->SetStackLimit(here - (start().stack_size_mib * kMiB - kStackReserve));
  isolate->AddNearHeapLimitCallback(OnNearHeapLimit, this);
  uv_async_init(Loop::From(env).uv(), &stop_,
                [](uv_async_t* stop) { static_cast<Loop*>(stop->loop->data)->Stop(); });
  uv_unref(reinterpret_cast<uv_handle_t*>(&stop_));
  SetExitHandler(env, [](Environment& env, int code) { CurrentWorkerThread(env)->Exit(code); });

  std::lock_guard lock(worker_->mutex_);
  worker_->worker_thread_ = this;
}

WorkerThread::~WorkerThread() {
  std::lock_guard lock(worker_->mutex_);
  worker_->worker_thread_ = nullptr;
}

size_t WorkerThread::OnNearHeapLimit(void* data, size_t current_bytes, size_t initial_bytes) {
  auto* self = static_cast<WorkerThread*>(data);
  self->end_.exit_code = 1;
  self->end_.error_code = "ERR_WORKER_OUT_OF_MEMORY";
  self->end_.error_message = "JS heap out of memory";
  self->exiting_ = true;
  Loop::From(self->realm_.env()).Stop();
  self->realm_.env().isolate()->TerminateExecution();
  // Room for the stack to unwind in.
  constexpr size_t kExtra = 16 * kMiB;
  return current_bytes + kExtra;
}

void WorkerThread::Interrupt() {
  realm_.env().isolate()->TerminateExecution();
  uv_async_send(&stop_);
}

void WorkerThread::Exit(int code) {
  if (exiting_) return;
  exiting_ = true;
  end_.exit_code = code;
  Loop::From(realm_.env()).Stop();
  realm_.env().isolate()->TerminateExecution();
}

double WorkerThread::LoopIdleTime() {
  constexpr double kNsPerMs = 1e6;
  return static_cast<double>(uv_metrics_idle_time(Loop::From(realm_.env()).uv())) / kNsPerMs;
}

void WorkerThread::RunProgram() {
  Environment& env = realm_.env();
  Loop& loop = Loop::From(env);
  uv_loop_configure(loop.uv(), UV_METRICS_IDLE_TIME);
  Mark(env, &NodeMilestones::environment_ns);
  {
    JsScope scope(env);
    static_cast<void>(CallRealm(env, "startWorker"));
  }
  Mark(env, &NodeMilestones::loop_start_ns);
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
  if (CallRealm(env, "emitExit").ToLocal(&code) && code->IsNumber() && !exiting_) {
    end_.exit_code = FromV8<int32_t>(env, code);
  }
}

WorkerEnd WorkerThread::Run() {
  bool terminated;
  {
    std::lock_guard lock(worker_->mutex_);
    terminated = worker_->terminate_;
  }
  if (!terminated) RunProgram();
  {
    // From here on nobody interrupts: the isolate is being taken down.
    std::lock_guard lock(worker_->mutex_);
    worker_->worker_thread_ = nullptr;
    if (worker_->terminate_ && !exiting_) end_.exit_code = 1;
  }
  v8::Isolate* isolate = realm_.env().isolate();
  isolate->RemoveNearHeapLimitCallback(OnNearHeapLimit, 0);
  isolate->CancelTerminateExecution();
  return end_;
}

}  // namespace gyre
