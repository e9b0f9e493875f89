// structuredClone and postMessage of any value: the property is in structured_clone.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/structured_clone")
