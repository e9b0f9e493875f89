"""The features in the executable: folders of runtime/ by what they have. Alphabetical."""

# With a C++ side: //runtime/<feature>.
CC_FEATURES = [
    "async_hooks",
    "bootstrap",
    "buffer",
    "encoding",
    "errors",
    "fs",
    "os",
    "modules",
    "process",
    "timers",
    "url",
    "util",
    "vm",
]

# With built-in modules: //runtime/<feature>:js.
JS_FEATURES = [
    "abort_controller",
    "async_hooks",
    "blob",
    "bootstrap",
    "buffer",
    "dom_exception",
    "encoding",
    "diagnostics_channel",
    "errors",
    "event_target",
    "events",
    "fs",
    "file",
    "messaging",
    "modules",
    "options",
    "os",
    "path",
    "process",
    "stream",
    "string_decoder",
    "timers",
    "url",
    "util",
    "validators",
    "vm",
]
