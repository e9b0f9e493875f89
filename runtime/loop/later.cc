#include "runtime/loop/later.h"

#include "runtime/engine/tracing.h"
#include "runtime/loop/loop.h"

namespace gyre {

Later::Later(Environment& env) : idle_(new uv_idle_t) {
  uv_idle_init(Loop::From(env).uv(), idle_);
  idle_->data = this;
}

Later::~Later() {
  while (!entries_.empty()) {
    const Entry entry = entries_.front();
    entries_.pop_front();
    entry.function(entry.argument);
  }
  // The tear-down of an environment closes all handles of its loop, and waits until they are
  // closed.
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(idle_))) {
    delete idle_;
    return;
  }
  uv_close(reinterpret_cast<uv_handle_t*>(idle_),
           [](uv_handle_t* handle) { delete reinterpret_cast<uv_idle_t*>(handle); });
}

uint64_t Later::Turn() const {
  uv_metrics_t metrics;
  uv_metrics_info(idle_->loop, &metrics);
  return metrics.loop_count;
}

void Later::Call(Function* function, void* argument) {
  // An idle handle that is active keeps the loop alive and from waiting.
  if (entries_.empty())
    uv_idle_start(idle_, [](uv_idle_t* idle) { static_cast<Later*>(idle->data)->CallDue(); });
  entries_.push_back({function, argument, Turn()});
}

void Later::CallDue() {
  static const TraceGroup milestones("node,node.environment");
  const TraceSpan span(milestones, "RunAndClearNativeImmediates");
  // Two turns on, a whole check phase has passed wherever in its turn the entry was made.
  const uint64_t turn = Turn();
  while (!entries_.empty() && turn - entries_.front().turn >= 2) {
    const Entry entry = entries_.front();
    entries_.pop_front();
    entry.function(entry.argument);
  }
  if (entries_.empty()) uv_idle_stop(idle_);
}

}  // namespace gyre
