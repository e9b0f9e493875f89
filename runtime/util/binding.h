// Bindings `types` (what an object is inside) and `util` (what JavaScript cannot see: promises,
// proxies, call sites).

#ifndef GYRE_UTIL_BINDING_H_
#define GYRE_UTIL_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

void InitTypes(BindingBuilder& b);
void InitUtil(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_UTIL_BINDING_H_
