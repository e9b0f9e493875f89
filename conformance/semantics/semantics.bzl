"""A folder of semantics cases as two tests: Gyre passes it, and node does, so the suite is right."""

def semantics_suite(name, size = "medium"):
    files = native.glob(["**"], exclude = ["BUILD.bazel"])
    for shell, target, flags in [
        ("gyre", "//runtime/main:gyre", []),
        ("node", "@node24//:node", ["--reference"]),
    ]:
        native.py_test(
            name = "%s_%s_test" % (name, shell),
            srcs = ["//conformance/semantics:run.py"],
            main = "//conformance/semantics:run.py",
            args = flags + ["--shell", "$(location %s)" % target, native.package_name()],
            data = files + [target],
            python_version = "PY3",
            size = size,
        )
