// What a child process writes into its IPC channel: the property is in ipc_frame.js.

#include "fuzz/support/js_target.h"

GYRE_JS_FUZZ_TARGET("fuzz/ipc_frame")
