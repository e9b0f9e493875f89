#ifndef GYRE_URL_PATTERN_H_
#define GYRE_URL_PATTERN_H_

#include "runtime/glue/binding.h"

namespace gyre {

// The native half of URLPattern, in internalBinding('url').
void DeclareUrlPattern(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_URL_PATTERN_H_
