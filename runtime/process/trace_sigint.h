#ifndef GYRE_PROCESS_TRACE_SIGINT_H_
#define GYRE_PROCESS_TRACE_SIGINT_H_

#include "runtime/engine/environment.h"

namespace gyre {

// --trace-sigint and util.setTraceSigInt(): SIGINT prints where the main thread's JavaScript is,
// then ends the process as it would have without this. A listener that the program adds for the
// signal takes its place.
void TraceSigint(Environment& env, bool on);

}  // namespace gyre

#endif  // GYRE_PROCESS_TRACE_SIGINT_H_
