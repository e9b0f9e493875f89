"""Start-up and loading of modules: whole processes, by wall time, CPU time and peak memory."""

import pathlib
import tempfile

import effort
import measure


def run_in_turns(runtimes, script, rounds, *arguments, warm_up=1):
    results = {name: {"CPU ms": [], "wall ms": [], "peak MiB": []} for name in runtimes.names}
    for i in range(warm_up + effort.rounds(rounds)):
        for name in runtimes.names:
            wall, cpu, peak = measure.run(runtimes.command(name, script, *arguments))
            if i < warm_up:
                continue
            for figure, value in (("wall ms", wall * 1000), ("CPU ms", cpu * 1000), ("peak MiB", peak)):
                results[name][figure].append(value)
    return results


def start_up(runtimes):
    """console.log('hello world')"""
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "hello.js"
        script.write_text("console.log('hello world');\n", encoding="ascii")
        return run_in_turns(runtimes, script, 20)


def require_many(runtimes):
    """1,000 small CommonJS files, with what each runtime caches on disk."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "package.json").write_text('{"type": "commonjs"}', encoding="ascii")
        for i in range(1000):
            (folder / f"m{i}.js").write_text(
                f"exports.id = {i};\nexports.twice = function twice(x) {{ return 2 * x + {i}; }};\n", encoding="ascii")
        main = folder / "main.js"
        main.write_text("let n = 0;\nfor (let i = 0; i < 1000; i++) n += require(`./m${i}.js`).id;\n"
                        "if (n !== 499500) throw new Error('wrong');\n", encoding="ascii")
        return run_in_turns(runtimes, main, 7)


def require_large(runtimes):
    """One large package: typescript.js."""
    typescript = pathlib.Path(runtimes.helpers["node_modules"]) / "typescript/lib/typescript.js"
    with tempfile.TemporaryDirectory() as folder:
        main = pathlib.Path(folder) / "main.cjs"
        main.write_text(f"if (!require({str(typescript)!r}).version) throw new Error('wrong');\n", encoding="utf-8")
        return run_in_turns(runtimes, main, 5)


def read_file(way):
    def scenario(runtimes):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"x" * 1024)
            file.flush()
            return run_in_turns(runtimes, "read_file.cjs", 2, way, file.name, effort.count(100_000))
    scenario.__doc__ = f"fs.readFile ({way}) of 1 KB 10^5 times, 16 in flight; start-up included"
    return scenario


SCENARIOS = {
    "start_up": start_up,
    "require_many": require_many,
    "require_large": require_large,
    "read_file": read_file("callback"),
    "read_file_promises": read_file("promise"),
}
