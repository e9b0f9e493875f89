"""The macros and rules that Gyre's own BUILD files are written in.

  gyre_cc_library, gyre_cc_binary, gyre_cc_test   C++ with the project's flags (third-party code has its own)
  js_builtins         one feature's built-in modules: which file has which id
  js_builtins_embed   the built-ins of all features as one C++ table, linked into the executable
  js_test             a JavaScript file that passes when Gyre runs it and exits with 0
"""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_library", "cc_test")

# Exceptions and RTTI are off, as in V8. Third-party headers come in through `includes`, that is -isystem: no warnings.
GYRE_COPTS = [
    "-fno-exceptions",
    "-fno-rtti",
    "-Wextra",
    "-Werror",
    "-Wno-unused-parameter",
    "-Wno-missing-field-initializers",
    "-Wno-sign-compare",
    "-Wimplicit-fallthrough",
    "-Wnon-virtual-dtor",
    "-Woverloaded-virtual",
    "-Wextra-semi",
    "-Wunused-but-set-variable",
]

def gyre_cc_library(name, copts = [], **kwargs):
    cc_library(name = name, copts = GYRE_COPTS + copts, **kwargs)

def gyre_cc_binary(name, copts = [], **kwargs):
    cc_binary(name = name, copts = GYRE_COPTS + copts, **kwargs)

def gyre_cc_test(name, srcs = None, copts = [], deps = [], size = "small", **kwargs):
    """A googletest program; srcs defaults to <name>.cc, main() is googletest's."""
    cc_test(
        name = name,
        srcs = srcs or [name + ".cc"],
        copts = GYRE_COPTS + copts,
        deps = deps + ["@googletest//:gtest_main"],
        size = size,
        **kwargs
    )

JsBuiltinsInfo = provider(
    doc = "Built-in modules of a feature.",
    fields = {"modules": "list of struct(id, file, package); package: the start of its id, for a module of an npm package"},
)

def _internal_id(feature, file):
    """runtime/fs/internal/utils.js is internal/fs/utils; runtime/util/internal/util.js is internal/util."""
    start = "runtime/%s/internal/" % feature
    path = file.short_path
    if not path.startswith(start) or not path.endswith(".js"):
        fail("%s: an internal built-in of %s is a .js file below %s" % (path, feature, start))
    name = path[len(start):-len(".js")]
    return "internal/" + feature if name == feature else "internal/%s/%s" % (feature, name)

def _package_id(package, file):
    """../undici/lib/core/util.js in the package internal/deps/undici is internal/deps/undici/lib/core/util."""
    return package + "/" + file.short_path.split("/", 2)[2][:-len(".js")]

def _js_builtins_impl(ctx):
    feature = ctx.label.package[len("runtime/"):]
    modules = [struct(id = _internal_id(feature, file), file = file, package = "") for file in ctx.files.internal]
    for target, id in ctx.attr.public.items():
        modules += [struct(id = id, file = file, package = "") for file in target.files.to_list()]
    for target, package in ctx.attr.packages.items():
        modules += [struct(id = _package_id(package, file), file = file, package = package) for file in target.files.to_list()]
    return [
        JsBuiltinsInfo(modules = modules),
        DefaultInfo(files = depset([m.file for m in modules])),
    ]

_js_builtins = rule(
    implementation = _js_builtins_impl,
    attrs = {
        "public": attr.label_keyed_string_dict(allow_files = [".js"]),
        "internal": attr.label_list(allow_files = [".js"]),
        "packages": attr.label_keyed_string_dict(allow_files = [".js"]),
    },
)

def js_builtins(name, public = {}, internal = [], packages = {}, visibility = ["//fuzz:__subpackages__", "//runtime:__subpackages__"]):
    """The built-in modules of one feature.

    Args:
      name: "js" by convention.
      public: id to file of what user code may require: {"fs": "fs.js", "fs/promises": "promises.js"}.
      internal: files of internal/; their ids follow from their paths (see _internal_id).
      packages: files of npm packages, the start of their ids to their target: {"internal/deps/undici": "@undici//:fetch"}.
      visibility: as usual.
    """
    _js_builtins(
        name = name,
        public = {file: id for id, file in public.items()},
        internal = internal,
        packages = {files: package for package, files in packages.items()},
        visibility = visibility,
    )

