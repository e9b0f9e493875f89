"""The runtimes that are compared, and how each runs a script."""

import atexit
import dataclasses
import os
import pathlib
import shutil
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = TOP / "tools/bench/programs"

NAMES = {
    "gyre": "//runtime/main:gyre",
    "node 24": "@node24//:node",
    "node 26": "@node26//:node",
    "bun": "@bun//:bun",
    "deno": "@deno//:program",
}
HELPERS = {
    "limit": "//tools/bench/limit:limit",
    "echo limit": "//tools/bench/limit:echo",
    "echo client": "//tools/bench/client:echo_client",
    "http client": "//tools/bench/client:http_client",
    "connect client": "//tools/bench/client:connect_client",
    "node_modules": "@npm_programs//:node_modules_folder",
}


@dataclasses.dataclass(frozen=True)
class Runtimes:
    """Paths of what was built: `names` are the runtimes in the order of the tables, `helpers` the rest."""

    names: dict
    helpers: dict

    def command(self, name, program, *arguments):
        """The command line of a script (a path, or a name in programs/)."""
        script = str(PROGRAMS / program)
        path = self.names[name]
        words = [path, "run", "-A", "--no-check", script] if name == "deno" else [path, script]
        return [*words, *map(str, arguments)]


def copies(programs):
    """The programs as they are when they were installed. The page cache holds a file in pieces as large as it was written in, single pages
    by a linker and an archive of small blocks, and a start takes a fifth longer from those: all were copied in the same manner."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench_"))
    atexit.register(shutil.rmtree, folder)
    return {name: shutil.copy(path, folder / name.replace(" ", "_")) for name, path in programs.items()}


def build():
    bazel = os.environ.get("GYRE_BENCH_BAZEL", "bazel").split()
    options = os.environ.get("GYRE_BENCH_BAZEL_OPTIONS", "").split()
    targets = {**NAMES, **HELPERS}
    subprocess.run([*bazel, "build", *options, *targets.values()], cwd=TOP, check=True)
    found = {}
    for name, target in targets.items():
        query = subprocess.run([*bazel, "cquery", *options, "--output=starlark", "--starlark:expr=target.files.to_list()[0].path", target],
                               cwd=TOP, check=True, capture_output=True, text=True)
        found[name] = query.stdout.strip().splitlines()[-1]
    info = subprocess.run([*bazel, "info", *options, "execution_root"], cwd=TOP, check=True, capture_output=True, text=True)
    found = {name: f"{info.stdout.strip()}/{path}" for name, path in found.items()}
    return Runtimes(copies({name: found[name] for name in NAMES}), {name: found[name] for name in HELPERS})
