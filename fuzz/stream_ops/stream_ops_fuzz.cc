// Stream state machines, driven by a list of operations: the property is in stream_ops.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/stream_ops")
