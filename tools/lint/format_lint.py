"""Says which C++ files clang-format would change; ./x fmt changes them. The test //tools/lint:format_test runs it."""

import subprocess
import sys

import tree


def main():
    top = tree.repository()
    files = [n for n in tree.tracked(top) if n.endswith((".cc", ".h"))]
    result = subprocess.run(["clang-format-22", "--style=file", "--dry-run", "-Werror", *files], cwd=top, capture_output=True, text=True, check=False)
    wrong = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "[-Wclang-format-violations]" in line})
    for name in wrong:
        print(f"{name}: not as clang-format would have it: run ./x fmt {name}")
    print(f"{len(files)} files, {len(wrong)} findings")
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
