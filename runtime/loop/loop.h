#ifndef GYRE_LOOP_LOOP_H_
#define GYRE_LOOP_LOOP_H_

#include <memory>

#include "runtime/engine/environment.h"
#include "runtime/loop/linked.h"
#include "uv.h"

namespace gyre {

class Handle;
class Request;

// The event loop of an environment: the only owner of its uv_loop_t. libuv's phases in their order;
// after every callback into JavaScript the nextTick queue and then the microtasks are drained
// (js_scope.h).
class Loop {
 public:
  // Opens what this thread's next loop needs. A uv error when the process has no descriptor left
  // for it; a loop that nobody prepared ends the process then.
  static int Prepare();

  explicit Loop(Environment& env);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  static Loop& From(Environment& env) { return env.State<Loop>(); }

  uv_loop_t* uv() { return loop_.get(); }

  // Runs until nothing is alive, or until Stop(). V8's own tasks (WebAssembly compilation,
  // finalisation) that hold nothing alive are run when they are due.
  void RunUntilIdle();
  bool alive() { return uv_loop_alive(uv()) != 0; }

  // Ends RunUntilIdle after the current callback. On the loop's thread.
  void Stop();
  bool stopped() const { return stopped_; }

  // Closes every handle that is still open and waits for their close callbacks; nothing enters
  // JavaScript.
  void CloseAll();

  // What is open or in flight.
  Linked<Handle>::List& handles() { return handles_; }
  Linked<Request>::List& requests() { return requests_; }

 private:
  struct CloseLoop {
    void operator()(uv_loop_t* loop) const;
  };
  static std::unique_ptr<uv_loop_t, CloseLoop>& Prepared();
  static std::unique_ptr<uv_loop_t, CloseLoop> TakePrepared();

  void RunPlatformTasks();
  void ArmDelayedTasks();

  Environment& env_;
  const std::unique_ptr<uv_loop_t, CloseLoop> loop_;
  uv_async_t wake_;     // V8 has a task for this thread
  uv_timer_t delayed_;  // ... or will have
  Linked<Handle>::List handles_;
  Linked<Request>::List requests_;
  bool stopped_ = false;
};

}  // namespace gyre

#endif  // GYRE_LOOP_LOOP_H_
