#ifndef GYRE_INSPECTOR_START_SIGNAL_H_
#define GYRE_INSPECTOR_START_SIGNAL_H_

#include "runtime/engine/environment.h"

namespace gyre {

// From here on SIGUSR1 starts the inspector's server of this process; on its main thread, once.
void StartInspectorBySignal(Environment& env);

}  // namespace gyre

#endif  // GYRE_INSPECTOR_START_SIGNAL_H_
