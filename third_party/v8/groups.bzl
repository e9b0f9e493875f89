"""V8's sources by area. An area is compiled in groups of neighbours (unity.bzl); areas are what other targets link.

Folders are globbed: the pin fixes what is in them. A file that is not for this platform or configuration is in
_NOT_BUILT; one that clashes with its neighbours is in _APART with the name they both define.
"""

_NOT_BUILT = [
    # Other systems.
    "v8/src/**/*-aix.cc",
    "v8/src/**/*-cygwin.cc",
    "v8/src/**/*-darwin.cc",
    "v8/src/**/*-freebsd.cc",
    "v8/src/**/*-fuchsia.cc",
    "v8/src/**/*-mac.cc",
    "v8/src/**/*-openbsd.cc",
    "v8/src/**/*-qnx.cc",
    "v8/src/**/*-solaris.cc",
    "v8/src/**/*-starboard.cc",
    "v8/src/**/*-win.cc",
    "v8/src/**/*-win32.cc",
    "v8/src/**/*-win64.cc",
    "v8/src/**/*-zos.cc",
    "v8/src/**/*_android.cc",
    "v8/src/**/*_fuchsia.cc",
    "v8/src/**/*_win.cc",
    "v8/src/**/*_zos.cc",
    "v8/src/utils/v8dll-main.cc",
    # Other processors.
    "v8/src/base/cpu/cpu-arm*.cc",
    "v8/src/base/cpu/cpu-loong64*.cc",
    "v8/src/base/cpu/cpu-mips64*.cc",
    "v8/src/base/cpu/cpu-ppc*.cc",
    "v8/src/base/cpu/cpu-riscv*.cc",
    "v8/src/base/cpu/cpu-s390*.cc",
    "v8/src/trap-handler/*-simulator.cc",
    # Parts that are switched off: Temporal, VTune, Perfetto, the C API of WebAssembly, printers of debug builds,
    # compressed and external snapshots.
    "v8/src/base/ubsan.cc",
    "v8/src/builtins/builtins-temporal.cc",
    "v8/src/compiler/turbofan-disabled.cc",
    "v8/src/extensions/vtunedomain-support-extension.cc",
    "v8/src/heap/reference-summarizer.cc",
    "v8/src/objects/js-temporal-objects.cc",
    "v8/src/objects/js-temporal-zoneinfo64.cc",
    "v8/src/regexp/*printer.cc",
    "v8/src/regexp/regexp-macro-assembler-tracer.cc",
    "v8/src/snapshot/snapshot-compression.cc",
    "v8/src/snapshot/snapshot-external.cc",
    "v8/src/torque/tsa-generator.cc",
    "v8/src/tracing/code-data-source.cc",
    "v8/src/tracing/perfetto-*.cc",
    "v8/src/tracing/trace-categories.cc",
    "v8/src/wasm/c-api.cc",
    # Generators, and what only mksnapshot links.
    "v8/src/builtins/generate-bytecodes-builtins-list.cc",
    "v8/src/init/setup-isolate-*.cc",
    "v8/src/regexp/gen-regexp-special-case.cc",
    "v8/src/snapshot/builtins-effects-dummy.cc",
    "v8/src/snapshot/mksnapshot.cc",
    "v8/src/snapshot/snapshot-empty.cc",
    "v8/src/snapshot/static-roots-gen.cc",
    "v8/src/torque/torque.cc",
    # Tests.
    "v8/third_party/inspector_protocol/crdtp/*test*.cc",
]

# The compiler passes that make the built-ins; only mksnapshot links them.
_INITIALIZERS = [
    "v8/src/builtins/*-gen.cc",
    "v8/src/builtins/*-tsa.cc",
    "v8/src/builtins/js-trampoline-assembler.cc",
    "v8/src/builtins/profile-data-reader.cc",
    "v8/src/builtins/setup-builtins-internal.cc",
    "v8/src/builtins/x64/*.cc",
    "v8/src/codegen/code-stub-assembler.cc",
    "v8/src/compiler/turboshaft/builtin-compiler.cc",
    "v8/src/heap/setup-heap-internal.cc",
    "v8/src/ic/*-assembler.cc",
    "v8/src/ic/keyed-store-generic.cc",
    "v8/src/interpreter/interpreter-assembler.cc",
    "v8/src/interpreter/interpreter-generator*.cc",
    "v8/src/interpreter/interpreter-intrinsics-generator.cc",
]

