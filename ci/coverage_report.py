"""Counts an lcov report by folder of runtime/; ci/coverage runs it.

    coverage_report.py REPORT.dat
"""

import collections
import re
import sys


def count(lines):
    """{folder: [lines run, lines]}. A file is in the report once for each test; a line counts when any of them ran it."""
    runs = collections.defaultdict(lambda: collections.defaultdict(int))
    file = None
    for line in lines:
        if line.startswith("SF:"):
            match = re.search(r"(?:^|/)(runtime/.+)$", line[3:].strip())
            file = match.group(1) if match and not match.group(1).endswith("_test.cc") else None
        elif line.startswith("DA:") and file:
            number, hits = line[3:].strip().split(",")[:2]
            runs[file][int(number)] += int(hits)
    folders = collections.defaultdict(lambda: [0, 0])
    for file, hits in runs.items():
        folder = folders[file.split("/")[1]]
        folder[0] += sum(1 for n in hits.values() if n > 0)
        folder[1] += len(hits)
    return folders


def main(report):
    with open(report, encoding="utf-8") as file:
        folders = count(file)
    for name, (run, total) in sorted(folders.items()):
        print(f"{name:20} {100 * run / total:5.1f} % of {total}")
    run, total = (sum(f[i] for f in folders.values()) for i in (0, 1))
    if total == 0:
        raise SystemExit("the report has no line of runtime/")
    print(f"lines: {100 * run / total:.1f} % (of {total})")


if __name__ == "__main__":
    main(sys.argv[1])
