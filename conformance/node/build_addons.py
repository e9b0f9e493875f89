"""Node's suite with the native addons of its tests: build_addons.py --suite TAR --out TAR --header FILE ... [--experimental HEADER]

The suite has them as C sources with a binding.gyp each, a Python literal. What a test loads is build/Release/<target>.node.
"""

import argparse
import ast
import pathlib
import subprocess
import sys
import tempfile

FOLDERS = ("js-native-api", "node-api")


def compile_target(target, folder, includes, experimental):
    """Compiles one addon; what the compiler says when it does not like it."""
    sources = [source for source in target["sources"] if not source.endswith(".h")]
    compiler = "clang++-22" if any(source.endswith(".cc") for source in sources) else "clang-22"
    output = folder / "build/Release" / f"{target['target_name']}.node"
    output.parent.mkdir(parents=True, exist_ok=True)
    command = [compiler, "-shared", "-fPIC", "-w", "-O1", f"-DNODE_GYP_MODULE_NAME={target['target_name']}", "-DBUILDING_NODE_EXTENSION",
               *(f"-I{path}" for path in includes), *(f"-D{define}" for define in target.get("defines", []))]
    # Functions of the experimental interface are not in the published headers, which know nothing of its version either.
    experimental_version = "-DNAPI_VERSION=2147483647"
    first = [experimental_version] if "NAPI_EXPERIMENTAL" in target.get("defines", []) else []
    for more in (first, [experimental_version, "-include", str(experimental)]):
        done = subprocess.run([*command, *more, "-o", output, *sources], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return None
    return f"{output.relative_to(folder.parents[2])}: {done.stderr.splitlines()[0]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--suite", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--header", action="append", required=True)
    parser.add_argument("--experimental", required=True)
    options = parser.parse_args()
    # <uv/unix.h> is asked for by uv.h beside its folder.
    folders = {pathlib.Path(header).absolute().parent for header in options.header}
    includes = sorted(str(folder) for folder in folders if folder.name == "include")
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        subprocess.run(["tar", "-xf", options.suite, "-C", root], check=True)
        for gyp in sorted(path for folder in FOLDERS for path in (root / "test" / folder).glob("*/binding.gyp")):
            for target in ast.literal_eval(gyp.read_text(encoding="utf-8"))["targets"]:
                problem = compile_target(target, gyp.parent, includes, pathlib.Path(options.experimental).absolute())
                if problem:
                    # Its tests fail, and the ledger says so.
                    print(problem, file=sys.stderr)
        subprocess.run(["tar", "-cf", options.out, "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "-C", root,
                        *sorted(path.name for path in root.iterdir())], check=True)


if __name__ == "__main__":
    main()
