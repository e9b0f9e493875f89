#ifndef GYRE_V8_BINDING_H_
#define GYRE_V8_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('v8'): heap statistics and snapshots, flags, serialization.
void InitV8(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_V8_BINDING_H_
