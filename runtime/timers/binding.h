#ifndef GYRE_TIMERS_BINDING_H_
#define GYRE_TIMERS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('timers'): the one uv timer under JavaScript's timer lists and the check handle
// under its immediates.
//   now()                      loop time in ms since the environment started
//   schedule(ms)               (re)arm the timer; on expiry realm value processTimers(now) returns
//   when to run next:
//                              0 never, > 0 that loop time, < 0 the same but without holding the
//                              process
//   toggleTimerRef(on), toggleImmediateRef(on)
//   immediateInfo              Uint32Array [count, referenced count, outstanding]; made in
//   internal/timers
void InitTimers(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TIMERS_BINDING_H_
