"""The one abseil of Gyre, which V8 uses too: @v8//:absl, all of it."""

load(":unity.bzl", "COPTS", "objects_only", "unity_library")

_EXCLUDED = ["third_party/abseil-cpp/absl/**/" + f for f in [
    "*_benchmark*.cc",
    "*_gentables.cc",
    "*_mock*.cc",
    "*_test*.cc",
    "*_testing*.cc",
    "*_win.cc",
    "benchmark*.cc",
    "chi_square.cc",
    "nanobenchmark.cc",
    "poison.cc",
    "pow10_helper.cc",
    "print_hash_of.cc",
    "scoped_set_env.cc",
    "simulated_clock.cc",
    "stack_consumption.cc",
    "status_matchers.cc",
    "test_*.cc",
    "time_tool.cc",
]]

_FOLDERS = {
    "base": [],
    "container": [],
    "crc": [],
    "debugging": ["internal/utf8_for_code_point.cc"],  # kMaxCodePoint
    "flags": [],
    "hash": [],
    "log": ["internal/vlog_config.cc"],  # Basename
    "numeric": [],
    "profiling": [],
    "random": [
        "internal/randen_hwaes.cc",  # needs the AES instructions switched on
        "internal/randen_slow.cc",  # Vector128
    ],
    "status": [],
    "strings": ["numbers.cc"],  # kAsciiToInt
    "synchronization": [],
    "time": [
        "internal/cctz/src/time_zone_posix.cc",  # kDigits
        "time.cc",  # unix_epoch
    ],
    "types": [],
}

def abseil():
    """Targets absl, absl_headers, absl_objects."""
    native.cc_library(
        name = "absl",
        linkopts = ["-lpthread"],
        visibility = ["//visibility:public"],
        deps = [
            ":absl_headers",
            ":absl_objects",
        ],
    )

    native.cc_library(
        name = "absl_headers",
        hdrs = native.glob(
            [
                "third_party/abseil-cpp/absl/**/*.h",
                "third_party/abseil-cpp/absl/**/*.inc",
            ],
            exclude = ["third_party/abseil-cpp/absl/**/*test*"],
        ),
        # abseil's containers are laid out differently under the address sanitizer; these objects are not.
        defines = ["NDEBUG_SANITIZER"],
        includes = ["third_party/abseil-cpp"],
    )

    [unity_library(
        name = "absl_" + folder,
        srcs = native.glob(
            ["third_party/abseil-cpp/absl/%s/**/*.cc" % folder],
            exclude = _EXCLUDED,
        ),
        apart = ["third_party/abseil-cpp/absl/%s/%s" % (folder, f) for f in apart],
        copts = COPTS + (["-maes", "-msse4.1"] if folder == "random" else []),
        per_group = 40,
        strip = "third_party/abseil-cpp/",
        deps = [":absl_headers"],
    ) for folder, apart in _FOLDERS.items()]

    objects_only(
        name = "absl_objects",
        deps = ["absl_" + folder for folder in _FOLDERS],
    )
