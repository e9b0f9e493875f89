"""./x cache export|import on a cache of three entries, with a Bazel that asks for two of them and makes a fourth."""

import os
import pathlib
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent

# What ./x defines for its commands. This Bazel finds one target; its build fetches entries from the cache it is given.
FUNCTIONS = r"""
step() { echo "> $*"; }
gyre_bazel() {
  echo "bazel $1" >>"$HOME/calls"
  case $1 in
    query) echo "@lib//:lib" ;;
    build)
      local url
      for word in "$@"; do case $word in --remote_cache=*) url=${word#*=} ;; esac; done
      python3 - "$url" <<'PYTHON'
import sys, urllib.request
url = sys.argv[1]
for entry in ("ac/aa11", "cas/bb22"):
    urllib.request.urlopen(f"{url}/{entry}").read()
try:
    urllib.request.urlopen(f"{url}/cas/none")
    raise SystemExit("found what is not there")
except urllib.error.HTTPError as error:
    assert error.code == 404
urllib.request.urlopen(urllib.request.Request(f"{url}/cas/dd44", data=b"made", method="PUT"))
PYTHON
      ;;
  esac
}
export -f step gyre_bazel
"""


def entries(home):
    folder = home / ".cache/gyre/bazel"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class CacheTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.home = pathlib.Path(temporary.name, "home")
        for path, data in (("ac/aa/aa11", b"one"), ("cas/bb/bb22", b"two"), ("cas/cc/cc33", b"another build's")):
            file = self.home / ".cache/gyre/bazel" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        self.packed = pathlib.Path(temporary.name, "packed.tar.zst")

    def cache(self, *arguments, home=None):
        script = FUNCTIONS + f'exec bash "{TOP}/tools/x/cache.sh" "$@"'
        return subprocess.run(["bash", "-c", script, "cache", *map(str, arguments)], capture_output=True, text=True, check=False,
                              env=dict(os.environ, HOME=str(home or self.home), GYRE_TOP=str(TOP)))

    def test_round_trip(self):
        done = self.cache("export", self.packed)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.home / "calls").read_text(encoding="ascii").split("\n"), ["bazel query", "bazel clean", "bazel build", ""])

        other = self.home / "other"
        kept = other / ".cache/gyre/bazel/ac/aa/aa11"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"one")
        done = self.cache("import", self.packed, home=other)
        self.assertEqual(done.returncode, 0, done.stderr)
        # What the build asked for and what it made; nothing of other builds.
        self.assertEqual(entries(other), {"ac/aa/aa11": b"one", "cas/bb/bb22": b"two", "cas/dd/dd44": b"made"})

    def test_same_build_same_file(self):
        self.cache("export", self.packed)
        first = self.packed.read_bytes()
        self.cache("export", self.packed)
        self.assertEqual(self.packed.read_bytes(), first)

    def test_mistakes(self):
        for arguments, message in ((("import", "/nonexistent"), "cannot read /nonexistent"), (("pack", "x"), "usage"), (("export",), "usage")):
            done = self.cache(*arguments)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
