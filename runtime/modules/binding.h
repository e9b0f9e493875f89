#ifndef GYRE_MODULES_BINDING_H_
#define GYRE_MODULES_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('modules'): what the loaders in runtime/modules need of the file system, the
// compiler and the compile cache, and class ModuleWrap.
void InitModules(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_MODULES_BINDING_H_
