"""Runs a program from npm under Gyre and under Node and compares all that can be seen of it.

    compare.py --gyre GYRE --node NODE --modules NODE_MODULES [--copy FROM=TO]... [OTHER END] -- PROGRAM ARGUMENTS

Both runs happen one after the other in a folder of the same path, so that paths in the output are the same, with
node_modules beside the files copied into it. Compared are the exit code, the bytes of stdout and of stderr, and every
file that the program wrote.

With an other end, which is the same in both runs, the program is half of something. A server prints its port:
    --curl ARGUMENTS   the program is a server; curl asks it, and its answers are compared (may be repeated)
    --client FILE      the program is a server; Node runs FILE with its port, and what that prints is compared
    --server FILE      the program is a client; Node runs FILE, and the program gets its port as its last argument
    --both             as --server, and FILE is run by what runs the program
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

TIMEOUT = 240


def parse(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--gyre", required=True)
    parser.add_argument("--node", required=True)
    parser.add_argument("--modules", required=True)
    parser.add_argument("--copy", action="append", default=[], help="FROM=TO; FROM below node_modules when it starts with npm:")
    parser.add_argument("--curl", action="append", default=[], help="arguments of a curl call, in one string")
    parser.add_argument("--client")
    parser.add_argument("--server")
    parser.add_argument("--both", action="store_true")
    parser.add_argument("program", nargs="+")
    return parser.parse_args(arguments)


def prepare(work, options):
    """A fresh folder `work` with the program's input."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    modules = pathlib.Path(options.modules).resolve()
    (work / "node_modules").symlink_to(modules)
    for pair in options.copy:
        source, target = pair.split("=")
        source = modules / source[len("npm:"):] if source.startswith("npm:") else pathlib.Path(source).resolve()
        (work / target).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, work / target)
        else:
            shutil.copy(source, work / target)


def environment(home):
    home.mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "NO_COLOR": "1"}


def files_below(work):
    """Every file that is there now, node_modules aside."""
    found = {}
    for folder, folders, names in os.walk(work):
        folders[:] = [f for f in folders if f != "node_modules"]
        for name in names:
            path = pathlib.Path(folder, name)
            found[str(path.relative_to(work))] = path.read_bytes()
    return found


def resolve(executable):
    return str(pathlib.Path(executable).resolve())


def unify(errors):
    """Warnings name the process id and the executable, which differ by nature."""
    return re.sub(rb"\(Use `\w+ --", b"(Use `node --", re.sub(rb"\(node:\d+\)", b"(node:1)", errors))


def run(runtime, program, work, home):
    return subprocess.run([runtime, *program], cwd=work, env=environment(home), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=TIMEOUT, check=False)


@contextlib.contextmanager
def serving(runtime, program, work, home):
    """A server and what it printed first, which is its port."""
    with subprocess.Popen([runtime, *program], cwd=work, env=environment(home), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        try:
            yield server, server.stdout.readline().strip().decode()
        finally:
            server.kill()


def run_once(runtime, work, home, options):
    if options.server:
        with serving(runtime if options.both else resolve(options.node), [options.server], work, home) as (_, port):
            result = run(runtime, [*options.program, port], work, home)
    else:
        result = run(runtime, options.program, work, home)
    seen = {"exit code": str(result.returncode).encode(), "stdout": result.stdout, "stderr": unify(result.stderr)}
    seen.update((f"file {name}", data) for name, data in files_below(work).items())
    return seen


def ask(port, arguments):
    """One curl call; the Date header is the only thing that may differ."""
    command = ["curl", "-s", "-S", "-i", "--max-time", "20", *arguments.split()]
    command[-1] = f"http://127.0.0.1:{port}{command[-1]}"
    answer = subprocess.run(command, capture_output=True, check=False)
    return answer.stderr + re.sub(rb"(?im)^date: .*$", b"date: now", answer.stdout)


def serve_once(runtime, work, home, options):
    with serving(runtime, options.program, work, home) as (server, first):
        seen = {}
        if first.isdigit():
            seen = {f"curl {a}": ask(first, a) for a in options.curl}
        if first.isdigit() and options.client:
            client = run(resolve(options.node), [options.client, first], work, home)
            seen["client"] = client.stdout + unify(client.stderr)
        server.terminate()
        output, errors = server.communicate(timeout=20)
    # The port differs from run to run.
    seen["stdout"] = (b"" if first.isdigit() else first.encode()) + output
    seen["stderr"] = unify(errors)
    seen["exit code"] = str(server.returncode).encode()
    return seen


def first_difference(gyre, node):
    """Where two outputs part, with the line of each."""
    for number, (a, b) in enumerate(zip(gyre.splitlines(), node.splitlines()), 1):
        if a != b:
            return f"line {number}\n  gyre: {a[:400]!r}\n  node: {b[:400]!r}"
    tails = [f"{name} has {len(data)} bytes, then: {data[min(len(gyre), len(node)):][:400]!r}" for name, data in (("gyre", gyre), ("node", node))]
    return "\n  ".join(["one ends early", *tails])


def compare(gyre, node):
    differences = []
    for name in sorted(set(gyre) | set(node)):
        if name not in gyre or name not in node:
            differences.append(f"{name}: only {'node' if name in node else 'gyre'} has it")
        elif gyre[name] != node[name]:
            differences.append(f"{name} differs: {first_difference(gyre[name], node[name])}")
    return differences


def main():
    options = parse(sys.argv[1:])
    scratch = pathlib.Path(os.environ.get("TEST_TMPDIR", "/tmp/gyre-programs")).resolve()
    work = scratch / "work"
    results = {}
    for name in ("node", "gyre"):
        prepare(work, options)
        once = serve_once if options.curl or options.client else run_once
        started = time.monotonic()
        results[name] = once(resolve(getattr(options, name)), work, scratch / f"home-{name}", options)
        seconds = time.monotonic() - started
        print(f"{name}: exit code {results[name]['exit code'].decode()}, {len(results[name]['stdout'])} bytes of stdout, "
              f"{len(results[name]['stderr'])} of stderr, {sum(k.startswith('file ') for k in results[name])} files, {seconds:.2f} s")
    differences = compare(results["gyre"], results["node"])
    if differences:
        for stream in ("stdout", "stderr"):
            print(f"-- gyre's {stream}, the end:\n{results['gyre'][stream][-1500:].decode(errors='replace')}")
        print("-- differences:", *differences[:20], sep="\n")
        return 1
    print("the same, byte for byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
