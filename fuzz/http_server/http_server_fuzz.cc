// A whole HTTP server and the bytes of its client: the property is in http_server.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/http_server")
