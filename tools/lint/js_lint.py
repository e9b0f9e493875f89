"""Runs ESLint, pinned, on every JavaScript file of the repository; the test //tools/lint:js_test and ./x lint run it.

    js_lint.py NODE NODE_MODULES
"""

import os
import subprocess
import sys

import tree


def main(node, modules):
    top = tree.repository()
    files = [n for n in tree.tracked(top) if n.endswith((".js", ".mjs", ".cjs"))]
    command = [os.path.abspath(node), os.path.join(os.path.abspath(modules), "eslint/bin/eslint.js"),
               "--config", str(top / "tools/lint/eslint.config.js"), "--no-warn-ignored", *files]
    return subprocess.run(command, cwd=top, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
