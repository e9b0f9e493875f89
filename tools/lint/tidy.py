"""Runs clang-tidy on C++ files with the command lines that Bazel compiles them with; ./x lint runs it.

    tidy.py FILES
"""

import json
import os
import subprocess
import sys

import tree

BAZEL = os.environ.get("GYRE_BAZEL", "bazel")


def command_lines(files):
    """Bazel's compile command of each file that it compiles."""
    inputs = "|".join(file.replace(".", r"\.") for file in files)
    query = f'mnemonic("CppCompile", inputs("({inputs})", //runtime/... + //third_party/...))'
    result = subprocess.run([BAZEL, "aquery", "--output=jsonproto", "--noinclude_artifacts", query], capture_output=True, text=True, check=True)
    commands = {}
    for action in json.loads(result.stdout).get("actions", []):
        arguments = action["arguments"]
        source = arguments[arguments.index("-c") + 1]
        if source in files:
            commands[source] = arguments
    return commands


def main(files):
    execution_root = subprocess.run([BAZEL, "info", "execution_root"], capture_output=True, text=True, check=True, cwd=tree.repository()).stdout.strip()
    commands = command_lines(files)
    status = 0
    for file in files:
        if file not in commands:
            print(f"{file}: no target compiles it")
            continue
        flags = [a for a in commands[file][1:] if not a.startswith(("-M", "-o", "-c")) and not a.endswith((".d", ".o", file))]
        print(f"clang-tidy {file}", flush=True)
        tidy = ["clang-tidy-22", "--quiet", f"--config-file={tree.repository()}/.clang-tidy", f"{tree.repository()}/{file}", "--", *flags]
        status |= subprocess.run(tidy, cwd=execution_root, check=False).returncode
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
