// v8.deserialize: the property is in v8_deserialize.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/v8_deserialize")
