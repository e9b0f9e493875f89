// Binding `console`: text straight to a descriptor.

#ifndef GYRE_CONSOLE_BINDING_H_
#define GYRE_CONSOLE_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

void InitConsole(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CONSOLE_BINDING_H_
