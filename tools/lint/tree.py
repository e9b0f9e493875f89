"""Which files the lint looks at: those that git knows or would take, in the repository that this file is part of."""

import pathlib
import subprocess


def repository():
    # A test sees symlinks into the source tree; what they point to is where git is.
    return pathlib.Path(__file__).resolve().parent.parent.parent


def tracked(top):
    command = ["git", "-c", f"safe.directory={top}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=top, capture_output=True, text=True, check=True).stdout.split("\0")
    return [n for n in names if n and (top / n).is_file() and not (top / n).is_symlink()]
