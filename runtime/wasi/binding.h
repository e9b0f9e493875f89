#ifndef GYRE_WASI_BINDING_H_
#define GYRE_WASI_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('wasi'): the class whose methods are the calls that a WebAssembly program
// imports.
void InitWasi(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_WASI_BINDING_H_
