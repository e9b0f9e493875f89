"""Libraries of a file or two: simdutf (UTF transcoding, base64), fast_float (number parsing), highway (SIMD)."""

load(":unity.bzl", "COPTS", "FEATURES")

def small_libraries():
    """Targets simdutf, fast_float, highway."""
    native.cc_library(
        name = "simdutf",
        srcs = ["third_party/simdutf/simdutf.cpp"],
        hdrs = ["third_party/simdutf/simdutf.h"],
        copts = COPTS,
        features = FEATURES,
        includes = ["third_party/simdutf"],
        linkstatic = True,
        visibility = ["//visibility:public"],
    )

    native.cc_library(
        name = "fast_float",
        hdrs = native.glob(["third_party/fast_float/src/include/**/*.h"]),
        includes = ["third_party/fast_float/src/include"],
        visibility = ["//visibility:public"],
    )

    native.cc_library(
        name = "highway",
        srcs = ["third_party/highway/src/hwy/%s.cc" % f for f in [
            "abort",
            "aligned_allocator",
            "per_target",
            "print",
            "stats",
            "targets",
            "timer",
        ]],
        hdrs = native.glob(["third_party/highway/src/hwy/**/*.h"]),
        copts = COPTS,
        features = FEATURES,
        includes = ["third_party/highway/src"],
        linkstatic = True,
        visibility = ["//visibility:public"],
    )

    native.cc_library(
        name = "highway_headers",
        hdrs = native.glob(["third_party/highway/src/hwy/**/*.h"]),
        includes = ["third_party/highway/src"],
    )

    native.cc_library(
        name = "simdutf_headers",
        hdrs = ["third_party/simdutf/simdutf.h"],
    )
