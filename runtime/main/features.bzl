"""The features in the executable: folders of runtime/ by what they have. Alphabetical."""

# With a C++ side: //runtime/<feature>.
CC_FEATURES = [
    "async_hooks",
    "bootstrap",
    "buffer",
    "errors",
    "fs",
    "os",
    "process",
    "timers",
    "util",
]

# With built-in modules: //runtime/<feature>:js.
JS_FEATURES = [
    "abort_controller",
    "async_hooks",
    "bootstrap",
    "buffer",
    "errors",
    "event_target",
    "events",
    "fs",
    "options",
    "os",
    "path",
    "process",
    "timers",
    "util",
    "validators",
]
