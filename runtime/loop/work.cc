#include "runtime/loop/work.h"

#include "absl/log/check.h"
#include "runtime/loop/loop.h"

namespace gyre {

void Work::Start() {
  int error = uv_queue_work(
      Loop::From(env()).uv(), &work_,
      [](uv_work_t* work) { static_cast<Work*>(work->data)->Run(); },
      [](uv_work_t* work, int) {
        Work* self = static_cast<Work*>(work->data);
        self->Settle([self](Environment& env) { return self->Done(env); });
      });
  CHECK_EQ(error, 0);
}

}  // namespace gyre
