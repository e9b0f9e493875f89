#ifndef GYRE_PROCESS_STACK_TEXT_H_
#define GYRE_PROCESS_STACK_TEXT_H_

#include <string>

#include "runtime/engine/environment.h"

namespace gyre {

// The frames of a stack as Error.prototype.stack has them: "    at f (file:1:2)\n    at ...".
std::string StackText(Environment& env, v8::Local<v8::StackTrace> stack);

}  // namespace gyre

#endif  // GYRE_PROCESS_STACK_TEXT_H_
