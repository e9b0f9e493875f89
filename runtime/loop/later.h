#ifndef GYRE_LOOP_LATER_H_
#define GYRE_LOOP_LATER_H_

#include <cstdint>
#include <deque>

#include "runtime/engine/environment.h"
#include "uv.h"

namespace gyre {

// For asynchronous work that needs no thread: it is done in a later turn of the loop, after the
// immediates that were due, as if a thread had done it meanwhile.
class Later {
 public:
  using Function = void(void* argument);

  explicit Later(Environment& env);
  // What is left is called nevertheless, to free itself: Environment::can_call_into_js() is false.
  ~Later();

  void Call(Function* function, void* argument);

 private:
  struct Entry {
    Function* function;
    void* argument;
    uint64_t turn;
  };

  uint64_t Turn() const;
  void CallDue();

  uv_idle_t* idle_;  // freed by its close callback
  std::deque<Entry> entries_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_LATER_H_
