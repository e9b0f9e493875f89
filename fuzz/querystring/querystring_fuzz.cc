// querystring.parse, on UTF-8 text: the property is in querystring.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/querystring")
