#ifndef GYRE_VM_BINDING_H_
#define GYRE_VM_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('contextify'): what the module `vm` is made of.
void InitContextify(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_VM_BINDING_H_
