// module.SourceMap: the property is in source_map.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/source_map")
