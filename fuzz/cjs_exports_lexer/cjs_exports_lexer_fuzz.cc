// The lexer of CommonJS exports: the property is in cjs_exports_lexer.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/cjs_exports_lexer")
