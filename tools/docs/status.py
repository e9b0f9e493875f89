"""Makes README's status table: which of Node's built-in modules Gyre has, by comparing what the two export.

    status.py --gyre GYRE --node NODE README.md           writes the table between its two markers
    status.py --gyre GYRE --node NODE --check README.md   exits with 1 when the table claims what is not so

A table that lags behind is no error; one that overstates is.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

PROBE = pathlib.Path(__file__).absolute().parent / "exports.js"
BEGIN, END = "<!-- status: made by ./x status -->", "<!-- end of status -->"
COMPLETE, PARTLY, MISSING = "all exports", "some exports missing", "not yet"


def probe(runtime, names=()):
    result = subprocess.run([runtime, str(PROBE), *names], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                            timeout=120, check=True, env=dict(os.environ, NODE_NO_WARNINGS="1"))
    return json.loads(result.stdout)


def classify(node, gyre):
    """State to list of (module, missing exports)."""
    states = {COMPLETE: [], PARTLY: [], MISSING: []}
    for name, keys in sorted(node.items()):
        if keys is None:
            continue
        have = gyre.get(name)
        missing = sorted(set(keys) - set(have or []))
        state = MISSING if have is None else PARTLY if missing else COMPLETE
        states[state].append((name, missing))
    return states


def make_table(states):
    total = sum(len(modules) for modules in states.values())
    rows = [f"| Of Node's {total} built-in modules | |", "| --- | --- |"]
    for state in (COMPLETE, PARTLY, MISSING):
        names = [f"{name} ({len(missing)} missing)" if state == PARTLY else name for name, missing in states[state]]
        if names:
            rows.append(f"| {state} ({len(names)}) | {', '.join(names)} |")
    return "\n".join(rows)


def claimed(text, state):
    row = re.search(rf"^\| {re.escape(state)} \(\d+\) \| (.*) \|$", text, re.M)
    return set(filter(None, re.sub(r" \(\d+ missing\)", "", row.group(1)).split(", "))) if row else set()


def overstated(text, states):
    """What the table claims to be better than it is."""
    rank = {name: number for number, state in enumerate((MISSING, PARTLY, COMPLETE)) for name, _ in states[state]}
    claims = {name: number for number, state in enumerate((MISSING, PARTLY, COMPLETE)) for name in claimed(text, state)}
    return sorted(name for name, claim in claims.items() if claim > rank.get(name, 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gyre", required=True)
    parser.add_argument("--node", required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("readme")
    options = parser.parse_args()
    node = probe(os.path.abspath(options.node))
    states = classify(node, probe(os.path.abspath(options.gyre), sorted(node)))
    text = pathlib.Path(options.readme).read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    if options.check:
        wrong = overstated(old, states)
        if wrong:
            raise SystemExit(f"README claims more than there is for {', '.join(wrong)}: run ./x status")
        return
    pathlib.Path(options.readme).write_text(f"{before}{BEGIN}\n{make_table(states)}\n{END}{after}", encoding="utf-8")
    for name, missing in states[PARTLY]:
        print(f"{name} lacks {', '.join(missing)}")


if __name__ == "__main__":
    sys.exit(main())
