"""program_test: a program from npm that must do under Gyre what it does under Node."""

def program_test(name, program, copies = {}, curls = [], client = None, server = None, both = False, modules = "@npm_programs//:node_modules_folder", size = "medium", **kwargs):
    """One test that runs compare.py (see there).

    Args:
      name: the test's name.
      program: the program and its arguments, from a folder that has node_modules and the copies in it.
      copies: what to copy to where: a file of this package, or npm:PATH below node_modules.
      curls: makes the program a server that is asked: the arguments of each curl call, the path last.
      client: makes the program a server: this copy is its client, run by Node.
      server: makes the program a client: this copy is its server, run by Node.
      both: the server is run by what runs the program.
      modules: the folder of packages.
      size: as usual.
      **kwargs: as usual.
    """
    files = [file for file in copies if not file.startswith("npm:")]
    args = [
        "--gyre $(rootpath //runtime/main:gyre)",
        "--node $(rootpath @node24//:node)",
        "--modules $(rootpath %s)" % modules,
    ]
    args += ["--copy '%s=%s'" % (f if f.startswith("npm:") else native.package_name() + "/" + f, to) for f, to in copies.items()]
    args += ["--curl '%s'" % curl for curl in curls]
    args += ["--client " + client] if client else []
    args += ["--server " + server] if server else []
    args += ["--both"] if both else []
    native.py_test(
        name = name,
        srcs = ["//conformance/programs:compare.py"],
        main = "//conformance/programs:compare.py",
        args = args + ["--"] + ["'%s'" % word for word in program],
        data = files + [modules, "//runtime/main:gyre", "@node24//:node"],
        size = size,
        **kwargs
    )
