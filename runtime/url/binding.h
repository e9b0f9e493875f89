#ifndef GYRE_URL_BINDING_H_
#define GYRE_URL_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('url'): parsing and changing URLs with ada, IDNA, URLPattern.
void InitUrl(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_URL_BINDING_H_
