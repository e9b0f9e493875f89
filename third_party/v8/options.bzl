"""V8's configuration: preprocessor definitions, and the flags its files are compiled with."""

load(":unity.bzl", "COPTS")

V8_COPTS = COPTS + [
    "-Iexternal/v8/v8",
    "-Iexternal/v8/v8/include",
    "-Iexternal/v8",
    "-I$(BINDIR)/external/v8/gen",
    "-I$(BINDIR)/external/v8/gen/include",
    "-Iexternal/v8/third_party/dragonbox/src/include",
    "-Iexternal/v8/third_party/fp16/src/include",
]

# Torque reports errors in its input by exceptions.
TORQUE_COPTS = [f for f in V8_COPTS if f != "-fno-exceptions"]

_COMPRESSED = "@gyre//third_party/v8:compressed_pointers"

# Those that V8's public headers look at: everyone who includes them needs the same.
PUBLIC_DEFINES = [
    "CPPGC_CAGED_HEAP",
    "CPPGC_ENABLE_LARGER_CAGE",
    "CPPGC_POINTER_COMPRESSION",
    "CPPGC_SLIM_WRITE_BARRIER",
    "CPPGC_YOUNG_GENERATION",
    "V8_ARRAY_BUFFER_INTERNAL_FIELD_COUNT=0",
    "V8_ARRAY_BUFFER_VIEW_INTERNAL_FIELD_COUNT=0",
    "V8_ENABLE_CONTINUATION_PRESERVED_EMBEDDER_DATA",
    "V8_ENABLE_WEBASSEMBLY",
    "V8_HAVE_TARGET_OS",
    "V8_INTL_SUPPORT",
    "V8_PROMISE_INTERNAL_FIELD_COUNT=0",
    "V8_TARGET_ARCH_X64",
    "V8_TARGET_OS_LINUX",
    "V8_TYPED_ARRAY_MAX_SIZE_IN_HEAP=64",
] + select({
    _COMPRESSED: [
        "V8_31BIT_SMIS_ON_64BIT_ARCH",
        "V8_COMPRESS_POINTERS",
        "V8_COMPRESS_POINTERS_IN_SHARED_CAGE",
    ],
    "//conditions:default": [],
})

# Upstream's default release configuration, without its fuzzing aids and the checks of libstdc++.
INTERNAL_DEFINES = [
    # V8_EXPORT becomes visibility("default"), so that addons find V8's API in the executable.
    "BUILDING_V8_SHARED",
    "BUILTIN_BLOCK_POSITION",
    "V8_ADVANCED_BIGINT_ALGORITHMS",
    "V8_ALLOCATION_FOLDING",
    "V8_ALLOCATION_SITE_TRACKING",
    "V8_ATOMIC_OBJECT_FIELD_WRITES",
    "V8_DEPRECATION_WARNINGS",
    "V8_ENABLE_BLACK_ALLOCATED_PAGES",
    "V8_ENABLE_BUILTIN_JUMP_TABLE_SWITCH",
    "V8_ENABLE_EXTENSIBLE_RO_SNAPSHOT",
    "V8_ENABLE_LAZY_SOURCE_POSITIONS",
    "V8_ENABLE_MAGLEV",
    "V8_ENABLE_MAGLEV_GRAPH_PRINTER",
    "V8_ENABLE_REGEXP_INTERPRETER_THREADED_DISPATCH",
    "V8_ENABLE_SPARKPLUG",
    "V8_ENABLE_SPARKPLUG_PLUS",
    "V8_ENABLE_TURBOFAN",
    "V8_ENABLE_UNDEFINED_DOUBLE",
    "V8_ENABLE_WASM_SIMD256_REVEC",
    "V8_IMMINENT_DEPRECATION_WARNINGS",
    "V8_LOGGING_LEVEL=1",
    "V8_SHORT_BUILTIN_CALLS",
    "V8_USE_DEFAULT_HASHER_SECRET=true",
    "V8_USE_LIBM_TRIG_FUNCTIONS",
    "V8_WIN64_UNWINDING_INFO",
    "_FILE_OFFSET_BITS=64",
    "_GNU_SOURCE",
    "_LARGEFILE64_SOURCE",
    "_LARGEFILE_SOURCE",
    "__STDC_CONSTANT_MACROS",
    "__STDC_FORMAT_MACROS",
] + select({
    _COMPRESSED: [
        "V8_CONTIGUOUS_COMPRESSED_RO_SPACE",
        "V8_CONTIGUOUS_COMPRESSED_RO_SPACE_SIZE_MB=16",
        "V8_EXTERNAL_CODE_SPACE",
        "V8_STATIC_ROOTS",
    ],
    "//conditions:default": [],
})

# chromium's ICU: static, its data linked in, converters of the web's encodings only.
ICU_PUBLIC_DEFINES = [
    "ICU_UTIL_DATA_IMPL=ICU_UTIL_DATA_STATIC",
    "USE_CHROMIUM_ICU=1",
    "U_ENABLE_DYLOAD=0",
    "U_ENABLE_RESOURCE_TRACING=0",
    "U_ENABLE_TRACING=1",
    "U_STATIC_IMPLEMENTATION",
    "U_USING_ICU_NAMESPACE=0",
]
ICU_INTERNAL_DEFINES = [
    "HAVE_DLOPEN=0",
    "UCONFIG_ONLY_HTML_CONVERSION=1",
    "UCONFIG_USE_ML_PHRASE_BREAKING=1",
    "UCONFIG_USE_WINDOWS_LCID_MAPPING_API=0",
    "U_CHARSET_IS_UTF8=1",
]
