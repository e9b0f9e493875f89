#ifndef GYRE_PERMISSION_BINDING_H_
#define GYRE_PERMISSION_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// What internal/permission and the places that ask in JavaScript call.
void InitPermission(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_PERMISSION_BINDING_H_
