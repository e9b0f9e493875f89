"""Runs tools/test.py, the harness of Node's own suite, and writes what happened as lines of JSON. Run by run.py:

    harness.py SUITE JOB RESULTS [ARGUMENTS OF test.py ...]

SUITE is a folder with the suite's test/ and tools/. JOB is a JSON file: {"files": [names]}; a name is a file's path
below test/, such as parallel/test-assert.js. RESULTS gets one line per test that ran, at once when it ends:
    {"name", "outcome": pass|skip|fail|crash|timeout, "exit", "seconds", "stdout", "stderr", "note"}
What the suite's own status files skip does not run and gets no line. With JOB {"list": [folders]} nothing is run, and RESULTS
gets one line {"name"} per test the harness knows in those folders.

The harness's command line cannot tell test-worker.js from test-worker.mjs, and its reports do not say what is a crash
and what a timeout. So it is told to run whole folders, and this adds one more of its progress indicators, which sees all cases
first and each result with everything that is known about it. No file of the suite is changed.
"""

import functools
import io
import json
import os
import re
import sys

OUTPUT_LIMIT = 20000

# What common.skip() prints, at the start of a line; and not the results of a test's own children.
SKIPPED = re.compile(r"^1\.\.0 # Skipped: (.*)", re.M)


def outcome_of(output):
    """The harness's own judgement, and what its reports leave out."""
    if output.HasTimedOut():
        return "timeout", ""
    if output.HasCrashed():
        return "crash", ""
    if output.HasFailed():
        return "fail", ""
    skipped = SKIPPED.search(output.output.stdout)
    return ("skip", skipped.group(1).strip()) if skipped else ("pass", "")


def shorten(text):
    if len(text) <= OUTPUT_LIMIT:
        return text
    return text[: OUTPUT_LIMIT // 2] + "\n[...]\n" + text[-OUTPUT_LIMIT // 2:]


def name_of(case):
    return os.path.relpath(case.file, "test")


def list_tests(test, folders, write):
    context = test.Context(os.getcwd(), False, None, [], False, 1, None, False, False, 1, False)
    for folder in folders:
        cases = []
        repository = test.TestRepository(os.path.join("test", folder))
        repository.AddTestsToList(cases, [folder], [], context, "none", "release")
        for case in sorted(cases, key=name_of):
            write({"name": name_of(case)})


def make_indicator(test, wanted, write):

    class LedgerIndicator(test.ProgressIndicator):
        """Runs the wanted cases only, and records each result."""

        def __init__(self, cases, *rest):
            super().__init__([c for c in cases if name_of(c) in wanted], *rest)

        def Starting(self):
            pass

        def AboutToRun(self, case):
            pass

        def HasRun(self, output):
            outcome, note = outcome_of(output)
            write({"name": name_of(output.test), "outcome": outcome, "exit": output.output.exit_code, "note": note,
                   "seconds": round(output.test.duration.total_seconds(), 2),
                   "stdout": shorten(output.output.stdout), "stderr": shorten(output.output.stderr)})

        def Done(self):
            pass

    return LedgerIndicator


def main():
    suite, job_file, results_file = map(os.path.abspath, sys.argv[1:4])
    with open(job_file, encoding="utf-8") as file:
        job = json.load(file)
    tools = os.path.join(suite, "tools")
    # The folders' testcfg.py import `test` and `utils`; the former must not be Python's own.
    sys.path.insert(0, tools)
    os.chdir(suite)
    import test  # pylint: disable=import-outside-toplevel
    # A test that prints what is no UTF-8 would end the harness.
    test.open = functools.partial(io.open, errors="backslashreplace")
    with open(results_file, "w", encoding="utf-8") as results:

        def write(record):
            results.write(json.dumps(record) + "\n")
            results.flush()

        if "list" in job:
            list_tests(test, job["list"], write)
            return
        test.PROGRESS_INDICATORS["dots"] = make_indicator(test, set(job["files"]), write)
        sys.argv = [os.path.join(tools, "test.py"), "--progress=dots", *sys.argv[4:]]
        test.Main()


if __name__ == "__main__":
    main()
