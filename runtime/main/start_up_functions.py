"""Writes start_up_functions.txt, the order in which the linker lays out what a start runs. Needs valgrind and nm:

    python3 runtime/main/start_up_functions.py bazel-bin/runtime/main/gyre

Callgrind says which functions ran in a few small programs; the first one to run is the first one in the file. A name that is
no longer in the binary does no harm, so the list is made again when a start has changed, not with every change.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAMS = {
    "hello.js": "console.log('hello world');",
    "module.mjs": "import fs from 'node:fs'; console.log(fs.existsSync('/'));",
    "server.js": """
        const http = require('http');
        let left = 5;
        const server = http.createServer((request, response) => {
          response.setHeader('x', 'y');
          response.end('hello');
        });
        function ask() {
          http.get({ port: server.address().port, path: '/?a=1' }, (response) => {
            response.resume().on('end', () => { if (--left > 0) ask(); else server.close(); });
          });
        }
        server.listen(0, ask);""",
    "worker.js": """
        const { Worker, isMainThread, parentPort } = require('worker_threads');
        if (isMainThread) {
          const worker = new Worker(__filename);
          worker.on('message', () => worker.terminate());
        } else {
          parentPort.postMessage(1);
        }""",
}


def functions_of(binary):
    """Functions that the linker can move: V8's embedded builtins are one piece."""
    symbols = subprocess.run(["nm", "--defined-only", binary], stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = (line.split() for line in symbols.splitlines())
    return {name for _, kind, name in lines if kind in "tTwW" and not name.startswith("Builtins_")}


def run_functions(binary, program):
    """The functions that a program runs, in the order in which callgrind first names them."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / program
        file.write_text(PROGRAMS[program])
        profile = pathlib.Path(folder) / "profile"
        subprocess.run(["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}", binary, file],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        names = re.findall(r"^c?fn=\(\d+\) (\S+)$", profile.read_text(), re.MULTILINE)
    # 'name'2 is its second level of recursion.
    return [re.sub(r"'\d+$", "", name) for name in names]


def main():
    binary = sys.argv[1]
    known = functions_of(binary)
    ordered = {}
    for program in PROGRAMS:
        ordered.update(dict.fromkeys(name for name in run_functions(binary, program) if name in known))
    pathlib.Path(__file__).with_name("start_up_functions.txt").write_text("".join(f"{name}\n" for name in ordered))


main()
