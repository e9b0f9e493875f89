"""The macros that a fuzz target's BUILD file is written in. A target is one folder of fuzz/:

  <target>_fuzz.cc    LLVMFuzzerTestOneInput, which asserts a property and not only "no crash"
  corpus/             seeds, and every input that ever found a bug
  <target>.dict       libFuzzer's dictionary (optional)
  <target>.js         the property, when what eats the bytes is JavaScript (fuzz/support/js_target.h)

A target makes <target>_test, the replay of the corpus, an ordinary test in seconds; and <target>_fuzz, the fuzzer, which
is built with --config=fuzz (./x fuzz does) and which fuzz/oss_fuzz/build.sh finds by its tag.
"""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("//tools/bazel:gyre.bzl", "GYRE_COPTS", "JsBuiltinsInfo", "gyre_cc_binary", "js_builtins", "js_builtins_embed")

# Found by: bazel query 'attr(tags, "\bfuzz_target\b", //fuzz/...)'.
_TAG = "fuzz_target"

# As in fuzz/support/js_target.cc.
_MAX_COUNTERS = 1 << 15

def gyre_fuzz_target(name, deps = [], size = "small"):
    """A fuzz target in C++.

    Args:
      name: the folder's name.
      deps: what it drives.
      size: of the replay test.
    """
    source = name + "_fuzz.cc"
    dictionaries = native.glob([name + ".dict"])
    corpus = native.glob(["corpus/**"])
    if not corpus:
        fail("fuzz/%s needs a seed corpus" % name)

    native.filegroup(
        name = "corpus",
        srcs = corpus + dictionaries,
        visibility = ["//fuzz:__subpackages__"],
    )

    # Without --config=fuzz this would be blind, so nobody builds it by the way.
    gyre_cc_binary(
        name = name + "_fuzz",
        srcs = [source],
        data = dictionaries,
        features = ["fuzzing_engine"],
        tags = [_TAG, "manual"],
        visibility = ["//fuzz:__subpackages__"],
        deps = deps + ["//fuzz/support"],
    )
    cc_test(
        name = name + "_test",
        srcs = [source],
        args = ["fuzz/%s/corpus" % name],
        copts = GYRE_COPTS,
        data = corpus,
        size = size,
        deps = deps + ["//fuzz/support", "//fuzz/support:replay_main"],
    )

def gyre_js_fuzz_target(name, parts = [], size = "small"):
    """A fuzz target whose property is <name>.js, a built-in with the id fuzz/<name>.

    Args:
      name: the folder's name.
      parts: what else it is written in: <part>.js with the id fuzz/<name>/<part>.
      size: of the replay test.
    """
    js_builtins(
        name = "js",
        public = dict(
            [("fuzz/" + name, name + ".js")] + [("fuzz/%s/%s" % (name, part), part + ".js") for part in parts],
        ),
    )
    js_builtins_embed(
        name = "builtins",
        deps = [":js", "//fuzz/support:boot", "//fuzz/support:builtins"],
    )
    gyre_fuzz_target(
        name = name,
        size = size,
        deps = [":builtins", "//fuzz/support:js_target"],
    )

def _instrumented_builtins_impl(ctx):
    modules = []
    inputs = []
    outputs = []
    lines = []
    for dep in ctx.attr.deps:
        for module in dep[JsBuiltinsInfo].modules:
            if module.package:
                modules.append(module)  # not ours
                continue
            out = ctx.actions.declare_file(ctx.label.name + "/" + module.id + ".js")
            inputs.append(module.file)
            outputs.append(out)
            modules.append(struct(id = module.id, file = out, package = ""))
            lines.append("%s\t%s\n" % (module.file.path, out.path))
    manifest = ctx.actions.declare_file(ctx.label.name + ".manifest")
    ctx.actions.write(manifest, "".join(lines))
    packages = ctx.file._packages
    ctx.actions.run(
        executable = ctx.executable._node,
        arguments = [ctx.file._instrument.path, packages.path + "/acorn", str(_MAX_COUNTERS), manifest.path],
        inputs = inputs + [manifest, packages, ctx.file._instrument],
        outputs = outputs,
        mnemonic = "Instrument",
        progress_message = "Instrumenting %d built-in modules" % len(outputs),
    )
    return [
        JsBuiltinsInfo(modules = modules),
        DefaultInfo(files = depset([module.file for module in modules])),
    ]

instrumented_builtins = rule(
    implementation = _instrumented_builtins_impl,
    doc = "The built-ins of deps, with counters for libFuzzer (fuzz/support/instrument.cjs).",
    attrs = {
        "deps": attr.label_list(providers = [JsBuiltinsInfo], mandatory = True),
        "_instrument": attr.label(default = "//fuzz/support:instrument.cjs", allow_single_file = True),
        "_node": attr.label(default = "@node24//:node", executable = True, cfg = "exec", allow_single_file = True),
        "_packages": attr.label(default = "@npm_programs//:node_modules_folder", allow_single_file = True),
    },
)
