#ifndef GYRE_ENCODING_BINDING_H_
#define GYRE_ENCODING_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('encoding'): the native side of TextEncoder and TextDecoder.
void InitEncoding(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_ENCODING_BINDING_H_
