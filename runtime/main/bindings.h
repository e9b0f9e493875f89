#ifndef GYRE_MAIN_BINDINGS_H_
#define GYRE_MAIN_BINDINGS_H_

#include <span>

#include "runtime/glue/binding.h"

namespace gyre {

// Every binding of the executable.
std::span<const Binding> AllBindings();

}  // namespace gyre

#endif  // GYRE_MAIN_BINDINGS_H_
