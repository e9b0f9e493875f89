"""Runs a folder of semantics cases with one runtime and compares what they print.

    run.py --shell RUNTIME FOLDER [CASE ...]
    run.py --shell RUNTIME --write FOLDER      writes the expected output: only ever with node, then read it

A case is a small program, <name>.js or .mjs (or a folder <name>/ with a main.js or main.mjs in it), beside <name>.out, what it
prints to standard output. Comments in its first lines direct the run:
    // flags: --expose-gc          options before the file
    // args: a b                   arguments behind it
    // exit: 3                     the exit code, 0 if not said
    // env: NAME=value             an environment variable; may be repeated
    // stdin: text                 standard input
    // only gyre: why              node is not expected to pass, and here is why
Absolute paths of the folder are printed as <DIR>, so the output is the same wherever it runs.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

TIMEOUT_S = 60


def find_cases(folder):
    cases = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".js", ".mjs", ".cjs"):
            cases[path.stem] = path
        elif path.is_dir():
            for main in ("main.js", "main.mjs", "main.cjs"):
                if (path / main).exists():
                    cases[path.name] = path / main
    return cases


# What the sanitizers are told (.bazelrc) is told to the programs too.
SANITIZERS = {name: text for name, text in os.environ.items() if name.endswith("SAN_OPTIONS")}


def directives(path):
    found = {"env": {}}
    for line in path.read_text(encoding="utf-8").splitlines()[:10]:
        match = re.match(r"// (flags|args|exit|env|stdin|only gyre): (.*)$", line)
        if not match:
            continue
        key, value = match.groups()
        if key == "env":
            name, _, text = value.partition("=")
            found["env"][name] = text
        else:
            found[key] = value
    return found


def run_case(shell, path, folder):
    d = directives(path)
    command = [shell, *d.get("flags", "").split(), str(path), *d.get("args", "").split()]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("TEST_TMPDIR", "/tmp"),
                   "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", **SANITIZERS, **d["env"]}
    try:
        done = subprocess.run(command, input=d.get("stdin", "").encode(), capture_output=True, cwd=path.parent,
                              timeout=TIMEOUT_S, env=environment)
    except subprocess.TimeoutExpired as late:
        return d, (late.stdout or b"").decode(errors="replace"), "timeout", (late.stderr or b"").decode(errors="replace")
    text = done.stdout.decode(errors="replace").replace(str(folder), "<DIR>")
    return d, text, done.returncode, done.stderr.decode(errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shell", required=True)
    parser.add_argument("--reference", action="store_true", help="the shell is node: cases marked `only gyre` are passed over")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    shell = os.path.abspath(options.shell)
    folder = options.folder.resolve()
    cases = find_cases(folder)
    if not cases:
        raise SystemExit(f"{folder}: no cases")

    failed, passed = [], 0
    for name, path in cases.items():
        if options.cases and name not in options.cases:
            continue
        d, text, code, errors = run_case(shell, path, folder)
        if options.reference and "only gyre" in d:
            continue
        expected_file = folder / f"{name}.out"
        if options.write:
            expected_file.write_text(text, encoding="utf-8")
        expected = expected_file.read_text(encoding="utf-8") if expected_file.exists() else None
        expected_code = int(d.get("exit", 0))
        if text == expected and code == expected_code:
            passed += 1
            continue
        failed.append(name)
        print(f"--- {name}: exit code {code}, expected {expected_code}")
        if text != expected:
            print(f"expected:\n{expected}\ngot:\n{text}")
        print(errors)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
