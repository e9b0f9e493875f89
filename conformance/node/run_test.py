"""Tests of the runner, with a suite of a few files under the real harness: everything that must turn a run red does.

    run_test.py SUITE.tar
"""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import areas
import ledger
import reasons
import run
import suite as suites

SUITE = None

# The runtime under test is bash: a test's file is a script. The harness asks it for process.arch and the like with -p.
SHELL = """#!/bin/bash
if [ "$1" = -p ]; then echo x64; else exec bash "${@: -1}"; fi
"""
PASSES, FAILS = "exit 0\n", "echo 'Error: it is broken' >&2\nexit 1\n"
CRASHES, HANGS = "kill -SEGV $$\n", "sleep 100\n"
SKIPS = "echo '1..0 # Skipped: no printer'\n"


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.suite = self.top / "suite"
        self.suite.mkdir()
        self.ledger = self.top / "ledger"
        self.ledger.mkdir()
        subprocess.run(["tar", "-xf", SUITE, "-C", self.suite, "tools", "test/root.status", "test/testpy", "test/parallel/testcfg.py"],
                       check=True)
        self.shell = self.top / "shell"
        self.shell.write_text(SHELL)
        self.shell.chmod(0o755)
        limits = suites.LIMIT, suites.FAIL_LIMIT, suites.HANG_LIMIT
        suites.LIMIT, suites.FAIL_LIMIT, suites.HANG_LIMIT = 2, 1, 1
        self.addCleanup(lambda: setattr(suites, "LIMIT", limits[0]) or setattr(suites, "FAIL_LIMIT", limits[1]) or
                        setattr(suites, "HANG_LIMIT", limits[2]))

    def write(self, **files):
        for name, text in files.items():
            (self.suite / f"test/parallel/test-os-{name}.js").write_text(text)

    def write_ledger(self, *lines, area="os"):
        (self.ledger / f"{area}.jsonc").write_text("// comment\n{\n" + "\n".join(lines) + "\n}\n")

    def run_it(self, *arguments):
        """The exit code and what was printed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            code = run.main([f"--shell={self.shell}", f"--suite={self.suite}", f"--ledger={self.ledger}", *arguments, "os"])
        return code, output.getvalue()

    def expect_red(self, text, *arguments):
        code, output = self.run_it(*arguments)
        self.assertIn(text, output)
        self.assertEqual(code, 1)

    def test_as_the_ledger_says(self):
        self.write(a=PASSES, b=FAILS, c=FAILS, d=CRASHES, e=SKIPS)
        self.write_ledger(line("a", "pass"), line("b", "fail", "why"), line("c", "omit", "why"), line("d", "fail", "why"),
                          line("e", "fail", "why"))
        code, output = self.run_it()
        self.assertIn("4 run, 0 not as the ledger says", output)
        self.assertEqual(code, 0)

    def test_unlisted(self):
        self.write(a=PASSES, b=PASSES)
        self.write_ledger(line("a", "pass"))
        self.expect_red("parallel/test-os-b.js: not in the ledger")
        self.expect_red("parallel/test-os-b.js: not in the ledger", "--check")

    def test_no_ledger(self):
        self.write(a=PASSES)
        self.expect_red("parallel/test-os-a.js: not in the ledger")

    def test_not_in_the_suite(self):
        self.write(a=PASSES)
        self.write_ledger(line("a", "pass"), line("b", "pass"))
        self.expect_red("parallel/test-os-b.js: in the ledger, but not in the suite")

    def test_duplicate(self):
        self.write(a=PASSES)
        self.write_ledger(line("a", "pass"), line("a", "pass"))
        self.expect_red('os.jsonc: duplicate "parallel/test-os-a.js"')

    def test_wrong_area(self):
        self.write(a=PASSES)
        self.write_ledger(line("a", "pass"), '"parallel/test-fs-a.js": {"state": "pass"},')
        self.expect_red("parallel/test-fs-a.js: belongs into fs.jsonc")

    def test_unknown_key(self):
        self.write(a=PASSES)
        self.write_ledger('"parallel/test-os-a.js": {"state": "pass", "retry": 3},')
        self.expect_red('unknown key "retry"')

    def test_wrong_type(self):
        self.write(a=PASSES)
        self.write_ledger('"parallel/test-os-a.js": {"state": "pass", "limit": "long"},')
        self.expect_red('"limit" is not of type int')

    def test_unknown_state(self):
        self.write(a=PASSES)
        self.write_ledger(line("a", "flaky", "why"))
        self.expect_red('unknown state "flaky"')

    def test_no_json(self):
        self.write(a=PASSES)
        self.write_ledger('"parallel/test-os-a.js": pass')
        self.expect_red("os.jsonc: Expecting value")

    def test_missing_reason(self):
        self.write(a=FAILS)
        for state in ("fail", "omit"):
            self.write_ledger(line("a", state))
            self.expect_red(f"{state} without a reason")
            self.write_ledger(line("a", state, "  "))
            self.expect_red(f"{state} without a reason")

    def test_unexpected_pass(self):
        self.write(a=PASSES)
        self.write_ledger(line("a", "fail", "why"))
        self.expect_red("parallel/test-os-a.js: unexpected pass")

    def test_unexpected_fail(self):
        self.write(a=FAILS)
        self.write_ledger(line("a", "pass"))
        self.expect_red("parallel/test-os-a.js: unexpected fail")
        self.expect_red("it is broken")

    def test_unexpected_crash(self):
        self.write(a=CRASHES)
        self.write_ledger(line("a", "pass"))
        self.expect_red("parallel/test-os-a.js: unexpected crash")

    def test_unexpected_timeout(self):
        self.write(a=HANGS)
        self.write_ledger(line("a", "pass"))
        self.expect_red("parallel/test-os-a.js: unexpected timeout")

    def test_unexpected_skip(self):
        self.write(a=SKIPS)
        self.write_ledger(line("a", "pass"))
        self.expect_red("parallel/test-os-a.js: unexpected skip")

    def test_skipped_by_the_suite(self):
        self.write(a=PASSES, b=PASSES)
        (self.suite / "test/parallel/parallel.status").write_text("prefix parallel\n[true]\ntest-os-a: SKIP\n")
        self.write_ledger(line("a", "pass"), line("b", "pass"))
        self.expect_red("parallel/test-os-a.js: unexpected not run")

    def test_presubmit_leaves_out_what_hangs(self):
        self.write(a=HANGS, b=PASSES)
        self.write_ledger('"parallel/test-os-a.js": {"state": "fail", "reason": "why", "hangs": true},', line("b", "pass"))
        self.assertIn("1 run, 0 not", self.run_it("--presubmit")[1])
        self.assertIn("2 run, 0 not", self.run_it()[1])

    def test_update_moves_only_to_pass(self):
        self.write(a=PASSES, b=FAILS)
        self.write_ledger(line("a", "fail", "why"), line("b", "pass"))
        self.expect_red("parallel/test-os-b.js: unexpected fail", "--update")
        self.assertEqual(ledger.load("os", self.ledger), {name("a"): {"state": "pass"}, name("b"): {"state": "pass"}})

    def test_record(self):
        self.write(a=PASSES, b=FAILS, c=CRASHES, d=HANGS, e=SKIPS, f=FAILS)
        self.write_ledger(line("a", "fail", "old"), line("f", "omit", "kept"), line("gone", "pass"))
        self.assertEqual(self.run_it("--record")[0], 0)
        self.assertEqual(ledger.load("os", self.ledger), {
            name("a"): {"state": "pass"},
            name("b"): {"state": "fail", "reason": "Error: it is broken"},
            name("c"): {"state": "fail", "reason": "ends by signal 11"},
            name("d"): {"state": "fail", "reason": "does not end within 1 s", "hangs": True},
            name("e"): {"state": "fail", "reason": "skips itself: no printer"},
            name("f"): {"state": "omit", "reason": "kept"},
        })
        self.assertEqual(self.run_it()[0], 0)

    def test_what_a_test_leaves_running_is_ended(self):
        self.write(a=f"sleep 1000 & echo $! > {self.top}/pid\n")
        self.write_ledger(line("a", "pass"))
        self.assertEqual(self.run_it()[0], 0)
        status = pathlib.Path("/proc", (self.top / "pid").read_text().strip(), "status")
        self.assertTrue(not status.exists() or "State:\tZ" in status.read_text())


class AreasTest(unittest.TestCase):
    def test_area_of(self):
        for file, area in {"parallel/test-fs-read.js": "fs", "parallel/test-http2-x.js": "http2", "parallel/test-http-x.js": "http",
                           "parallel/test-fsx.js": "misc", "parallel/test-stream2-x.js": "stream", "wpt/test-url.js": "wpt",
                           "sequential/test-fs-watch.js": "sequential", "parallel/test-file.js": "buffer"}.items():
            self.assertEqual(areas.area_of(file), area, file)


class ReasonsTest(unittest.TestCase):
    def reason(self, stderr, outcome="fail"):
        result = {"outcome": outcome, "exit": 1, "seconds": 0.1, "note": "", "stdout": "", "stderr": stderr}
        return reasons.reason_for("parallel/test-os-a.js", result, 20)

    def test_difference(self):
        text = ("AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n+ actual - expected\n\n+ 'a'\n- 'b'\n\n"
                "    at Object.<anonymous> (/x/test/parallel/test-os-a.js:7:8)\n")
        self.assertEqual(self.reason(text), "line 7: expected 'b', got 'a'")

    def test_error(self):
        self.assertEqual(self.reason("x\n\nTypeError [ERR_X]: bad thing\n    at a (node:fs:1:1)\n"), "TypeError [ERR_X]: bad thing")

    def test_calls(self):
        self.assertEqual(self.reason("Mismatched <anonymous> function calls. Expected exactly 1, actual 0.\n"),
                         "Expected exactly 1, actual 0 calls of <anonymous>")


def name(word):
    return f"parallel/test-os-{word}.js"


def line(word, state, reason=None):
    return f"{json.dumps(name(word))}: {json.dumps({'state': state, **({'reason': reason} if reason is not None else {})})},"


if __name__ == "__main__":
    SUITE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
