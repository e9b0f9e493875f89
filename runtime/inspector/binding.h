#ifndef GYRE_INSPECTOR_BINDING_H_
#define GYRE_INSPECTOR_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('inspector'): V8's inspector of this thread, sessions with it and with those of
// other threads, and the server for frontends of other processes.
void InitInspector(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_INSPECTOR_BINDING_H_