def _js_builtins_embed_impl(ctx):
    modules = [m for dep in ctx.attr.deps for m in dep[JsBuiltinsInfo].modules]
    manifest = ctx.actions.declare_file(ctx.label.name + ".manifest")
    ctx.actions.write(manifest, "".join(["\t".join([m.id, m.file.path, m.file.short_path, m.package]) + "\n" for m in modules]))
    table = ctx.actions.declare_file(ctx.label.name + ".cc")
    text = ctx.actions.declare_file(ctx.label.name + "_text.s")
    ctx.actions.run(
        executable = ctx.executable._embed,
        arguments = [manifest.path, table.path, text.path],
        inputs = [manifest] + [m.file for m in modules],
        outputs = [table, text],
        mnemonic = "EmbedBuiltins",
        progress_message = "Embedding %d built-in modules" % len(modules),
    )
    return [DefaultInfo(files = depset([table, text]))]

_js_builtins_embed = rule(
    implementation = _js_builtins_embed_impl,
    attrs = {
        "deps": attr.label_list(providers = [JsBuiltinsInfo], mandatory = True),
        "_embed": attr.label(default = "//tools/bazel:embed_builtins", executable = True, cfg = "exec"),
    },
)

def js_builtins_embed(name, deps, visibility = None):
    """A C++ library that defines BuiltinSources() of runtime/engine/builtin_sources.h: the table of all built-ins."""
    _js_builtins_embed(name = name + "_gen", deps = deps)
    gyre_cc_library(
        name = name,
        srcs = [name + "_gen"],
        copts = ["-Wno-unused-command-line-argument"],  # The assembler has no use for most flags.
        deps = ["//runtime/engine:builtin_sources"],
        alwayslink = True,
        visibility = visibility,
    )

def _js_test_impl(ctx):
    launcher = ctx.actions.declare_file(ctx.label.name + ".sh")
    gyre = ctx.executable.gyre
    ctx.actions.write(
        launcher,
        # A test gets a home of its own, so that nothing of the user's (caches, .npmrc) takes part in it.
        "#!/bin/bash\nexport HOME=\"$TEST_TMPDIR\"\nexec \"./%s\" %s %s \"./%s\" \"$@\"\n" % (
            gyre.short_path,
            "" if ctx.attr.gyre.label.workspace_name else "${GYRE_TEST_FLAGS:-}",
            " ".join(["'%s'" % f for f in ctx.attr.runtime_args]),
            ctx.file.src.short_path,
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = [gyre, ctx.file.src] + ctx.files.data)
    for target in ctx.attr.data + [ctx.attr.gyre]:
        runfiles = runfiles.merge(target[DefaultInfo].default_runfiles)
    return [
        DefaultInfo(executable = launcher, runfiles = runfiles),
        testing.TestEnvironment(ctx.attr.env),
    ]

_js_test = rule(
    implementation = _js_test_impl,
    test = True,
    attrs = {
        "src": attr.label(allow_single_file = True, mandatory = True),
        "data": attr.label_list(allow_files = True),
        "runtime_args": attr.string_list(),
        "env": attr.string_dict(),
        "gyre": attr.label(executable = True, cfg = "target", mandatory = True),
    },
)

def js_test(name, src = None, data = [], args = [], runtime_args = [], env = {}, with_node = False, gyre = "//runtime/main:gyre", size = "small", **kwargs):
    """Runs a JavaScript file with Gyre; exit code 0 passes.

    Args:
      name: the test's name.
      src: the file, <name>.js by default.
      data: files it reads, at their paths from the repository's root (the working directory).
      args: the program's arguments, process.argv.slice(2).
      runtime_args: Gyre's own flags, before the file.
      env: environment variables.
      with_node: makes <name>_with_node too: the same run by Node 24, since a test is right only if Node agrees.
      gyre: what runs it.
      size: as usual.
      **kwargs: tags, timeout and the like.
    """
    for test, runtime in [(name, gyre)] + ([(name + "_with_node", "@node24//:node")] if with_node else []):
        _js_test(
            name = test,
            src = src or name + ".js",
            data = data,
            args = args,
            runtime_args = runtime_args,
            env = env,
            gyre = runtime,
            size = size,
            **kwargs
        )
