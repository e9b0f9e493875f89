// The public API, called with arguments that no program means to pass: the property is in
// api_calls.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/api_calls")
