"""The C++ toolchain: Debian's clang and lld, C++20, libstdc++ of the host linked statically.

Everything is compiled without PIC and linked -no-pie: Gyre is one executable, and a position-independent one would
apply some 46,000 relative relocations (2 ms) at every start.

Features a target or a configuration may switch: asan, ubsan, tsan, llvm_coverage_map_format (LLVM source-based coverage), fuzzer (libFuzzer's
coverage), fuzzing_engine (its main) and debug_code (-O0 -g, assertions on). Third-party targets switch them off, so that their objects stay cached.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set", "tool_path", "with_feature_set")

_LINK = [
    ACTION_NAMES.cpp_link_executable,
    ACTION_NAMES.cpp_link_dynamic_library,
    ACTION_NAMES.cpp_link_nodeps_dynamic_library,
]
_CXX = [
    ACTION_NAMES.cpp_compile,
    ACTION_NAMES.cpp_header_parsing,
    ACTION_NAMES.cpp_module_compile,
    ACTION_NAMES.linkstamp_compile,
]
_COMPILE = _CXX + [ACTION_NAMES.c_compile, ACTION_NAMES.assemble, ACTION_NAMES.preprocess_assemble]

def _flags(actions, flags, **kwargs):
    return flag_set(actions = actions, flag_groups = [flag_group(flags = flags)], **kwargs)

def _instrument(name, compile_flags, link_flags, **kwargs):
    sets = [_flags(_COMPILE, compile_flags)] if compile_flags else []
    return feature(name = name, flag_sets = sets + ([_flags(_LINK, link_flags)] if link_flags else []), **kwargs)

def _impl(ctx):
    v = ctx.attr.version
    tools = {
        "gcc": "clang-" + v,
        "cpp": "clang-cpp-" + v,
        "ar": "llvm-ar-" + v,
        "ld": "ld.lld-" + v,
        "nm": "llvm-nm-" + v,
        "objcopy": "llvm-objcopy-" + v,
        "objdump": "llvm-objdump-" + v,
        "strip": "llvm-strip-" + v,
        "gcov": "llvm-profdata-" + v,
        "llvm-cov": "llvm-cov-" + v,
        "dwp": "llvm-dwp-" + v,
    }
    dbg, opt, fastbuild = [[with_feature_set(features = [m])] for m in ("dbg", "opt", "fastbuild")]
    features = [
        feature(name = "dbg"),
        feature(name = "opt"),
        feature(name = "fastbuild"),
        feature(name = "supports_pic", enabled = False),
        feature(name = "supports_start_end_lib", enabled = True),
        feature(name = "supports_dynamic_linker", enabled = False),
        # Ahead of a target's own copts.
        feature(name = "default_compile_flags", enabled = True, flag_sets = [
            _flags(_COMPILE, ["-no-canonical-prefixes", "-fno-pic", "-fno-omit-frame-pointer", "-fcolor-diagnostics", "-Wall"]),
            _flags(_COMPILE, ["-g", "-O0"], with_features = dbg),
            _flags(_COMPILE, ["-O2", "-DNDEBUG", "-ffunction-sections", "-fdata-sections", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2"], with_features = opt),
            _flags(_COMPILE, ["-O1", "-gline-tables-only"], with_features = fastbuild),
            _flags(_CXX, ["-std=c++20"]),
        ]),
        feature(name = "default_link_flags", enabled = True, flag_sets = [
            _flags(_LINK, ["-no-pie", "-fuse-ld=lld", "--ld-path=/usr/bin/ld.lld-" + v, "-Wl,-z,relro,-z,now", "-Wl,--build-id=sha1", "-l:libstdc++.a", "-static-libgcc", "-lm"]),
            _flags(_LINK, ["-Wl,--gc-sections"], with_features = opt),
        ]),
        # Behind a target's own copts: the same input gives the same object.
        feature(name = "unfiltered_compile_flags", enabled = True, flag_sets = [
            _flags(_COMPILE, ["-Wno-builtin-macro-redefined", "-D__DATE__=\"redacted\"", "-D__TIMESTAMP__=\"redacted\"", "-D__TIME__=\"redacted\"", "-ffile-prefix-map=/proc/self/cwd=."]),
        ]),
        feature(name = "coverage", provides = ["profile"]),
        # Without LLVM_PROFILE_FILE nothing is left: a test's children may have an empty environment.
        _instrument("llvm_coverage_map_format", ["-fprofile-instr-generate=/dev/null", "-fcoverage-mapping"], ["-fprofile-instr-generate"]),
        _instrument("debug_code", ["-g", "-O0", "-UNDEBUG", "-U_FORTIFY_SOURCE"], []),
        _instrument("asan", ["-fsanitize=address", "-g", "-O1", "-U_FORTIFY_SOURCE"], ["-fsanitize=address"]),
        _instrument("ubsan", ["-fsanitize=undefined", "-fno-sanitize=vptr,function", "-fno-sanitize-recover=all", "-g"], ["-fsanitize=undefined", "-fsanitize-link-c++-runtime"]),
        _instrument("tsan", ["-fsanitize=thread", "-g", "-O1"], ["-fsanitize=thread"]),
        # Coverage for libFuzzer in everything, its main() in the fuzzers only.
        _instrument("fuzzer", ["-fsanitize=fuzzer-no-link"], []),
        _instrument("fuzzing_engine", [], ["-fsanitize=fuzzer"]),
    ]
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        features = features,
        cxx_builtin_include_directories = [
            "/usr/lib/llvm-%s/lib/clang/%s/include" % (v, v),
            "/usr/lib/llvm-%s/lib/clang/%s/share" % (v, v),
            "/usr/lib/clang/" + v,
            "/usr/include",
        ],
        toolchain_identifier = "clang-" + v,
        host_system_name = "local",
        target_system_name = "x86_64-linux-gnu",
        target_cpu = "k8",
        target_libc = "glibc",
        compiler = "clang",
        abi_version = "gnu",
        abi_libc_version = "glibc",
        tool_paths = [tool_path(name = name, path = "/usr/bin/" + file) for name, file in tools.items()],
    )

clang_toolchain_config = rule(
    implementation = _impl,
    attrs = {"version": attr.string(mandatory = True)},
    provides = [CcToolchainConfigInfo],
)