_APART = [
    "v8/src/base/sanitizer/lsan-virtual-address-space.cc",  # v8::base::VirtualAddressSpace hides v8::VirtualAddressSpace
    "v8/src/compiler/backend/x64/instruction-selector-x64.cc",  # two classes Type, Turboshaft's and Turbofan's
    "v8/src/compiler/code-assembler.cc",  # the bytecode files' interpreter::Register
    "v8/src/interpreter/interpreter-assembler.cc",  # its headers clash with Turboshaft's assembler macros
    "v8/src/interpreter/interpreter-generator-tsa.cc",  # Turboshaft's Operation
    "v8/src/objects/js-display-names.cc",
    "v8/src/objects/js-list-format.cc",  # FormatListCommon
    "v8/src/objects/js-number-format.cc",
    "v8/src/objects/js-relative-time-format.cc",  # Style
    "v8/src/objects/js-segmenter.cc",
    "v8/src/regexp/x64/regexp-macro-assembler-x64.cc",  # experimental/'s Label
    "v8/src/snapshot/read-only-deserializer.cc",  # NoExternalReferencesCallback, as in deserializer.cc
    "v8/src/torque/csa-generator.cc",  # GetBitFieldSpecialization
]

# area: (files in a group, folders). Small folders share groups; the heaviest code gets small ones.
_AREAS = {
    "bigint": (14, ["bigint"]),
    "cppgc": (18, ["heap/base", "heap/base/asm/x64", "heap/cppgc"]),
    "libbase": (14, ["base", "base/cpu", "base/debug", "base/numbers", "base/platform", "base/sanitizer", "base/utils"]),
    "libplatform": (14, ["libplatform", "libplatform/tracing"]),
    "torque_base": (12, ["torque"]),
    # v8_base
    "api": (14, ["api", "extensions", "init"]),
    "builtins": (13, ["builtins"]),
    "codegen": (17, ["codegen", "codegen/shared-ia32-x64", "codegen/x64"]),
    "debug": (20, ["debug", "deoptimizer", "deoptimizer/x64"]),
    "diagnostics": (20, ["diagnostics", "diagnostics/x64", "libsampler"]),
    "execution": (20, ["execution", "execution/x64"]),
    "front": (21, ["asmjs", "ast", "date", "json", "numbers", "parsing", "strings"]),
    "heap": (17, ["heap", "heap/cppgc-js"]),
    "interpreter": (13, ["ic", "interpreter"]),
    "logging": (24, ["logging", "profiler", "tracing"]),
    "maglev": (12, ["maglev"]),
    "maglev_x64": (12, ["maglev/x64"]),  # the other folder forbids the name kScratchRegister
    "objects": (13, ["objects"]),
    "regexp": (11, ["regexp", "regexp/experimental", "regexp/x64"]),
    "runtime": (12, ["runtime"]),
    "small": (22, ["baseline", "common", "compiler-dispatcher", "flags", "handles", "roots", "tasks"]),
    "snapshot": (16, ["sandbox", "snapshot"]),
    "utils": (21, ["trap-handler", "utils", "zone"]),
    "wasm": (12, ["wasm", "wasm/baseline"]),
    # v8_compiler
    "compiler": (14, ["compiler", "compiler/backend", "compiler/backend/x64"]),
    "turboshaft": (9, ["compiler/turboshaft"]),
    # the rest
    "inspector": (15, ["inspector"]),
}

_OUTSIDE_SRC = {
    "inspector": ["v8/third_party/inspector_protocol/crdtp/*.cc"],
    "snapshot": ["v8/src/snapshot/embedded/embedded-data.cc"],
    "utils": ["v8/third_party/siphash/*.cc"],
}

def _area(folders, more):
    files = []
    for folder in folders:
        files += native.glob(["v8/src/%s/*.cc" % folder], exclude = _NOT_BUILT + _INITIALIZERS)
    return files + native.glob(more, exclude = _NOT_BUILT)

def v8_areas():
    """area: (files in a group, its files, those of them that go apart)"""
    areas = {}
    for name, (per_group, folders) in _AREAS.items():
        files = _area(folders, _OUTSIDE_SRC.get(name, []))
        areas[name] = (per_group, files, [f for f in files if f in _APART])
    initializers = native.glob(_INITIALIZERS)
    areas["initializers"] = (8, initializers, [f for f in initializers if f in _APART])
    return areas
