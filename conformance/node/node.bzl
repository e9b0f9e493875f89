"""node_area_test: the files of Node's suite that belong to one area, against the area's ledger."""

# Everything the runner is made of.
RUNNER = [
    "areas.py",
    "harness.py",
    "ledger.py",
    "reasons.py",
    "run.py",
    "suite.py",
]

# The suite and, compiled, the native addons that its tests load.
SUITE = "//conformance/node:suite_with_addons.tar"

# Areas whose tests do not measure time: //... runs them. The others are run by ci/conformance, on a machine that does
# nothing else, until the tests of theirs that fail once in many runs are mended.
_STEADY = [
    "assert",
    "buffer",
    "console",
    "events",
    "js-native-api",
    "next-tick",
    "path",
    "querystring",
    "string-decoder",
    "url",
    "util",
    "vm",
    "zlib",
]

def node_area_test(area):
    native.py_test(
        name = "%s_test" % area.replace("-", "_"),
        srcs = RUNNER,
        main = "run.py",
        args = [
            "--presubmit",
            "--shell=$(rootpath //runtime/main:gyre)",
            "--suite=$(rootpath %s)" % SUITE,
            area,
        ],
        data = [
            "ledger/%s.jsonc" % area,
            SUITE,
            "//runtime/main:gyre",
        ],
        python_version = "PY3",
        size = "large",
        # Many of the suite's tests measure time: nothing else runs beside them.
        tags = ["cpu:2"] + ([] if area in _STEADY else ["manual"]),
    )
