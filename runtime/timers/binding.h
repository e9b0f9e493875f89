#ifndef GYRE_TIMERS_BINDING_H_
#define GYRE_TIMERS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('timers'): the one uv timer under JavaScript's timer lists and the check handle
// under its immediates.
//   now()           loop time in ms since the environment started
//   schedule(ms)    (re)arms the timer
//   toggleTimerRef(on), toggleImmediateRef(on)
// When the timer expires, the realm value processTimers(now) returns when to run next: 0 never, > 0
// at that loop time, < 0 the same without holding the process. internal/timers makes the realm
// value immediateInfo, a Uint32Array: [count, referenced count, outstanding].
void InitTimers(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TIMERS_BINDING_H_
