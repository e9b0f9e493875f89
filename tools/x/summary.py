"""Counts tests in Bazel's build event stream; tools/x/test.sh runs it after every test run.

    summary.py EVENTS.json

Prints the failed ones, then the closing line. A test that could not be built, or never ran, has failed.
"""

import json
import sys


def read_results(lines):
    """Maps each test's label to whether it passed."""
    results = {}
    for line in lines:
        event = json.loads(line)
        name = event["id"]
        if "targetConfigured" in name and event.get("configured", {}).get("testSize"):
            results.setdefault(name["targetConfigured"]["label"], False)
        elif "testSummary" in name and "testSummary" in event:
            results[name["testSummary"]["label"]] = event["testSummary"]["overallStatus"] == "PASSED"
    return results


def main(path):
    with open(path, encoding="utf-8") as events:
        results = read_results(events)
    failed = sorted(label for label, passed in results.items() if not passed)
    for label in failed:
        print(f"FAILED {label}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
