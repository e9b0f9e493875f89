#ifndef GYRE_TRACE_EVENTS_START_H_
#define GYRE_TRACE_EVENTS_START_H_

#include <span>
#include <string>

#include "runtime/base/options.h"

namespace gyre {

// Records what --trace-event-categories and --trace-events-enabled ask for. On the main thread,
// when V8's platform is there.
void StartTracing(const Options& options);

// From now on these categories are recorded; the first time, the file is told of the process.
void EnableTracing(std::span<const std::string> categories);

// process.title, at the start and when it changes.
void TraceProcessTitle();

}  // namespace gyre

#endif  // GYRE_TRACE_EVENTS_START_H_
