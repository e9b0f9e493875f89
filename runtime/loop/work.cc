#include "runtime/loop/work.h"

#include "absl/log/check.h"
#include "runtime/engine/tracing.h"
#include "runtime/loop/loop.h"

namespace gyre {

void Work::RunTraced() {
  static const TraceGroup group("node,node.threadpoolwork,node.threadpoolwork.sync");
  if (traced_as_ != nullptr) group.Record({.phase = 'B', .name = traced_as_});
  Run();
  if (traced_as_ != nullptr) group.Record({.phase = 'E', .name = traced_as_});
}

void Work::TraceInFlight(char phase) {
  static const TraceGroup group("node,node.threadpoolwork,node.threadpoolwork.async");
  if (traced_as_ == nullptr || !group.enabled()) return;
  group.Record({.phase = phase,
                .name = traced_as_,
                .has_id = true,
                .id = reinterpret_cast<uintptr_t>(this)});
}

void Work::Start() {
  TraceInFlight('b');
  int error = uv_queue_work(
      Loop::From(env()).uv(), &work_,
      [](uv_work_t* work) { static_cast<Work*>(work->data)->RunTraced(); },
      [](uv_work_t* work, int) {
        Work* self = static_cast<Work*>(work->data);
        self->TraceInFlight('e');
        self->Settle([self](Environment& env) { return self->Done(env); });
      });
  CHECK_EQ(error, 0);
}

}  // namespace gyre
