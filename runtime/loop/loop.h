#ifndef GYRE_LOOP_LOOP_H_
#define GYRE_LOOP_LOOP_H_

#include "runtime/engine/environment.h"
#include "uv.h"

namespace gyre {

// The event loop of an environment: the only owner of its uv_loop_t. libuv's phases in their order;
// after every callback into JavaScript the nextTick queue and then the microtasks are drained
// (js_scope.h).
class Loop {
 public:
  explicit Loop(Environment& env);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  static Loop& From(Environment& env) { return env.State<Loop>(); }

  uv_loop_t* uv() { return &loop_; }

  // Runs until nothing is alive, or until Stop(). V8's own tasks (WebAssembly compilation,
  // finalisation) that hold nothing alive are run when they are due.
  void RunUntilIdle();
  bool alive() { return uv_loop_alive(&loop_) != 0; }

  // Ends RunUntilIdle after the current callback. On the loop's thread.
  void Stop();
  bool stopped() const { return stopped_; }

  // Closes every handle that is still open and waits for their close callbacks; nothing enters
  // JavaScript.
  void CloseAll();

 private:
  void RunPlatformTasks();
  void ArmDelayedTasks();

  Environment& env_;
  uv_loop_t loop_;
  uv_async_t wake_;     // V8 has a task for this thread
  uv_timer_t delayed_;  // ... or will have
  bool stopped_ = false;
};

}  // namespace gyre

#endif  // GYRE_LOOP_LOOP_H_
