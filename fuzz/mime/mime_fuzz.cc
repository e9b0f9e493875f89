// util.MIMEType, on text: the property is in mime.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/mime")
