// Sockets and servers, driven by a list of operations: the property is in net_ops.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/net_ops")
