#ifndef GYRE_INSPECTOR_BINDING_H_
#define GYRE_INSPECTOR_BINDING_H_

#include <cstdint>
#include <vector>

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('inspector'): V8's inspector of this thread, sessions with it and with those of
// other threads, and the server for frontends of other processes.
void InitInspector(BindingBuilder& b);

// The callback behind an inspected console's methods, for snapshots of programs.
void AppendConsoleReferences(std::vector<intptr_t>* references);

}  // namespace gyre

#endif  // GYRE_INSPECTOR_BINDING_H_
