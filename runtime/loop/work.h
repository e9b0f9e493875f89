#ifndef GYRE_LOOP_WORK_H_
#define GYRE_LOOP_WORK_H_

#include "runtime/loop/request.h"
#include "uv.h"

namespace gyre {

// A request whose work is done on libuv's thread pool: Run() there, without V8, then Done() on the
// loop's thread gives the callback's arguments. Made with new, then Start(); deletes itself like
// every Request.
class Work : public Request {
 public:
  // `traced_as` is the work's name among the trace events of the thread pool, a literal; null: it
  // is not among them.
  Work(Environment& env, v8::Local<v8::Function> callback, const char* type,
       const char* traced_as = nullptr)
      : Request(env, callback, type), traced_as_(traced_as) {
    work_.data = this;
  }
  void Start();

 protected:
  virtual void Run() = 0;
  virtual Arguments Done(Environment& env) = 0;

 private:
  void RunTraced();
  void TraceInFlight(char phase);

  uv_work_t work_;
  const char* const traced_as_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_WORK_H_
