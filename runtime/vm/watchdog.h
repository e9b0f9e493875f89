#ifndef GYRE_VM_WATCHDOG_H_
#define GYRE_VM_WATCHDOG_H_

#include <functional>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Runs `work`, cut short after `timeout` milliseconds (negative: never) or, with `break_on_sigint`,
// by Ctrl-C. Then the result is empty with ERR_SCRIPT_EXECUTION_TIMEOUT or
// ERR_SCRIPT_EXECUTION_INTERRUPTED pending.
v8::MaybeLocal<v8::Value> RunLimited(Environment& env, double timeout, bool break_on_sigint,
                                     const std::function<v8::MaybeLocal<v8::Value>()>& work);

}  // namespace gyre

#endif  // GYRE_VM_WATCHDOG_H_
