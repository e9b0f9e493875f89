#include "runtime/perf_hooks/binding.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "runtime/loop/handle.h"
#include "runtime/loop/loop.h"
#include "uv.h"

namespace gyre {
namespace {

constexpr double kNsPerMs = 1e6;

double IdleTime(Environment& env) {
  return static_cast<double>(uv_metrics_idle_time(Loop::From(env).uv())) / kNsPerMs;
}

// [turns of the loop, events handled, events that waited]
std::vector<double> LoopMetrics(Environment& env) {
  uv_metrics_t metrics;
  uv_metrics_info(Loop::From(env).uv(), &metrics);
  return {static_cast<double>(metrics.loop_count), static_cast<double>(metrics.events),
          static_cast<double>(metrics.events_waiting)};
}

// Reports collections to JavaScript once they are over, outside the collector.
class GcObserver {
 public:
  explicit GcObserver(Environment& env) : env_(env) {
    uv_async_init(Loop::From(env).uv(), &async_,
                  [](uv_async_t* async) { static_cast<GcObserver*>(async->data)->Report(); });
    async_.data = this;
    uv_unref(reinterpret_cast<uv_handle_t*>(&async_));
  }
  ~GcObserver() { Loop::From(env_).CloseAll(); }

  void SetCallback(std::optional<v8::Local<v8::Function>> callback) {
    v8::Isolate* isolate = env_.isolate();
    if (!callback_.IsEmpty()) {
      isolate->RemoveGCPrologueCallback(OnStart, this);
      isolate->RemoveGCEpilogueCallback(OnEnd, this);
      callback_.Reset();
    }
    if (!callback) return;
    callback_.Reset(isolate, *callback);
    isolate->AddGCPrologueCallback(OnStart, this);
    isolate->AddGCEpilogueCallback(OnEnd, this);
  }

 private:
  struct Collection {
    int kind;
    int flags;
    uint64_t start_ns;
    uint64_t end_ns;
  };

  static void OnStart(v8::Isolate*, v8::GCType, v8::GCCallbackFlags, void* data) {
    static_cast<GcObserver*>(data)->start_ns_ = uv_hrtime();
  }
  static void OnEnd(v8::Isolate*, v8::GCType type, v8::GCCallbackFlags flags, void* data) {
    auto* self = static_cast<GcObserver*>(data);
    self->done_.push_back({type, flags, self->start_ns_, uv_hrtime()});
    uv_async_send(&self->async_);
  }

  void Report() {
    if (callback_.IsEmpty() || !env_.can_call_into_js()) return;
    JsScope scope(env_);
    std::vector<Collection> done;
    done.swap(done_);
    for (const Collection& c : done) {
      v8::Local<v8::Value> arguments[] = {
          ToV8(env_, c.kind), ToV8(env_, c.flags), ToV8(env_, static_cast<double>(c.start_ns)),
          ToV8(env_, static_cast<double>(c.end_ns - c.start_ns) / kNsPerMs)};
      static_cast<void>(
          CallJs(env_, callback_.Get(env_.isolate()), v8::Undefined(env_.isolate()), 4, arguments));
    }
  }

  Environment& env_;
  uv_async_t async_;
  uint64_t start_ns_ = 0;
  std::vector<Collection> done_;
  v8::Global<v8::Function> callback_;
};

void SetGcCallback(Environment& env, std::optional<v8::Local<v8::Function>> callback) {
  env.State<GcObserver>().SetCallback(callback);
}

class LoopDelay final : public Handle {
 public:
  LoopDelay(Environment& env, v8::Local<v8::Object> self) : Handle(env, self, "ELDHISTOGRAM") {
    uv_timer_init(Loop::From(env).uv(), &timer_);
    Initialized(reinterpret_cast<uv_handle_t*>(&timer_));
    uv_unref(reinterpret_cast<uv_handle_t*>(&timer_));
  }

  void Start(double resolution_ms) {
    previous_ns_ = 0;
    auto ms = static_cast<uint64_t>(resolution_ms);
    uv_timer_start(
        &timer_, [](uv_timer_t* timer) { static_cast<LoopDelay*>(timer->data)->OnTimer(); }, ms,
        ms);
    uv_unref(reinterpret_cast<uv_handle_t*>(&timer_));
  }
  void Stop() { uv_timer_stop(&timer_); }

 private:
  void OnTimer() {
    uint64_t now_ns = uv_hrtime();
    if (previous_ns_ != 0) {
      v8::HandleScope scope(isolate());
      v8::Local<v8::Value> delay =
          ToV8(env(), static_cast<double>(std::max<uint64_t>(1, now_ns - previous_ns_)));
      MakeCallback(env().Intern("ondelay"), 1, &delay);
    }
    previous_ns_ = now_ns;
  }

  uv_timer_t timer_;
  uint64_t previous_ns_ = 0;
};

}  // namespace

void InitPerformance(BindingBuilder& b) {
  b.Function<IdleTime>("idleTime");
  b.Function<LoopMetrics>("loopMetrics");
  b.Function<SetGcCallback>("setGcCallback");
  b.Object("constants", [](BindingBuilder& c) {
    c.Constant("NODE_PERFORMANCE_GC_MAJOR", static_cast<int>(v8::kGCTypeMarkSweepCompact));
    c.Constant("NODE_PERFORMANCE_GC_MINOR", static_cast<int>(v8::kGCTypeScavenge));
    c.Constant("NODE_PERFORMANCE_GC_MINOR_MARK_SWEEP", static_cast<int>(v8::kGCTypeMinorMarkSweep));
    c.Constant("NODE_PERFORMANCE_GC_INCREMENTAL", static_cast<int>(v8::kGCTypeIncrementalMarking));
    c.Constant("NODE_PERFORMANCE_GC_WEAKCB", static_cast<int>(v8::kGCTypeProcessWeakCallbacks));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_NO", static_cast<int>(v8::kNoGCCallbackFlags));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED",
               static_cast<int>(v8::kGCCallbackFlagConstructRetainedObjectInfos));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_FORCED", static_cast<int>(v8::kGCCallbackFlagForced));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING",
               static_cast<int>(v8::kGCCallbackFlagSynchronousPhantomCallbackProcessing));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE",
               static_cast<int>(v8::kGCCallbackFlagCollectAllAvailableGarbage));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY",
               static_cast<int>(v8::kGCCallbackFlagCollectAllExternalMemory));
    c.Constant("NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE",
               static_cast<int>(v8::kGCCallbackScheduleIdleGarbageCollection));
  });
  b.Class<LoopDelay>("LoopDelay")
      .Constructor<>()
      .Method<&LoopDelay::Start>("start")
      .Method<&LoopDelay::Stop>("stop")
      .Inherits<Handle>();
}

}  // namespace gyre
