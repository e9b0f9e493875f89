#ifndef GYRE_OS_BINDING_H_
#define GYRE_OS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('os').
void InitOs(BindingBuilder& b);

// The tables of os.constants, in constants.cc.
void AddOsConstants(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_OS_BINDING_H_
