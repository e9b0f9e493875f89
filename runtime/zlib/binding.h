#ifndef GYRE_ZLIB_BINDING_H_
#define GYRE_ZLIB_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('zlib'): compression streams, crc32, constants.
void InitZlib(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_ZLIB_BINDING_H_
