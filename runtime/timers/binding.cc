#include "runtime/timers/binding.h"

#include <algorithm>

#include "absl/log/check.h"
#include "runtime/engine/tracing.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"

namespace gyre {
namespace {

// The libuv side of an environment's timers and immediates.
class TimerState {
 public:
  explicit TimerState(Environment& env) : env_(env) {
    uv_loop_t* loop = Loop::From(env).uv();
    uv_timer_init(loop, &timer_);
    uv_check_init(loop, &check_);
    uv_idle_init(loop, &idle_);
    timer_.data = check_.data = idle_.data = this;
    start_ms_ = uv_now(loop);
    uv_check_start(
        &check_, [](uv_check_t* check) { static_cast<TimerState*>(check->data)->RunImmediates(); });
    uv_unref(reinterpret_cast<uv_handle_t*>(&timer_));
    uv_unref(reinterpret_cast<uv_handle_t*>(&check_));
    v8::HandleScope scope(env.isolate());
    v8::Local<v8::Value> info = env.GetRealmValue("immediateInfo");
    immediate_info_ = reinterpret_cast<uint32_t*>(Bytes(info).data());
  }
  ~TimerState() { Loop::From(env_).CloseAll(); }

  double Now() {
    uv_loop_t* loop = timer_.loop;
    uv_update_time(loop);
    return static_cast<double>(uv_now(loop) - start_ms_);
  }

  void Schedule(double ms) {
    uv_timer_start(
        &timer_, [](uv_timer_t* timer) { static_cast<TimerState*>(timer->data)->RunTimers(); },
        static_cast<uint64_t>(std::max(1.0, ms)), 0);
  }

  void ToggleTimerRef(bool on) { Toggle(reinterpret_cast<uv_handle_t*>(&timer_), on); }

  // An idle handle keeps the loop from blocking in poll while immediates wait.
  void ToggleImmediateRef(bool on) {
    if (on) {
      uv_idle_start(&idle_, [](uv_idle_t*) {});
    } else {
      uv_idle_stop(&idle_);
    }
  }

 private:
  enum ImmediateInfo { kCount, kRefCount, kOutstanding };

  static const TraceGroup& Milestones() {
    static const TraceGroup group("node,node.environment");
    return group;
  }

  static void Toggle(uv_handle_t* handle, bool on) {
    if (on) {
      uv_ref(handle);
    } else {
      uv_unref(handle);
    }
  }

  void RunTimers() {
    if (!env_.can_call_into_js()) return;
    const TraceSpan span(Milestones(), "RunTimers");
    JsScope scope(env_);
    v8::Local<v8::Function> process_timers = env_.GetRealmValue("processTimers").As<v8::Function>();
    v8::Local<v8::Value> next;
    // A timer that throws ends the call; what is still due runs after the exception was dealt with.
    for (;;) {
      v8::Local<v8::Value> now = ToV8(env_, Now());
      if (process_timers->Call(env_.context(), v8::Undefined(env_.isolate()), 1, &now)
              .ToLocal(&next)) {
        break;
      }
      if (!env_.can_call_into_js()) return;
    }
    double expiry = next.As<v8::Number>()->Value();
    if (expiry == 0) return;
    double now = static_cast<double>(uv_now(timer_.loop) - start_ms_);
    Schedule(std::abs(expiry) - now);
    Toggle(reinterpret_cast<uv_handle_t*>(&timer_), expiry > 0);
  }

  void RunImmediates() {
    if (immediate_info_[kCount] == 0 || !env_.can_call_into_js()) return;
    const TraceSpan span(Milestones(), "CheckImmediate");
    JsScope scope(env_);
    v8::Local<v8::Function> process_immediates =
        env_.GetRealmValue("processImmediates").As<v8::Function>();
    do {
      v8::TryCatch ignored(env_.isolate());
      ignored.SetVerbose(true);
      static_cast<void>(
          process_immediates->Call(env_.context(), v8::Undefined(env_.isolate()), 0, nullptr));
    } while (immediate_info_[kOutstanding] != 0 && env_.can_call_into_js());
    if (immediate_info_[kRefCount] == 0) ToggleImmediateRef(false);
  }

  Environment& env_;
  uv_timer_t timer_;
  uv_check_t check_;
  uv_idle_t idle_;
  uint64_t start_ms_;
  uint32_t* immediate_info_;
};

double Now(Environment& env) { return env.State<TimerState>().Now(); }
void Schedule(Environment& env, double ms) { env.State<TimerState>().Schedule(ms); }
void ToggleTimerRef(Environment& env, bool on) { env.State<TimerState>().ToggleTimerRef(on); }
void ToggleImmediateRef(Environment& env, bool on) {
  env.State<TimerState>().ToggleImmediateRef(on);
}

}  // namespace

void InitTimers(BindingBuilder& b) {
  b.Function<Now>("getLibuvNow");
  b.Function<Schedule>("schedule");
  b.Function<ToggleTimerRef>("toggleTimerRef");
  b.Function<ToggleImmediateRef>("toggleImmediateRef");
}

}  // namespace gyre
