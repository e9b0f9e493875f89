// new URL() and its setters, on UTF-8 text: the property is in url.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/url")
