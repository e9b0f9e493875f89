#ifndef GYRE_BUFFER_BINDING_H_
#define GYRE_BUFFER_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('buffer'): string codecs, search and comparison over bytes.
void InitBuffer(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_BUFFER_BINDING_H_
