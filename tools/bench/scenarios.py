"""What is measured. A scenario takes {runtime: path} and returns {runtime: {figure: [values, one a round]}}."""

import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time

import measure

HERE = pathlib.Path(__file__).resolve().parent


def command(name, path, script, *arguments):
    if name == "deno":
        return [path, "run", "-A", "--no-check", script, *arguments]
    return [path, script, *arguments]


def javascript(runtimes):
    return {name: path for name, path in runtimes.items() if name != "C limit"}


def run_in_turns(runtimes, script, rounds, warm_up=1, **kwargs):
    results = {name: {"wall ms": [], "CPU ms": [], "peak MiB": []} for name in runtimes}
    for i in range(warm_up + rounds):
        for name, path in runtimes.items():
            wall, cpu, peak = measure.run(command(name, path, str(script)), **kwargs)
            if i < warm_up:
                continue
            for figure, value in (("wall ms", wall * 1000), ("CPU ms", cpu * 1000), ("peak MiB", peak)):
                results[name][figure].append(value)
    return results


def start_up(runtimes):
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "hello.js"
        script.write_text("console.log('hello world');\n", encoding="ascii")
        return run_in_turns(javascript(runtimes), script, rounds=20)


def require_many(runtimes):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "package.json").write_text('{"type": "commonjs"}', encoding="ascii")
        for i in range(1000):
            (folder / f"m{i}.js").write_text(
                f"exports.id = {i};\nexports.twice = function twice(x) {{ return 2 * x + {i}; }};\n", encoding="ascii")
        main = folder / "main.js"
        main.write_text("let n = 0;\nfor (let i = 0; i < 1000; i++) n += require(`./m${i}.js`).id;\n"
                        "if (n !== 499500) throw new Error('wrong');\n", encoding="ascii")
        return run_in_turns(javascript(runtimes), main, rounds=7)


def require_large(runtimes):
    external = pathlib.Path(str(pathlib.Path(runtimes["node 24"]).resolve()).split("/external/")[0]) / "external"
    typescript = next(external.glob("npm_programs/**/node_modules/typescript/lib/typescript.js"), None)
    if typescript is None:
        raise SystemExit("bench: build //conformance/programs first: require_large loads its typescript.js")
    with tempfile.TemporaryDirectory() as folder:
        main = pathlib.Path(folder) / "main.cjs"
        main.write_text(f"if (!require({json.dumps(str(typescript))}).version) throw new Error('wrong');\n", encoding="utf-8")
        return run_in_turns(javascript(runtimes), main, rounds=5)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def wrk(port, seconds, connections=50):
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{port}/"],
                          capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r"(\d+) requests in", done).group(1))
    if "Non-2xx" in done:
        raise RuntimeError(done)
    latency, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", done).groups()
    return requests, float(latency) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def http_hello(runtimes, seconds=4, rounds=3):
    results = {name: {"CPU us/request": [], "requests/s": [], "p99 ms": [], "RSS MiB": []} for name in runtimes}
    for _ in range(rounds):
        for name, path in runtimes.items():
            port = free_port()
            server_command = ([path, str(port)] if name == "C limit"
                              else command(name, path, str(HERE / "http_hello.cjs"), str(port)))
            server = subprocess.Popen(server_command, stdout=subprocess.DEVNULL)
            try:
                wait_for(port)
                wrk(port, 1)
                before = measure.cpu_seconds(server.pid)
                requests, p99_ms = wrk(port, seconds)
                cpu = measure.cpu_seconds(server.pid) - before
                row = results[name]
                row["CPU us/request"].append(cpu / requests * 1e6)
                row["requests/s"].append(requests / seconds)
                row["p99 ms"].append(p99_ms)
                row["RSS MiB"].append(measure.rss_mib(server.pid))
            finally:
                server.kill()
                server.wait()
    return results


ALL = {"start_up": start_up, "require_many": require_many, "require_large": require_large, "http_hello": http_hello}
