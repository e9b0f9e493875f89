// Heads that a server or client writes: the property is in http_head.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/http_head")
