#ifndef GYRE_PERF_HOOKS_BINDING_H_
#define GYRE_PERF_HOOKS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('performance'):
//   idleTime()           time the loop spent waiting, in ms
//   setGcCallback(fn)    fn(kind, flags, start ns, duration ms) after a collection, or undefined
//   class LoopDelay      a timer that reports the time between its runs:
//                        start(resolution ms), stop(), ondelay(ns)
void InitPerformance(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_PERF_HOOKS_BINDING_H_
