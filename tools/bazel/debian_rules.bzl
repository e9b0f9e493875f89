"""Copies one of Debian's rule sets in /usr/share/bazel, patched where it expects a Bazel newer than 4.2.3."""

def _impl(ctx):
    if not ctx.path(ctx.attr.path).exists:
        fail("%s is missing: run ./x setup (it installs the bazel-rules packages)" % ctx.attr.path)
    result = ctx.execute(["cp", "-rL", ctx.attr.path + "/.", "."])
    if result.return_code:
        fail(result.stderr)

    # Bazel 4.2.3 has no use_cpp_toolchain().
    for file, (old, new) in {
        "cc/private/rules_impl/cc_flags_supplier.bzl": (", \"use_cpp_toolchain\")", ")"),
        "cc/private/rules_impl/compiler_flag.bzl": (", \"use_cpp_toolchain\")", ")"),
    }.items():
        if ctx.path(file).exists:
            text = ctx.read(file).replace(old, new)
            text = text.replace("use_cpp_toolchain()", "[\"@bazel_tools//tools/cpp:toolchain_type\"]")
            ctx.file(file, text, executable = False)

debian_rules = repository_rule(
    implementation = _impl,
    attrs = {"path": attr.string(mandatory = True)},
    local = True,
)
