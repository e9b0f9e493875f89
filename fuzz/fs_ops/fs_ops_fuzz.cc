// Files, driven by a list of operations: the property is in fs_ops.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/fs_ops")
