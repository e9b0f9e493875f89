#include "runtime/loop/loop.h"

#include <cmath>

#include "absl/log/check.h"
#include "runtime/engine/platform.h"
#include "runtime/loop/js_scope.h"

namespace gyre {

Loop::Loop(Environment& env) : env_(env) {
  CHECK_EQ(uv_loop_init(&loop_), 0);
  loop_.data = this;
  CHECK_EQ(uv_async_init(
               &loop_, &wake_,
               [](uv_async_t* wake) { static_cast<Loop*>(wake->loop->data)->RunPlatformTasks(); }),
           0);
  CHECK_EQ(uv_timer_init(&loop_, &delayed_), 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(&wake_));
  uv_unref(reinterpret_cast<uv_handle_t*>(&delayed_));
  Platform::Instance().SetWake(env.isolate(), [this](double) { uv_async_send(&wake_); });
}

Loop::~Loop() {
  CloseAll();
  CHECK_EQ(uv_loop_close(&loop_), 0) << "a handle was left open";
}

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
    uv_run(&loop_, UV_RUN_DEFAULT);
    if (stopped_) return;
    RunPlatformTasks();
    if (alive() || !env_.isolate()->HasPendingBackgroundTasks()) continue;
    // What V8 compiles on other threads ends in a task for this one.
    uv_ref(reinterpret_cast<uv_handle_t*>(&wake_));
    uv_run(&loop_, UV_RUN_ONCE);
    uv_unref(reinterpret_cast<uv_handle_t*>(&wake_));
  } while (!stopped_ && (alive() || env_.isolate()->HasPendingBackgroundTasks()));
}

void Loop::Stop() {
  stopped_ = true;
  uv_stop(&loop_);
}

void Loop::CloseAll() {
  Platform::Instance().SetWake(env_.isolate(), nullptr);
  uv_walk(
      &loop_,
      [](uv_handle_t* handle, void*) {
        if (!uv_is_closing(handle)) uv_close(handle, nullptr);
      },
      nullptr);
  // What runs on the thread pool ends first; requests settle without entering JavaScript.
  while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
  }
}

}  // namespace gyre
