#ifndef GYRE_FS_BINDING_H_
#define GYRE_FS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('fs').
void InitFs(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_FS_BINDING_H_
