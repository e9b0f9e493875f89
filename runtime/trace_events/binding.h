#ifndef GYRE_TRACE_EVENTS_BINDING_H_
#define GYRE_TRACE_EVENTS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('trace_events'): the process's trace events (engine/tracing.h).
void InitTraceEvents(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TRACE_EVENTS_BINDING_H_
