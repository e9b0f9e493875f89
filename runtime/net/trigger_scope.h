#ifndef GYRE_NET_TRIGGER_SCOPE_H_
#define GYRE_NET_TRIGGER_SCOPE_H_

#include <utility>

#include "runtime/engine/environment.h"
#include "runtime/loop/js_scope.h"

namespace gyre {

// What is made in this scope was triggered by `trigger`, whatever runs meanwhile: a connection by
// the server that it came to, a request by the handle that it is of.
class TriggerScope {
 public:
  TriggerScope(Environment& env, const AsyncContext& trigger)
      : default_(&env.State<AsyncState>().ids()[AsyncState::kDefaultTriggerId]),
        outer_(std::exchange(*default_, trigger.async_id())) {}
  ~TriggerScope() { *default_ = outer_; }
  TriggerScope(const TriggerScope&) = delete;
  TriggerScope& operator=(const TriggerScope&) = delete;

 private:
  double* const default_;
  const double outer_;
};

}  // namespace gyre

#endif  // GYRE_NET_TRIGGER_SCOPE_H_
