"""Runs Node's suite with several runtimes and writes docs/scoreboard.md. Run by ./x scoreboard:

    scoreboard.py --suite SUITE [--results FOLDER] [--only NAME] [--resume] NAME=PROGRAM ... [AREA ...]

What each runtime did is kept in FOLDER/NAME.results, one line of JSON per test; a runtime that is not run again (--only) is
counted from there, and --resume runs only the tests that have no result yet. A test passes when the suite's harness says so and the test did not skip itself.
"""

import argparse
import collections
import os
import pathlib
import subprocess
import sys
import time

import areas
import ledger
import suite as suites

TOP = pathlib.Path(__file__).absolute().parent.parent.parent
SHELLS = pathlib.Path(__file__).absolute().parent / "shells"
# For every test and runtime alike. What takes longer fails.
LIMIT = 30
# Tests at a time: what is done is written down after each piece.
PIECE = 400


def shell_of(name, program):
    """A runtime that does not take node's command line has a wrapper, which finds the program in the environment."""
    # Every test looks for globals that Node has not got; Bun and Deno would fail them all.
    variables = {"NODE_TEST_KNOWN_GLOBALS": "0", "NO_COLOR": "1"}
    wrapper = SHELLS / f"{name}.sh"
    if not wrapper.exists():
        return program, variables
    return str(wrapper), {**variables, f"SCOREBOARD_{name.upper()}": program}


def run(name, program, names, options):
    shell, variables = shell_of(name, os.path.abspath(program))
    file = options.results / f"{name}.results"
    results = suites.read_results(file) if options.resume and file.exists() else {}
    left = [test for test in names if test not in results]
    start = time.time()
    for begin in range(0, len(left), PIECE):
        with suites.Suite(options.suite, variables) as suite:
            results.update(suite.run(shell, dict.fromkeys(left[begin:begin + PIECE], LIMIT), options.jobs))
        suites.write_results(file, results)
        print(f"{name}: {sum(map(passed, results.values()))} of {len(results)} pass, {max(0, len(left) - begin - PIECE)} left, "
              f"{time.time() - start:.0f} s", flush=True)


def passed(result):
    return result is not None and result["outcome"] == "pass"


def version(name, program):
    """`bun --version` says a bare number, others a line with the name; Gyre's is that of the Node it replays."""
    question = ["-p", "process.versions.gyre"] if name == "gyre" else ["--version"]
    text = subprocess.run([program, *question], stdout=subprocess.PIPE, text=True, check=True, env={"PATH": "/usr/bin:/bin", "HOME": "/tmp"}).stdout
    word = text.splitlines()[0].split()
    return f"{name} {next((w for w in word if any(c.isdigit() for c in w)), '').lstrip('v')}"


def share(count, total):
    return f"{100 * count / total:.1f} %" if total else ""


def table(groups, names, results):
    """One row per group of tests: how many each runtime passes, and the share of all files."""
    head = ["area", "files", "omitted", *names]
    rows = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for title, files, omitted in groups:
        counts = [sum(passed(results[name].get(file)) for file in files) for name in names]
        rows.append("| " + " | ".join([title, str(len(files)), str(omitted), *(f"{n} ({share(n, len(files))})" for n in counts)]) + " |")
    return "\n".join(rows)


def make_groups(names):
    """Areas, and their sums, as (title, files, how many the ledger omits)."""
    entries = {}
    for area in areas.AREAS:
        entries.update(ledger.load(area))
    by_area = collections.defaultdict(list)
    for name in names:
        by_area[areas.area_of(name)].append(name)

    def group(title, files):
        return title, files, sum(entries.get(file, {}).get("state") == "omit" for file in files)

    covered = [group(area, by_area[area]) for area in areas.COVERED]
    others = [group(area, by_area[area]) for area in areas.AREAS if area not in areas.COVERED]
    sums = [
        group("covered areas", [name for name in names if areas.area_of(name) in areas.COVERED]),
        group("all of parallel", [name for name in names if name.startswith("parallel/")]),
        group("everything", names),
    ]
    return sums, covered, others


PAGE = """\
# Node's own test suite under {runtimes}

Made by `./x scoreboard`, which runs Node's suite (third_party/node_suite) with its own harness under each runtime, on one machine, with
{limit} seconds per test. The figures are files that pass, and their share of *all* files of the area: what the ledger omits
(internals of Node, other platforms; see conformance/node/README.md) is counted as not passed, and so is a test that skips
itself. Bun and Deno are started as conformance/node/shells says. That a test leaves no global behind, which Node's suite checks after each,
is not asked of any of the four.

{sums}

## Areas this release covers

{covered}

## Others

{others}
"""


def write_page(programs, names, options):
    results = {name: suites.read_results(options.results / f"{name}.results") for name in programs}
    order = list(programs)
    sums, covered, others = make_groups(names)
    titles = [version(name, program) for name, program in programs.items()]
    page = PAGE.format(runtimes=", ".join(titles[:-1]) + f" and {titles[-1]}", limit=LIMIT,
                       sums=table(sums, order, results), covered=table(covered, order, results), others=table(others, order, results))
    options.output.write_text(page, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", required=True)
    parser.add_argument("--results", type=pathlib.Path, default=TOP / "bazel-out" / "scoreboard")
    parser.add_argument("--only", action="append", help="run this runtime only; the others' results are there")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=pathlib.Path, default=TOP / "docs" / "scoreboard.md")
    parser.add_argument("words", nargs="+", metavar="NAME=PROGRAM or AREA")
    options = parser.parse_args()
    programs = dict(word.split("=", 1) for word in options.words if "=" in word)
    wanted = [word for word in options.words if "=" not in word] or areas.AREAS
    options.results.mkdir(parents=True, exist_ok=True)
    with suites.Suite(options.suite) as suite:
        names = [name for name in suite.list(areas.FOLDERS) if areas.area_of(name) in wanted]
    for name, program in programs.items():
        if not options.only or name in options.only:
            run(name, program, names, options)
    write_page(programs, names, options)


if __name__ == "__main__":
    sys.exit(main())
