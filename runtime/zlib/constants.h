#ifndef GYRE_ZLIB_CONSTANTS_H_
#define GYRE_ZLIB_CONSTANTS_H_

#include "runtime/glue/binding.h"

namespace gyre {

// zlib.constants.
void AddZlibConstants(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_ZLIB_CONSTANTS_H_
