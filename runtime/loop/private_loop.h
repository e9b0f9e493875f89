#ifndef GYRE_LOOP_PRIVATE_LOOP_H_
#define GYRE_LOOP_PRIVATE_LOOP_H_

#include "absl/log/check.h"
#include "uv.h"

namespace gyre {

// A loop of its own for work that must be waited for on the spot, such as spawnSync. Nothing of it
// enters JavaScript.
class PrivateLoop {
 public:
  PrivateLoop() { CHECK_EQ(uv_loop_init(&loop_), 0); }
  // Every handle must have been closed and the loop have run since.
  ~PrivateLoop() { CHECK_EQ(uv_loop_close(&loop_), 0); }
  PrivateLoop(const PrivateLoop&) = delete;
  PrivateLoop& operator=(const PrivateLoop&) = delete;

  uv_loop_t* uv() { return &loop_; }

  // Until no handle is left.
  void Run() { uv_run(&loop_, UV_RUN_DEFAULT); }

 private:
  uv_loop_t loop_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_PRIVATE_LOOP_H_
