"""The inspector's protocol: C++ made from js_protocol.pdl by V8's own generator (Python, with its jinja2)."""

_DOMAINS = [
    "Console",
    "Debugger",
    "HeapProfiler",
    "Profiler",
    "Runtime",
    "Schema",
]

_HEADERS = ["gen/src/inspector/protocol/%s.h" % f for f in _DOMAINS + [
    "Forward",
    "Protocol",
]]

_PUBLIC_HEADERS = ["gen/include/inspector/%s.h" % f for f in [
    "Debugger",
    "Runtime",
    "Schema",
]]

PROTOCOL_SOURCES = ["src/inspector/protocol/%s.cpp" % f for f in _DOMAINS + ["Protocol"]]

def inspector_protocol():
    """Targets inspector_headers, what embedders see of it, inspector_public_headers, and the protocol as JSON."""
    native.genrule(
        name = "inspector_protocol",
        srcs = native.glob([
            "third_party/jinja2/**/*.py",
            "third_party/markupsafe/**/*.py",
            "v8/third_party/inspector_protocol/*.py",
            "v8/third_party/inspector_protocol/**/*.template",
        ]) + [
            "v8/include/js_protocol.pdl",
            "v8/src/inspector/inspector_protocol_config.json",
        ],
        outs = _HEADERS + ["gen/" + f for f in PROTOCOL_SOURCES] + _PUBLIC_HEADERS,
        cmd = "PYTHONDONTWRITEBYTECODE=1 python3 external/v8/v8/third_party/inspector_protocol/code_generator.py" +
              " --jinja_dir external/v8/third_party --output_base $(RULEDIR)/gen/src/inspector" +
              " --config external/v8/v8/src/inspector/inspector_protocol_config.json" +
              " --inspector_protocol_dir third_party/inspector_protocol" +
              " --config_value protocol.path=external/v8/v8/include/js_protocol.pdl",
    )

    native.genrule(
        name = "inspector_protocol_json",
        srcs = native.glob(["v8/third_party/inspector_protocol/*.py"]) + ["v8/include/js_protocol.pdl"],
        outs = ["gen/js_protocol.json"],
        cmd = "PYTHONDONTWRITEBYTECODE=1 python3 external/v8/v8/third_party/inspector_protocol/convert_protocol_to_json.py" +
              " external/v8/v8/include/js_protocol.pdl $@",
        visibility = ["//visibility:public"],
    )

    native.filegroup(
        name = "inspector_public_headers",
        srcs = _PUBLIC_HEADERS,
    )

    native.cc_library(
        name = "inspector_headers",
        hdrs = _HEADERS + _PUBLIC_HEADERS,
        textual_hdrs = ["gen/" + f for f in PROTOCOL_SOURCES],
    )
