"""Unpacks Node's suite into a folder of its own and runs its harness there. Used by run.py and scoreboard.py.

The suite is copied, not linked: tests write beside their files, look for ../../out/Release/node, and resolve links. The copy is
in /tmp, because the names of sockets must be short, with the same environment wherever it runs.
"""

import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

HARNESS = pathlib.Path(__file__).absolute().parent / "harness.py"

# Seconds for a test that passes, on a busy machine; for one that is expected to fail; and for one that is known to hang.
LIMIT, FAIL_LIMIT, HANG_LIMIT = 120, 20, 5


def read_results(path):
    """Name to result, of a file with one result per line."""
    with open(path, encoding="utf-8") as file:
        return {record["name"]: record for record in map(json.loads, file)}


def write_results(path, results):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(result) + "\n" for result in results.values())


class Suite:
    """A context manager: the unpacked suite."""

    def __init__(self, source, variables=None, keep=False):
        self._source = pathlib.Path(source)
        self._keep = keep
        self._variables = variables or {}
        self._root = None

    def __enter__(self):
        self._root = pathlib.Path(tempfile.mkdtemp(prefix="suite-", dir="/tmp"))
        self.folder = self._root / "node"
        if self._source.is_dir():
            shutil.copytree(self._source, self.folder, symlinks=True)
        else:
            self.folder.mkdir()
            subprocess.run(["tar", "-xf", self._source, "-C", self.folder], check=True)
        for name in ("home", "tmp"):
            (self._root / name).mkdir()
        return self

    def __exit__(self, *_):
        self._end_leftovers()
        if self._keep:
            print(f"the suite is left in {self.folder}")
            return
        # A test may have left a folder that cannot be entered.
        subprocess.run(["chmod", "-R", "u+rwX", self._root], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self._root, ignore_errors=True)

    def environment(self):
        ours = {name: value for name, value in os.environ.items() if name == "GYRE_BUILTINS_DIR"}
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self._root / "home"), "TMPDIR": str(self._root / "tmp"),
                "NODE_TEST_DIR": str(self._root / "tmp"), "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color", **ours, **self._variables}

    def _end_leftovers(self):
        """Ends what tests left running: whatever has our temporary folder in its environment."""
        mark = f"NODE_TEST_DIR={self._root / 'tmp'}".encode()
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                pass

    def _harness(self, job, arguments):
        """Runs harness.py on a job and returns name to record."""
        job_file, results = self._root / "job.json", self._root / "results"
        job_file.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run([sys.executable, HARNESS, self.folder, job_file, results, *arguments], env=self.environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", check=False)
        found = read_results(results) if results.exists() else {}
        if done.returncode or "Can't " in done.stdout:
            # The shell does not even say what process.arch is.
            raise SystemExit(f"the suite's harness failed:\n{done.stdout[-4000:]}")
        return found

    def list(self, folders):
        present = [folder for folder in folders if (self.folder / "test" / folder).is_dir()]
        return list(self._harness({"list": present}, []))

    def run(self, shell, limits, jobs):
        """Runs the tests of `limits` (name to seconds) and returns name to result."""
        release = self.folder / "out" / "Release"
        release.mkdir(parents=True, exist_ok=True)
        (release / "node").unlink(missing_ok=True)
        (release / "node").symlink_to(shell)
        results = {}
        groups = collections.defaultdict(list)
        for name, limit in limits.items():
            # The pseudo-tty suite starts its tests with a helper of its own.
            groups[(limit, name.startswith("pseudo-tty/"))].append(name)
        for (limit, is_tty), names in sorted(groups.items(), reverse=True):
            arguments = [f"--shell={shell}", f"--timeout={limit}", f"-j{jobs}"]
            if not is_tty:
                # The harness asks a test to end and waits for ever; this ends it and its children.
                arguments.append(f"--special-command=timeout -s KILL {limit + 5} @")
            folders = sorted({name.split("/")[0] for name in names})
            results.update(self._harness({"files": names}, [*arguments, *folders]))
        return results
