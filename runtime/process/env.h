#ifndef GYRE_PROCESS_ENV_H_
#define GYRE_PROCESS_ENV_H_

#include <cstdint>
#include <vector>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// process.env of the main thread: an object whose properties are the process's environment
// variables, as strings.
v8::Local<v8::Object> MakeProcessEnv(Environment& env);

// The callbacks behind it, for snapshots of programs that keep one.
void AppendProcessEnvReferences(std::vector<intptr_t>* references);

}  // namespace gyre

#endif  // GYRE_PROCESS_ENV_H_
