#ifndef GYRE_CHILD_PROCESS_BINDING_H_
#define GYRE_CHILD_PROCESS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('child_process').
void InitChildProcess(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_BINDING_H_
