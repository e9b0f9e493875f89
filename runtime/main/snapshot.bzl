"""The start-up snapshot as sources: a table and the bytes it points to."""

def _impl(ctx):
    table = ctx.actions.declare_file(ctx.label.name + ".cc")
    data = ctx.actions.declare_file(ctx.label.name + "_data.s")
    ctx.actions.run(
        executable = ctx.executable.tool,
        arguments = [table.path, data.path],
        outputs = [table, data],
        mnemonic = "MakeSnapshot",
        progress_message = "Making the start-up snapshot",
    )
    return [DefaultInfo(files = depset([table, data]))]

start_up_snapshot = rule(
    implementation = _impl,
    attrs = {
        # In the target configuration: the snapshot fits the executable that it is made for, and V8 is built once.
        "tool": attr.label(executable = True, cfg = "target", mandatory = True),
    },
)
