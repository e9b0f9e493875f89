"""Applies rules.py to every file of the repository; the test //tools/lint:tree_test and ./x lint run it.

    tree_lint.py [FILES]       from anywhere in the repository; all of its files by default
"""

import pathlib
import sys

import rules
import tree

BINARY = (".png", ".gz", ".zst", ".xz", ".der", ".p12", ".wasm", ".node", ".bin", ".ico")


def main(files):
    top = tree.repository()
    findings = 0
    names = [str(pathlib.Path(f).resolve().relative_to(top)) for f in files] or [n for n in tree.tracked(top) if not n.endswith(BINARY)]
    for name in names:
        try:
            text = (top / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # Data: sources are UTF-8, and those that must be ASCII are caught as such.
        for line, message in rules.check(name, text):
            print(f"{name}:{line}: {message}")
            findings += 1
    print(f"{len(names)} files, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
