"""Unity builds: one compiler run takes a dozen neighbouring files, so V8's headers are parsed once for all of them.

A file alone costs 8 to 17 s of CPU, in a group 1 to 6 s. Groups are the sorted files of a folder cut into even pieces.
"""

# A target of third-party code names every flag itself: what a configuration (sanitizers, coverage, debug) or a later
# toolchain adds to Gyre's own code must not change these command lines, or the disk cache would be of no use.
FEATURES = [
    "-asan",
    "-coverage",
    "-debug_code",
    "-default_compile_flags",
    "-fuzzer",
    "-llvm_coverage_map_format",
    "-tsan",
    "-ubsan",
]

# No PIC: everything is linked into one executable at a fixed address. Symbols are hidden, but V8_EXPORT is not (addons
# use it). Exceptions and RTTI are off, as in Gyre itself.
_COPTS = [
    "-no-canonical-prefixes",
    "-O2",
    "-g0",
    "-w",
    "-DNDEBUG",
    "-fno-pic",
    "-fno-exceptions",
    "-fno-omit-frame-pointer",
    "-fno-strict-aliasing",
    "-fcolor-diagnostics",
    "-ffp-contract=off",
    "-ffunction-sections",
    "-fdata-sections",
    "-fvisibility=hidden",
]
COPTS = _COPTS + ["-std=c++20", "-fno-rtti", "-fvisibility-inlines-hidden"]
CONLYOPTS = _COPTS + ["-std=c11"]

def _unity_source_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".cc")
    ctx.actions.write(out, "".join(["#include \"%s\"\n" % f for f in ctx.attr.includes]))
    return [DefaultInfo(files = depset([out]))]

_unity_source = rule(
    implementation = _unity_source_impl,
    attrs = {"includes": attr.string_list()},
)

def _objects_only_impl(ctx):
    infos = [d[CcInfo] for d in ctx.attr.deps]
    linking = cc_common.merge_cc_infos(cc_infos = infos).linking_context
    objects = []
    for linker_input in linking.linker_inputs.to_list():
        for library in linker_input.libraries:
            objects += library.objects or []
    return [DefaultInfo(files = depset(objects)), CcInfo(linking_context = linking)]

objects_only = rule(
    doc = "The objects of `deps` without their headers, include folders and defines: dependents see a public interface only.",
    implementation = _objects_only_impl,
    attrs = {"deps": attr.label_list(providers = [CcInfo])},
)

def unity_library(name, srcs, copts = COPTS, deps = [], per_group = 14, apart = [], strip = "", generated = [], **kwargs):
    """The objects of srcs, compiled in groups.

    Args:
      name: of the resulting objects_only target; group N is `name`_N.
      srcs: files of this package.
      copts: flags.
      deps: headers.
      per_group: a group's largest number of files.
      apart: files that clash with a neighbour: each is compiled alone.
      strip: folder that the files are included relative to.
      generated: further files to include, out of the header targets in deps.
      **kwargs: of the cc_library targets.
    """
    for f in apart:
        if f not in srcs:
            fail("%s: %s is not one of the sources" % (name, f))
    files = srcs + generated
    count = (len(files) + per_group - 1) // per_group
    groups = []
    for i in range(count):
        # A file that goes apart leaves the other groups as they are: only its own is compiled again.
        group = files[len(files) * i // count:len(files) * (i + 1) // count]
        groups.append([f for f in group if f not in apart])
    groups += [[f] for f in apart]
    for i, group in enumerate(groups):
        _unity_source(
            name = "unity/%s_%d" % (name, i),
            includes = [f[len(strip):] if f.startswith(strip) else f for f in group],
        )
        native.cc_library(
            name = "%s_%d" % (name, i),
            srcs = ["unity/%s_%d" % (name, i)],
            textual_hdrs = [f for f in group if f not in generated],
            copts = copts,
            features = FEATURES,
            linkstatic = True,
            deps = deps,
            **kwargs
        )
    objects_only(
        name = name,
        deps = ["%s_%d" % (name, i) for i in range(len(groups))],
    )
