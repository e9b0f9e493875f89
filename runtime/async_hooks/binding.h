#ifndef GYRE_ASYNC_HOOKS_BINDING_H_
#define GYRE_ASYNC_HOOKS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('async_wrap'): V8's side of async_hooks. The counters are shared arrays that
// internal/async_hooks makes (see AsyncState in runtime/loop/js_scope.h).
//   getContextFrame(), setContextFrame(value)    V8's continuation-preserved data
//   setPromiseHooks(init, before, after, settled)    undefined switches one off
//   watchCollected(object, asyncId)    the destroy hook runs once `object` was collected
void InitAsyncWrap(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_ASYNC_HOOKS_BINDING_H_
