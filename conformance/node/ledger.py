"""The ledger: which state each file of Node's suite has. One file per area, ledger/<area>.jsonc, with one line per test:

    "parallel/test-fs-read.js": {"state": "pass"},
    "parallel/test-fs-x.js": {"state": "fail", "reason": "line 12: expected 'a', got 'b'"},
    "parallel/test-fs-y.js": {"state": "omit", "reason": "takes internal/fs/dir of Node's own sources"},

pass   it passes, and must
fail   it does not pass, for the reason given; a pass is an error, too: the line is moved to pass
omit   it never will, for the reason given; not run
Further keys: "limit": seconds, for a test that takes longer than others; "hangs": true, on fail, for a test that does not end
by itself: the presubmit does not wait for it.
The lines are sorted by name and each ends with a comma, so that changes to different tests merge.
"""

import json
import pathlib

import areas

FOLDER = pathlib.Path(__file__).absolute().parent / "ledger"
STATES = ("pass", "fail", "omit")
KEYS = {"state": str, "reason": str, "limit": int, "hangs": bool}


class LedgerError(Exception):
    """The ledger is not what it must be; the text says where."""


def _no_duplicates(pairs):
    found = {}
    for key, value in pairs:
        if key in found:
            raise LedgerError(f'duplicate "{key}"')
        found[key] = value
    return found


def parse(text):
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    body = "\n".join(lines).rstrip().removesuffix("}").rstrip().removesuffix(",") + "\n}"
    return json.loads(body, object_pairs_hook=_no_duplicates)


def problems_of(name, entry):
    """What is wrong with one entry, as a list of texts."""
    if not isinstance(entry, dict):
        return [f"{name}: not an object"]
    found = [f'{name}: unknown key "{key}"' for key in entry if key not in KEYS]
    found += [f'{name}: "{key}" is not of type {kind.__name__}' for key, kind in KEYS.items()
              if key in entry and type(entry[key]) is not kind]
    state = entry.get("state")
    if state not in STATES:
        found.append(f'{name}: unknown state "{state}"')
    elif state == "pass" and "reason" in entry:
        found.append(f"{name}: passes, and has a reason")
    elif state != "pass" and not str(entry.get("reason", "")).strip():
        found.append(f"{name}: {state} without a reason")
    if entry.get("hangs") and state != "fail":
        found.append(f'{name}: "hangs" is for tests that fail')
    return found


def load(area, folder=FOLDER):
    """Name to entry; raises LedgerError with all that is wrong."""
    path = folder / f"{area}.jsonc"
    try:
        entries = parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (LedgerError, ValueError) as error:
        raise LedgerError(f"{path.name}: {error}") from None
    problems = [problem for name, entry in entries.items() for problem in problems_of(name, entry)]
    problems += [f"{name}: belongs into {areas.area_of(name)}.jsonc" for name in entries if areas.area_of(name) != area]
    if problems:
        raise LedgerError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return entries


def compare_with_suite(entries, upstream):
    """The ledger and the suite must name the same files."""
    return ([f"{name}: not in the ledger: every file of the suite has a state" for name in sorted(set(upstream) - set(entries))] +
            [f"{name}: in the ledger, but not in the suite" for name in sorted(set(entries) - set(upstream))])


def save(area, entries, folder=FOLDER):
    lines = [f"// State of the files of Node's suite in the area {area}: see conformance/node/README.md. One line each, sorted.", "{"]
    lines += [f"  {json.dumps(name)}: {json.dumps(entries[name], ensure_ascii=False)}," for name in sorted(entries)]
    (folder / f"{area}.jsonc").write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


def judge(name, entry, result):
    """What is wrong with a result, or None. A test that skips itself did not pass."""
    outcome = result["outcome"] if result else "not run: the suite's own status file skips it"
    if entry["state"] == "omit":
        return None
    if entry["state"] == "pass" and outcome != "pass":
        return f"{name}: unexpected {outcome}"
    if entry["state"] == "fail" and outcome == "pass":
        return f"{name}: unexpected pass: --update moves it"
    if not result:
        return f"{name}: {outcome}"
    return None
