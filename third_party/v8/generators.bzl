"""V8's four generators and what they make, in the order they run."""

load(":generate.bzl", "generate")
load(":options.bzl", "INTERNAL_DEFINES", "TORQUE_COPTS", "V8_COPTS")
load(":torque_files.bzl", "TORQUE_FILES")
load(":unity.bzl", "FEATURES")

def _tool(name, srcs, deps, copts = V8_COPTS):
    native.cc_binary(
        name = name,
        srcs = srcs,
        copts = copts,
        features = FEATURES,
        linkopts = [
            "-lpthread",
            "-ldl",
        ],
        local_defines = INTERNAL_DEFINES,
        deps = deps,
    )

def bytecodes_builtins_list():
    _tool(
        name = "bytecode_builtins_list_generator",
        srcs = [
            "v8/src/builtins/generate-bytecodes-builtins-list.cc",
            "v8/src/interpreter/bytecode-operands.cc",
            "v8/src/interpreter/bytecodes.cc",
        ],
        deps = [
            ":absl_objects",
            ":libbase",
            ":source_headers",
        ],
    )
    generate(
        name = "bytecodes_builtins_list",
        outs = ["builtins-generated/bytecodes-builtins-list.h"],
        args = ["{gen}/builtins-generated/bytecodes-builtins-list.h"],
        tool = ":bytecode_builtins_list_generator",
    )

def torque_generated():
    """V8's own language for built-ins, into headers, definitions and initializers."""
    _tool(
        name = "torque",
        srcs = ["v8/src/torque/torque.cc"],
        copts = TORQUE_COPTS,
        deps = [
            ":absl_objects",
            ":libbase",
            ":source_headers",
            ":torque_base",
        ],
    )
    generate(
        name = "torque_generated",
        srcs = ["v8/" + f for f in TORQUE_FILES],
        args = [
            "-o",
            "{gen}/torque-generated",
            "-v8-root",
            "{root}/v8",
        ] + TORQUE_FILES,
        folders = depset(["torque-generated/" + f.rpartition("/")[0] for f in TORQUE_FILES]).to_list(),
        tool = ":torque",
        tree = "torque-generated",
    )

def regexp_special_case():
    """Characters whose case folding in regular expressions is special, computed by ICU."""
    _tool(
        name = "gen_regexp_special_case",
        srcs = ["v8/src/regexp/gen-regexp-special-case.cc"],
        deps = [
            ":absl_objects",
            ":icu_headers",
            ":icu_objects",
            ":libbase",
            ":source_headers",
        ],
    )
    generate(
        name = "special_case",
        outs = ["src/regexp/special-case.cc"],
        args = ["{gen}/src/regexp/special-case.cc"],
        tool = ":gen_regexp_special_case",
    )
    native.cc_library(
        name = "special_case_source",
        textual_hdrs = [":special_case"],
    )

def startup_snapshot():
    """The built-ins as machine code (embedded.S) and the initial heap (snapshot.cc)."""
    _tool(
        name = "mksnapshot",
        srcs = native.glob(
            ["v8/src/snapshot/embedded/*.cc"],
            exclude = ["**/embedded-data.cc"],
        ) + [
            "v8/src/init/setup-isolate-full.cc",
            "v8/src/snapshot/builtins-effects-dummy.cc",
            "v8/src/snapshot/mksnapshot.cc",
            "v8/src/snapshot/snapshot-empty.cc",
            "v8/src/snapshot/static-roots-gen.cc",
        ],
        deps = [
            ":base_objects",
            ":headers",
            ":initializers",
            ":torque_initializers",
        ],
    )
    generate(
        name = "startup_snapshot",
        outs = [
            "embedded.S",
            "snapshot.cc",
        ],
        args = [
            "--turbo_instruction_scheduling",
            "--turbo-always-optimize-spills",
            "--target_os=linux",
            "--target_arch=x64",
            "--embedded_src={gen}/embedded.S",
            "--embedded_variant=Default",
            "--predictable",
            "--no-use-ic",
            "--turbo-elide-frames",
            "--random-seed=314159265",
            "--startup_src={gen}/snapshot.cc",
            "--no-native-code-counters",
            "--concurrent-builtin-generation",
            "--concurrent-turbofan-max-threads=0",
        ],
        tool = ":mksnapshot",
    )
