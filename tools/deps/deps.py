"""./x deps: what Gyre is built from, out of the pins third_party/<dep>/pin.bzl.

    deps.py              a table of all pins
    deps.py licences     which licences there are, and what is under each
    deps.py notices      writes THIRD_PARTY; with --check says whether it is up to date
    deps.py update       which pins are behind the newest version of their suite (asks apt and npm)
"""

import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(os.environ.get("GYRE_TOP") or pathlib.Path(__file__).resolve().parent.parent.parent)

NOTICES_HEADER = """\
Gyre contains code of the following projects. This file is made from the pins in third_party by `./x deps notices`.
"""


def read_pins(top=TOP):
    """All pins by name. A pin file is Starlark that is Python as well: one dictionary, PIN."""
    pins = {}
    for file in sorted(top.glob("third_party/*/pin.bzl")):
        scope = {}
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), scope)  # pylint: disable=exec-used
        pin = scope["PIN"]
        for field in ("name", "package", "version", "suite", "licence", "purpose"):
            if not pin.get(field):
                raise SystemExit(f"{file.relative_to(top)}: PIN has no {field}")
        pin["folder"] = file.parent
        pins[pin["name"]] = pin
    return pins


def origin(pin):
    if pin["suite"] == "npm":
        return f"npm package {pin['package']} {pin['version']}"
    return f"Debian {pin['suite']} package {pin['package']} {pin['version']}"


def print_table(pins):
    rows = [("name", "version", "suite", "licence", "purpose")]
    rows += [(p["name"], p["version"], p["suite"], p["licence"], p["purpose"]) for p in pins.values()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[4]]))


def print_licences(pins):
    licences = {}
    for pin in pins.values():
        licences.setdefault(pin["licence"], []).append(pin["name"])
    for licence, names in sorted(licences.items()):
        print(f"{licence}: {', '.join(names)}")


def ships(pin):
    """Whether a dependency is part of the executable; tests and benchmarks fetch theirs."""
    return (pin["folder"] / "LICENSE").exists()


def make_notices(pins):
    parts = [NOTICES_HEADER]
    for pin in pins.values():
        if ships(pin):
            text = (pin["folder"] / "LICENSE").read_text(encoding="utf-8").strip("\n")
            title = f"{pin['name']} ({origin(pin)}): {pin['purpose']}\nLicence: {pin['licence']}"
            parts.append(f"{'=' * 100}\n{title}\n{'-' * 100}\n{text}\n")
    return "\n".join(parts)


def write_notices(pins, check):
    file = TOP / "THIRD_PARTY"
    wanted = make_notices(pins)
    if not check:
        file.write_text(wanted, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != wanted:
        raise SystemExit("THIRD_PARTY is not what the pins make: run ./x deps notices")


class Apt:
    """A private apt configuration for a Debian suite; the machine's own is only read."""

    def __init__(self, folder, suite):
        self.env = dict(os.environ, APT_CONFIG=f"{folder}/apt.conf", LC_ALL="C")
        targets = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"],
            capture_output=True, text=True, check=True).stdout.splitlines()
        mirror = next(t.split()[0] for t in targets if t.endswith(" bookworm main"))
        key = "/usr/share/keyrings/debian-archive-keyring.gpg"
        for path in ("state/lists/partial", "cache/archives/partial"):
            os.makedirs(f"{folder}/{path}")
        pathlib.Path(folder, "state/status").touch()
        pathlib.Path(folder, "sources.list").write_text(
            f"deb-src [signed-by={key}] {mirror} {suite} main\ndeb [signed-by={key}] {mirror} {suite} main\n", encoding="ascii")
        pathlib.Path(folder, "apt.conf").write_text(
            f'Dir::State "{folder}/state";\nDir::State::status "{folder}/state/status";\nDir::Cache "{folder}/cache";\n'
            f'Dir::Etc::sourcelist "{folder}/sources.list";\nDir::Etc::sourceparts "/dev/null";\n'
            'Dir::Etc::preferencesparts "/dev/null";\nAcquire::Languages "none";\nAPT::Sandbox::User "root";\n', encoding="ascii")
        subprocess.run(["apt-get", "-qq", "update"], env=self.env, check=True)

    def newest(self, package, kind):
        """The newest version of a package among the suite's `Sources` or `Packages`."""
        shown = subprocess.run(["apt-cache", "madison", package], env=self.env, capture_output=True, text=True, check=False).stdout
        newest = None
        for line in shown.splitlines():
            name, version, where = (cell.strip() for cell in line.split("|"))
            if name == package and where.endswith(kind):
                if newest is None or subprocess.run(["dpkg", "--compare-versions", version, "gt", newest], check=False).returncode == 0:
                    newest = version
        return newest


def newest_on_npm(pin):
    spec = pin["package"] if not pin.get("line") else f"{pin['package']}@{pin['line']}"
    shown = subprocess.run(["npm", "view", "--json", spec, "version"], capture_output=True, text=True, check=False).stdout
    words = shown.replace("[", " ").replace("]", " ").replace(",", " ").replace('"', " ").split()
    return max(words, key=lambda v: [int(n) for n in v.split("-")[0].split(".")]) if words else None


def print_updates(pins):
    suites = sorted({p["suite"] for p in pins.values() if p["suite"] != "npm"})
    with tempfile.TemporaryDirectory(prefix="gyre-apt-") as folder:
        apts = {}
        for suite in suites:
            os.mkdir(f"{folder}/{suite}")
            apts[suite] = Apt(f"{folder}/{suite}", suite)
        for pin in pins.values():
            if pin["suite"] == "npm":
                newest = newest_on_npm(pin)
            else:
                newest = apts[pin["suite"]].newest(pin["package"], "Packages" if pin.get("binary") else "Sources")
            state = "up to date" if newest == pin["version"] else f"{newest or 'nothing'} is there now"
            print(f"{pin['name']} {pin['version']} ({pin['suite']}): {state}")


def main(arguments):
    command = arguments[0] if arguments else "list"
    pins = read_pins()
    if command == "list":
        print_table(pins)
    elif command == "licences":
        print_licences(pins)
    elif command == "notices":
        write_notices(pins, "--check" in arguments)
    elif command == "update":
        print_updates(pins)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
