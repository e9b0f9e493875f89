// The "exports" and "imports" fields of package.json: the property is in package_targets.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/package_targets")
