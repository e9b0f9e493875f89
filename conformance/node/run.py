"""Runs Node's own test suite with one runtime and compares what happens with the ledger (ledger.py, README.md).

    run.py --shell GYRE --suite SUITE [AREA ...] [--match WORD]     runs, prints the table; 1 if anything is not as the ledger says
    run.py ... --update      moves unexpected passes to pass; never the other way
    run.py ... --record      writes down everything as it is: for new files of the suite, and when a failure's reason changed
    run.py ... --presubmit   without what is known to hang; what Bazel runs
    run.py ... --check       only whether ledger and suite name the same files, and every line is right

SUITE is the suite as a .tar or as a folder with test/ and tools/. An area is a file of ledger/; without one, all are run.
"""

import argparse
import collections
import os
import pathlib
import sys

import areas
import ledger
import reasons
import suite as suites


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", nargs="*", metavar="AREA")
    parser.add_argument("--shell", help="the runtime under test")
    parser.add_argument("--suite", required=True)
    parser.add_argument("--match", default="", help="only tests whose names contain this")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--presubmit", action="store_true")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--update", action="store_true")
    mode.add_argument("--record", action="store_true")
    mode.add_argument("--check", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the unpacked suite in /tmp, and what its tests wrote")
    parser.add_argument("--reference", help="with --record: results of node, written by scoreboard.py")
    parser.add_argument("--save", type=pathlib.Path, help="keep the results as scoreboard.py does")
    parser.add_argument("--ledger", type=pathlib.Path, default=ledger.FOLDER, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    unknown = set(options.areas) - set(areas.AREAS)
    if unknown:
        parser.error(f"unknown area {', '.join(sorted(unknown))}; there are {' '.join(areas.AREAS)}")
    if not options.shell and not options.check:
        parser.error("--shell is missing")
    options.areas = options.areas or list(areas.AREAS)
    return options


def load(options):
    """All entries of the areas chosen; prints what is wrong and returns whether anything was."""
    entries, problems = {}, []
    for area in options.areas:
        try:
            entries.update(ledger.load(area, options.ledger))
        except ledger.LedgerError as error:
            problems.append(str(error))
    return entries, problems


def limits_of(names, entries, options):
    """Name to seconds of what is to be run."""
    limits = {}
    for name in names:
        entry = entries.get(name, {"state": "fail"})
        if options.match not in name or (entry["state"] == "omit" and not options.record):
            continue
        if entry.get("hangs"):
            if not options.presubmit:
                limits[name] = suites.FAIL_LIMIT if options.record else suites.HANG_LIMIT
        elif entry["state"] == "pass":
            limits[name] = entry.get("limit", suites.LIMIT)
        else:
            limits[name] = entry.get("limit", suites.FAIL_LIMIT)
    return limits


def print_table(entries):
    rows = collections.defaultdict(collections.Counter)
    for name, entry in entries.items():
        rows[areas.area_of(name)][entry["state"]] += 1
    total = sum(rows.values(), collections.Counter())
    print(f"{'area':20} {'pass':>6} {'fail':>6} {'omit':>6} {'of all':>8}")
    for area, row in [*sorted(rows.items()), ("all", total)]:
        print(f"{area:20} {row['pass']:6} {row['fail']:6} {row['omit']:6} {100 * row['pass'] / max(1, sum(row.values())):7.1f}%")


def print_result(result):
    for stream in ("stderr", "stdout"):
        text = result[stream].strip()
        if text:
            print("\n".join(f"    {line}" for line in text.splitlines()[-40:]))


def save(entries, changed, options):
    for area in sorted({areas.area_of(name) for name in changed}):
        ledger.save(area, {name: entry for name, entry in entries.items() if areas.area_of(name) == area}, options.ledger)


def update(entries, results, options):
    """Moves what passes now; returns the names."""
    moved = [name for name, result in results.items() if result["outcome"] == "pass" and entries.get(name, {}).get("state") == "fail"]
    for name in moved:
        limit = {"limit": entries[name]["limit"]} if "limit" in entries[name] else {}
        entries[name] = {"state": "pass", **limit}
    save(entries, moved, options)
    return moved


def keeps_reason(old, new):
    """What a person wrote about a test that still does not pass stays."""
    return old is not None and old["state"] == "omit" and new["state"] != "pass"


def record(entries, names, results, options, folder):
    reference = suites.read_results(options.reference) if options.reference else {}
    changed = []
    for name in names:
        if options.match not in name:
            continue
        old = entries.get(name)
        source = (folder / "test" / name).read_text(encoding="utf-8", errors="replace")
        limit = (old or {}).get("limit", suites.FAIL_LIMIT)
        new = reasons.entry_for(name, results.get(name), source, limit, reference.get(name))
        if old and "limit" in old:
            new["limit"] = old["limit"]
        if new != old and not keeps_reason(old, new):
            entries[name] = new
            changed.append(name)
    for name in set(entries) - set(names):
        changed.append(name)
        del entries[name]
    save(entries, changed, options)
    return changed


def judge_all(entries, results, limits):
    problems = []
    for name in sorted(limits):
        problem = ledger.judge(name, entries[name], results.get(name))
        if problem:
            problems.append((problem, results.get(name)))
    return problems


def main(arguments=None):
    options = parse_arguments(arguments)
    entries, problems = load(options)
    with suites.Suite(options.suite, keep=options.keep) as suite:
        names = [name for name in suite.list(areas.FOLDERS) if areas.area_of(name) in options.areas]
        if not options.record:
            problems += ledger.compare_with_suite(entries, names)
        for problem in problems:
            print(problem)
        if problems or options.check:
            print_table(entries)
            return 1 if problems else 0

        limits = limits_of(names, entries, options)
        results = suite.run(os.path.abspath(options.shell), limits, options.jobs)
        if options.save:
            suites.write_results(options.save, results)
        if options.record:
            for name in record(entries, names, results, options, suite.folder):
                print(f"{name}: {entries.get(name, 'not in the suite any more')}")
            print_table(entries)
            return 0

    if options.update:
        for name in update(entries, results, options):
            print(f"{name}: passes now")
    wrong = judge_all(entries, results, limits)
    for problem, result in wrong:
        print(problem)
        if result and result["outcome"] != "pass":
            print_result(result)
    print_table(entries)
    print(f"{len(limits)} run, {len(wrong)} not as the ledger says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
