// The Date header of answers under any clock: the property is in date_header.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/date_header")
