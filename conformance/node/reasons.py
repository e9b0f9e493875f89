"""Words a reason for the ledger from what a test printed. Used by `run.py --record`; people improve them."""

import re

LENGTH = 180
ERROR = re.compile(r"^(?:Uncaught:? )?(?:\[?)((?:[A-Z]\w*)?(?:Error|Exception)\b(?: \[\w+\])?:? ?.*)$")
MISMATCH = re.compile(r"^Mismatched (.*) function calls\. (Expected .*)$")
FATAL = re.compile(r"(Check failed.*|Fatal .*|# Fatal.*|.*CHECK failed.*|.*AddressSanitizer.*)")
# What a test that skips itself says when no machine of ours can run it.
ELSEWHERE = re.compile(r"windows|win32|macos|osx|darwin|aix|ibm ?i|solaris|sunos|smartos|freebsd|android|arm\b|32-bit|big endian", re.I)
# Files of Node's repository that Debian's package has not got.
NOT_PACKAGED = re.compile(r"'(?:<suite>/|(?:\.\./)+)((?:deps|benchmark|src|lib|test/fixtures|snapshot)/[^']*|lib)'")
INTERNALS = re.compile(r"(?:require\(|from |import\()'(internal/[^']+)'|(internalBinding\('[^']+'\))")


def _lines(result):
    text = re.sub(r"\x1b\[[0-9;]*m", "", result["stderr"] + "\n" + result["stdout"])
    text = re.sub(r"(?:file://)?/tmp/suite-\w+/node", "<suite>", text)
    text = re.sub(r"/tmp/suite-\w+/tmp", "<tmp>", text)
    text = re.sub(r"\S+: bad option: ", "Error: bad option: ", text)
    return [line.strip() for line in text.splitlines()]


def _place(name, lines):
    base = re.escape(name.rpartition("/")[2])
    for line in lines:
        found = re.search(rf"^at .*{base}:(\d+):\d+", line)
        if found:
            return f"line {found.group(1)}: "
    return ""


def _difference(lines, start):
    """The first expected and got lines of an assertion's difference."""
    got = next((line[2:].strip() for line in lines[start:start + 40] if re.match(r"\+ (?!actual)", line)), None)
    expected = next((line[2:].strip() for line in lines[start:start + 40] if re.match(r"- (?!expected)", line)), None)
    if got is not None and expected is not None:
        return f"expected {expected}, got {got}"
    if got is not None:
        return f"got {got} too much"
    if expected is not None:
        return f"lacks {expected}"
    short = next((line for line in lines[start + 1:start + 5] if " !== " in line), None)
    if short:
        actual, _, wanted = short.partition(" !== ")
        return f"expected {wanted}, got {actual}"
    return None


def _failure(lines):
    for number, line in enumerate(lines):
        mismatch = MISMATCH.match(line)
        if mismatch:
            return f"{mismatch.group(2).rstrip('.')} calls of {mismatch.group(1)}"
        error = ERROR.match(line)
        if not error or error.group(1).startswith("ExperimentalWarning"):
            continue
        text = error.group(1)
        if text.startswith("AssertionError"):
            message = re.sub(r"^AssertionError(?: \[ERR_ASSERTION\])?: ?", "", text)
            difference = _difference(lines, number)
            if difference and (not message or message.endswith(":")):
                return difference
            return message or text
        return text
    said = [line for line in lines if line and not line.startswith(("at ", "Node.js", "(Use", "Gyre", "(node:"))]
    return f"says: {said[-1]}" if said else "fails and says nothing"


def missing_internals(source, result):
    """The internals of Node that a test takes, when it fails for want of one."""
    wants = {module or binding for module, binding in INTERNALS.findall(source)} - {"internal/test/binding"}
    missing = re.search(r"Cannot find (?:module|package) '(?:internal/|.*internal)|No such binding|No such built-in module: internal/", result["stderr"] + result["stdout"])
    return sorted(wants) if missing else []


def reason_for(name, result, limit):
    lines = _lines(result)
    outcome = result["outcome"]
    if outcome == "skip":
        reason = f"skips itself: {result['note']}"
    elif outcome == "timeout":
        said = next((line for line in lines if ERROR.match(line)), None)
        reason = f"does not end within {limit} s" + (f"; says: {said}" if said else "")
    elif outcome == "crash":
        fatal = next((found.group(1) for found in map(FATAL.search, lines) if found), None)
        reason = f"ends by signal {-result['exit']}" + (f": {fatal}" if fatal else "")
    else:
        reason = _place(name, lines) + _failure(lines)
    reason = re.sub(r"\s+", " ", reason).strip()
    return reason if len(reason) <= LENGTH else reason[:LENGTH - 3] + "..."


def entry_for(name, result, source, limit, reference=None):
    """The ledger's entry for a result; `reference` is what node does."""
    if result is None:
        return {"state": "omit", "reason": "the suite's own status file skips it"}
    if result["outcome"] == "pass":
        return {"state": "pass"}
    if result["outcome"] == "skip":
        if ELSEWHERE.search(result["note"]):
            return {"state": "omit", "reason": f"for another platform: {result['note']}"}
        if reference and reference["outcome"] == "skip":
            return {"state": "omit", "reason": f"node skips it, too: {reference['note']}"}
    if reference and reference["outcome"] == "fail":
        missing = NOT_PACKAGED.search(_failure(_lines(reference)))
        if missing:
            return {"state": "omit", "reason": f"needs {missing.group(1)}, which Debian's package of the suite has not got; node fails, too"}
    internals = missing_internals(source, result)
    if internals:
        return {"state": "omit", "reason": f"takes {', '.join(internals)} of Node's own sources"}
    entry = {"state": "fail", "reason": reason_for(name, result, limit)}
    if result["outcome"] == "timeout" or result["seconds"] > limit / 2:
        entry["hangs"] = True
    return entry
