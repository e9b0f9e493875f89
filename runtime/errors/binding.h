// Bindings `uv` (the error numbers of libuv) and `errors` (how V8 writes the stack of an error).

#ifndef GYRE_ERRORS_BINDING_H_
#define GYRE_ERRORS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

void InitErrors(BindingBuilder& b);
void InitUv(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_ERRORS_BINDING_H_
