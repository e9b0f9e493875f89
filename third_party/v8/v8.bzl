"""V8, from its sources to one library with its snapshot inside: @v8//:v8.

  libbase -> torque, bytecode list, special-case table -> generated headers and sources
  base + compiler + initializers -> mksnapshot -> embedded.S (built-ins), snapshot.cc (heap) -> v8

Compiled in groups of files: groups.bzl says which, unity.bzl how.
"""

load(":generators.bzl", "bytecodes_builtins_list", "regexp_special_case", "startup_snapshot", "torque_generated")
load(":groups.bzl", "v8_areas")
load(":inspector.bzl", "PROTOCOL_SOURCES", "inspector_protocol")
load(":options.bzl", "INTERNAL_DEFINES", "PUBLIC_DEFINES", "TORQUE_COPTS", "V8_COPTS")
load(":torque_files.bzl", "TORQUE_FILES")
load(":unity.bzl", "CONLYOPTS", "FEATURES", "objects_only", "unity_library")

_OTHER_PROCESSORS = ["v8/src/**/%s/**" % p for p in [
    "arm",
    "arm64",
    "ia32",
    "loong64",
    "mips64",
    "ppc",
    "riscv",
    "s390",
]]

# What the generators of headers are made of comes before the generated headers.
_BEFORE_TORQUE = [
    "libbase",
    "torque_base",
]

def v8():
    """Target v8, and a good many on the way to it."""
    _headers()
    bytecodes_builtins_list()
    torque_generated()
    regexp_special_case()
    inspector_protocol()
    _objects()
    startup_snapshot()
    _library()

def _library():
    native.cc_library(
        name = "snapshot_objects",
        srcs = [
            "v8/src/init/setup-isolate-deserialize.cc",
            ":startup_snapshot",
        ],
        copts = V8_COPTS,
        features = FEATURES,
        linkstatic = True,
        local_defines = INTERNAL_DEFINES,
        deps = [":headers"],
    )

    # All of V8, compiled: what to ask for to have it in the disk cache.
    objects_only(
        name = "v8_objects",
        deps = [
            ":base_objects",
            ":inspector",
            ":snapshot_objects",
        ],
    )

    native.cc_library(
        name = "v8",
        hdrs = native.glob(["v8/include/**/*.h"]) + [":inspector_public_headers"],
        defines = PUBLIC_DEFINES,
        includes = [
            "gen/include",
            "v8/include",
        ],
        linkopts = [
            "-lpthread",
            "-ldl",
        ],
        visibility = ["//visibility:public"],
        deps = [":v8_objects"],
    )

def _headers():
    """Targets source_headers and, with what is generated, headers."""
    native.cc_library(
        name = "source_headers",
        hdrs = native.glob(
            [
                "v8/include/**/*.h",
                "v8/src/**/*.h",
                "v8/src/**/*.inc",
                "v8/testing/gtest/include/gtest/gtest_prod.h",
                "v8/third_party/**/*.h",
                "third_party/dragonbox/src/include/**/*.h",
                "third_party/fp16/src/include/**/*.h",
                "third_party/googletest/src/googletest/include/gtest/gtest_prod.h",
            ],
            exclude = _OTHER_PROCESSORS + ["v8/src/d8/**"],
        ),
        defines = PUBLIC_DEFINES,
        deps = [
            ":absl_headers",
            ":fast_float",
        ],
    )

    native.cc_library(
        name = "headers",
        hdrs = [
            ":bytecodes_builtins_list",
            ":torque_generated",
        ],
        deps = [
            ":highway_headers",
            ":icu_headers",
            ":simdutf_headers",
            ":source_headers",
        ],
    )

def _unity(name, srcs = [], copts = V8_COPTS, deps = [":headers"], **kwargs):
    unity_library(
        name = name,
        srcs = srcs,
        copts = copts,
        local_defines = INTERNAL_DEFINES,
        strip = "v8/",
        deps = deps,
        **kwargs
    )

def _objects():
    """Target base_objects (V8 without snapshot and inspector) and those of every area."""
    areas = v8_areas()
    for area, (per_group, files, apart) in areas.items():
        deps = [":source_headers"] if area in _BEFORE_TORQUE else [":headers"]
        _unity(
            name = area,
            srcs = files,
            apart = apart,
            copts = TORQUE_COPTS if area == "torque_base" else V8_COPTS,
            generated = PROTOCOL_SOURCES if area == "inspector" else [],
            per_group = per_group,
            deps = deps + ([":inspector_headers"] if area == "inspector" else []),
        )

    # Torque's output: the definitions are part of V8, the initializers of mksnapshot only.
    _unity(
        name = "torque_definitions",
        generated = ["torque-generated/%s-tq.cc" % f[:-len(".tq")] for f in TORQUE_FILES],
        per_group = 62,
    )
    _unity(
        name = "torque_initializers",
        generated = [
            "torque-generated/enum-verifiers.cc",
            "torque-generated/exported-macros-assembler.cc",
        ] + ["torque-generated/%s-tq-csa.cc" % f[:-len(".tq")] for f in TORQUE_FILES],
        per_group = 31,
    )
    _unity(
        name = "regexp_special_case",
        generated = ["src/regexp/special-case.cc"],
        deps = [
            ":headers",
            ":special_case_source",
        ],
    )

    native.cc_library(
        name = "libm",
        srcs = native.glob(["v8/third_party/glibc/src/sysdeps/ieee754/dbl-64/*.c"]),
        copts = CONLYOPTS,
        features = FEATURES,
        linkstatic = True,
        deps = [":source_headers"],
    )

    objects_only(
        name = "base_objects",
        deps = [
            ":absl_objects",
            ":highway",
            ":icu_objects",
            ":libm",
            ":regexp_special_case",
            ":simdutf",
            ":torque_definitions",
        ] + [":" + area for area in areas if area not in [
            "initializers",
            "inspector",
            "torque_base",
        ]],
    )
