"""Code generators that were just built, run in the target configuration.

A genrule would build them (mksnapshot is all of V8) once more for the "host", and the objects would not be shared.
"""

def _generate_impl(ctx):
    gen = ctx.bin_dir.path + "/" + ctx.label.workspace_root + "/gen"
    folders = ["%s/%s" % (gen, f) for f in ctx.attr.folders]
    if ctx.attr.tree:
        outputs = [ctx.actions.declare_directory("gen/" + ctx.attr.tree)]
    else:
        outputs = [ctx.actions.declare_file("gen/" + f) for f in ctx.attr.outs]
    ctx.actions.run_shell(
        outputs = outputs,
        inputs = ctx.files.srcs,
        tools = [ctx.executable.tool],
        command = "mkdir -p %s && exec \"$@\"" % " ".join([gen] + folders),
        arguments = [ctx.executable.tool.path] +
                    [a.replace("{gen}", gen).replace("{root}", ctx.label.workspace_root) for a in ctx.attr.args],
        env = {"LC_ALL": "C"},
        mnemonic = "V8Generate",
        progress_message = "Generating %s" % ctx.label,
    )
    return [DefaultInfo(files = depset(outputs))]

generate = rule(
    doc = "Runs `tool`; {gen} in args is the folder of generated files, {root} this repository's.",
    implementation = _generate_impl,
    attrs = {
        "tool": attr.label(executable = True, cfg = "target", mandatory = True),
        "args": attr.string_list(),
        "srcs": attr.label_list(allow_files = True),
        "outs": attr.string_list(doc = "files in {gen}"),
        "tree": attr.string(doc = "instead of outs: a folder in {gen}, with whatever files the tool makes in it"),
        "folders": attr.string_list(doc = "folders in {gen} that the tool expects to exist"),
    },
)
