// Answers of DNS servers: the property is in dns_answer.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/dns_answer")
