#include "runtime/loop/loop.h"

#include <cmath>
#include <utility>

#include "absl/log/check.h"
#include "runtime/engine/platform.h"
#include "runtime/loop/js_scope.h"

namespace gyre {

void Loop::CloseLoop::operator()(uv_loop_t* loop) const {
  CHECK_EQ(uv_loop_close(loop), 0) << "a handle was left open";
  delete loop;
}

std::unique_ptr<uv_loop_t, Loop::CloseLoop>& Loop::Prepared() {
  thread_local std::unique_ptr<uv_loop_t, CloseLoop> prepared;
  return prepared;
}

int Loop::Prepare() {
  auto loop = std::make_unique<uv_loop_t>();
  if (const int error = uv_loop_init(loop.get()); error != 0) return error;
  Prepared().reset(loop.release());
  return 0;
}

std::unique_ptr<uv_loop_t, Loop::CloseLoop> Loop::TakePrepared() {
  if (Prepared() == nullptr) CHECK_EQ(Prepare(), 0);
  return std::move(Prepared());
}

Loop::Loop(Environment& env) : env_(env), loop_(TakePrepared()) {
  loop_->data = this;
  // For eventLoopUtilization(): two looks at the clock where the loop waits anyway.
  CHECK_EQ(uv_loop_configure(uv(), UV_METRICS_IDLE_TIME), 0);
  CHECK_EQ(uv_async_init(
               uv(), &wake_,
               [](uv_async_t* wake) { static_cast<Loop*>(wake->loop->data)->RunPlatformTasks(); }),
           0);
  CHECK_EQ(uv_timer_init(uv(), &delayed_), 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(&wake_));
  uv_unref(reinterpret_cast<uv_handle_t*>(&delayed_));
  Platform::Instance().SetWake(env.isolate(), [this](double) { uv_async_send(&wake_); });
}

Loop::~Loop() { CloseAll(); }

void Loop::RunPlatformTasks() {
  {
    JsScope scope(env_);
    Platform::Instance().RunForegroundTasks(env_.isolate());
  }
  ArmDelayedTasks();
}

void Loop::ArmDelayedTasks() {
  double delay_s = Platform::Instance().NextDelay(env_.isolate());
  if (delay_s < 0) return;
  uv_timer_start(
      &delayed_,
      [](uv_timer_t* timer) { static_cast<Loop*>(timer->loop->data)->RunPlatformTasks(); },
      static_cast<uint64_t>(std::ceil(delay_s * 1000)), 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(&delayed_));
}

void Loop::RunUntilIdle() {
  do {
    uv_run(uv(), UV_RUN_DEFAULT);
    if (stopped_) return;
    RunPlatformTasks();
    if (alive() || !env_.isolate()->HasPendingBackgroundTasks()) continue;
    // What V8 compiles on other threads ends in a task for this one.
    uv_ref(reinterpret_cast<uv_handle_t*>(&wake_));
    uv_run(uv(), UV_RUN_ONCE);
    uv_unref(reinterpret_cast<uv_handle_t*>(&wake_));
  } while (!stopped_ && (alive() || env_.isolate()->HasPendingBackgroundTasks()));
}

void Loop::Stop() {
  stopped_ = true;
  uv_stop(uv());
}

void Loop::CloseAll() {
  Platform::Instance().SetWake(env_.isolate(), nullptr);
  uv_walk(
      uv(),
      [](uv_handle_t* handle, void*) {
        if (!uv_is_closing(handle)) uv_close(handle, nullptr);
      },
      nullptr);
  // What runs on the thread pool ends first; requests settle without entering JavaScript.
  while (uv_run(uv(), UV_RUN_DEFAULT) != 0) {
  }
}

}  // namespace gyre
