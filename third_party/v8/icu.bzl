"""ICU for Intl and text decoding, with its data in the executable: @v8//:icu ("unicode/ucnv.h" ...)."""

load(":options.bzl", "ICU_INTERNAL_DEFINES", "ICU_PUBLIC_DEFINES")
load(":unity.bzl", "COPTS", "FEATURES", "objects_only", "unity_library")

# ICU casts dynamically.
_COPTS = [f for f in COPTS if f != "-fno-rtti"] + ["-Iexternal/v8/third_party/icu/source"]

# folder: (its defines, files that clash with neighbours and on what)
_FOLDERS = {
    "common": (
        [
            "U_COMMON_IMPLEMENTATION",
            "U_ICUDATAENTRY_IN_COMMON",
        ],
        [
            "loclikelysubtags.cpp",  # gInitOnce
            "static_unicode_sets.cpp",  # needs UnicodeString's implicit constructors
            "ucase.cpp",  # _enumPropertyStartsRange
            "uchar.cpp",  # macros of its own
            "ucnv_io.cpp",  # DATA_TYPE
            "uresbund.cpp",  # gCacheInitOnce
            "uresdata.cpp",  # isAcceptable
            "utrie2.cpp",  # enumSameValue
            "utrie2_builder.cpp",  # equal_uint32
        ],
    ),
    "i18n": (
        ["U_I18N_IMPLEMENTATION"],
        [
            "chnsecal.cpp",  # LIMITS
            "coll.cpp",  # gService
            "decNumber.cpp",  # decNumberLocal.h
            "decimfmt.cpp",  # macros of its own
            "dtitvfmt.cpp",  # gCalendarTag
            "dtitvinf.cpp",  # gCalendarTag
            "fmtable.cpp",  # macros of its own
            "formattedval_sbimpl.cpp",  # macros of its own
            "gregocal.cpp",  # gSystemDefaultCenturyStart
            "indiancal.cpp",  # gSystemDefaultCenturyStart
            "islamcal.cpp",  # gSystemDefaultCenturyStart
            "name2uni.cpp",  # macros of its own
            "nfrule.cpp",  # gColon
            "number_mapper.cpp",  # needs UnicodeString's implicit constructors
            "number_patternstring.cpp",  # needs UnicodeString's implicit constructors
            "number_skeletons.cpp",  # needs UnicodeString's implicit constructors
            "numrange_fluent.cpp",  # ambiguous impl
            "rbnf.cpp",  # ambiguous SPACE
            "tzgnames.cpp",  # gLock
            "ucol_res.cpp",  # defaultKeywordValues
            "vtzone.cpp",  # macros of its own
            "vzone.cpp",  # macros of its own
            "zonemeta.cpp",  # macros of its own
        ],
    ),
}

def icu():
    """Targets icu, icu_headers, icu_objects."""
    native.cc_library(
        name = "icu",
        visibility = ["//visibility:public"],
        deps = [
            ":icu_headers",
            ":icu_objects",
        ],
    )

    native.cc_library(
        name = "icu_headers",
        hdrs = native.glob(["third_party/icu/source/*/unicode/*.h"]),
        defines = ICU_PUBLIC_DEFINES,
        includes = [
            "third_party/icu/source/common",
            "third_party/icu/source/i18n",
        ],
    )

    native.cc_library(
        name = "icu_internal_headers",
        hdrs = native.glob(["third_party/icu/source/*/*.h"]),
        deps = [":icu_headers"],
    )

    for folder, (defines, apart) in _FOLDERS.items():
        unity_library(
            name = "icu_" + folder,
            srcs = native.glob(["third_party/icu/source/%s/*.cpp" % folder]),
            apart = ["third_party/icu/source/%s/%s" % (folder, f) for f in apart],
            copts = _COPTS,
            local_defines = ICU_INTERNAL_DEFINES + defines,
            per_group = 30,
            strip = "third_party/icu/source/",
            deps = [":icu_internal_headers"],
        )

    objects_only(
        name = "icu_objects",
        deps = [
            ":icu_common",
            ":icu_data",
            ":icu_i18n",
        ],
    )

    native.cc_library(
        name = "icu_data",
        srcs = ["@gyre//third_party/v8:icudata.S"],
        copts = COPTS,
        features = FEATURES,
        linkstatic = True,
        textual_hdrs = ["third_party/icu/common/icudtl.dat"],
    )
