"""Servers: CPU time of the server by the requests it served, the client's view, and the server's memory.

The client and the machine's other work bound requests a second; the server's own CPU time for a request is what compares.
"""

import tempfile

import effort
import load
import measure

ROUNDS = 3
SECONDS = 2
# Of the files that may be open, what a server and the client need for other things than connections.
SPARE_FILES = 256
OWN_SERVERS = {"Bun.serve": ("bun", "bun_serve.mjs"), "Deno.serve": ("deno", "deno_serve.mjs")}
OWN_ECHOS = {"Bun.listen": ("bun", "bun_tcp_echo.mjs"), "Deno.listen": ("deno", "deno_tcp_echo.mjs")}


def http_commands(runtimes, mode, *arguments, limit=False):
    """{row: port -> command}: node:http in every runtime, the runtimes' own servers, and the limit in C."""
    def of(name, program):
        return lambda port: runtimes.command(name, program, mode, port, *arguments)

    commands = {name: of(name, "http_server.cjs") for name in runtimes.names}
    commands.update({row: of(name, program) for row, (name, program) in OWN_SERVERS.items()})
    if limit:
        commands["C limit"] = lambda port: [runtimes.helpers["limit"], str(port)]
    return commands


def loaded(commands, unit="us", rounds=ROUNDS, seconds=SECONDS, **wrk_options):
    """All servers in turns under wrk."""
    cpu_figure = f"CPU {unit}/request"
    results = {row: {cpu_figure: [], "requests/s": [], "p50 ms": [], "p99 ms": [], "RSS MiB": []} for row in commands}
    seconds = effort.seconds(seconds)
    for _ in range(effort.rounds(rounds)):
        for row, command in commands.items():
            if not results[row]:
                continue    # it does not run
            port = load.free_port()
            with load.reported(results, row), load.running(command(port), port) as server:
                load.wrk(port, 1, **wrk_options)
                before = measure.cpu_seconds(server.pid)
                requests, p50_ms, p99_ms = load.wrk(port, seconds, **wrk_options)
                cpu = measure.cpu_seconds(server.pid) - before
                figures = results[row]
                figures[cpu_figure].append(cpu / requests * {"us": 1e6, "ms": 1e3}[unit])
                figures["requests/s"].append(requests / seconds)
                figures["p50 ms"].append(p50_ms)
                figures["p99 ms"].append(p99_ms)
                figures["RSS MiB"].append(measure.rss_mib(server.pid))
    return results


def http(mode, documentation, limit=False, **options):
    def scenario(runtimes):
        return loaded(http_commands(runtimes, mode, limit=limit), **options)
    scenario.__doc__ = documentation
    return scenario


def http_file(size_bytes, documentation, **options):
    def scenario(runtimes):
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(size_bytes)
            return loaded(http_commands(runtimes, "file", file.name), **options)
    scenario.__doc__ = documentation
    return scenario


def express_hello(runtimes):
    """Express' hello world"""
    folder = runtimes.helpers["node_modules"] + "/express"

    def of(name):
        return lambda port: runtimes.command(name, "express_hello.cjs", folder, port)
    return loaded({name: of(name) for name in runtimes.names})


def http_idle(runtimes):
    """10,000 idle keep-alive connections (beyond 2,000 that fill what the warm-up left free), a live one among them, and then all that may be open"""
    results = {}
    connections = effort.count(10_000)
    for row, command in http_commands(runtimes, "hello", limit=True).items():
        port = load.free_port()
        with load.reported(results, row), load.running(command(port), port) as server:
            load.wrk(port, 1)
            sockets = load.idle_connections(port, effort.count(2000))
            before_mib = measure.rss_mib(server.pid)
            sockets += load.idle_connections(port, connections)
            each_bytes = (measure.rss_mib(server.pid) - before_mib) * 2**20 / connections
            p99_ms = load.wrk(port, effort.seconds(SECONDS), connections=1)[2]
            sockets += load.idle_connections(port, effort.count(load.raise_file_limit() - SPARE_FILES) - len(sockets))
            kept = load.still_open(sockets)
            for s in sockets:
                s.close()
            results[row] = {"RSS bytes/connection": [each_bytes], "p99 ms of the live one": [p99_ms], "open in the end": [kept]}
    return results


def http_million(runtimes):
    """Memory over 10^6 requests"""
    results = {}
    requests = effort.count(1_000_000)
    for row, command in http_commands(runtimes, "hello").items():
        port = load.free_port()
        with load.reported(results, row), load.running(command(port), port) as server:
            served, early_mib = 0, None
            while served < requests:
                served += load.wrk(port, 2)[0]
                early_mib = early_mib or measure.rss_mib(server.pid)
            results[row] = {"RSS MiB at 10^6": [measure.rss_mib(server.pid)], "RSS MiB after 2 s": [early_mib]}
    return results


def tcp_echo(runtimes):
    """TCP echo of 1 KB over 50 connections"""
    commands = {name: (lambda port, name=name: runtimes.command(name, "tcp_echo.cjs", port)) for name in runtimes.names}
    for row, (name, program) in OWN_ECHOS.items():
        commands[row] = lambda port, name=name, program=program: runtimes.command(name, program, port)
    commands["C limit"] = lambda port: [runtimes.helpers["echo limit"], str(port)]
    results = {row: {"CPU us/round trip": [], "round trips/s": [], "p99 ms": [], "RSS MiB": []} for row in commands}
    seconds = effort.seconds(SECONDS)
    for _ in range(effort.rounds(ROUNDS)):
        for row, command in commands.items():
            port = load.free_port()
            with load.running(command(port), port) as server:
                client = runtimes.helpers["echo client"]
                load.echo(client, port, 50, 1024, 1)
                before = measure.cpu_seconds(server.pid)
                round_trips, p99_ms = load.echo(client, port, 50, 1024, seconds)
                figures = results[row]
                figures["CPU us/round trip"].append((measure.cpu_seconds(server.pid) - before) / round_trips * 1e6)
                figures["round trips/s"].append(round_trips / seconds)
                figures["p99 ms"].append(p99_ms)
                figures["RSS MiB"].append(measure.rss_mib(server.pid))
    return results


SCENARIOS = {
    "http_hello": http("hello", "Hello world, 50 connections", limit=True),
    "http_1000": http("hello", "Hello world, 1,000 connections", limit=True, connections=1000),
    "http_pipelined": http("hello", "Hello world, 16 requests at once on each connection", limit=True, script="pipeline.lua", rounds=2),
    "http_close": http("hello", "Hello world, a connection for each request", script="close.lua", rounds=2),
    "http_json": http("json", "The random number service: a query parameter in, JSON out", path="/?max=1000"),
    "http_body": http("body", "An answer of 10 KB"),
    "http_post_1k": http("echo", "POST of 1 KB, echoed by a pipe", script="post.lua", arguments=[1024]),
    "http_post_1m": http("echo", "POST of 1 MB, echoed by a pipe", unit="ms", connections=8, script="post.lua", arguments=[2**20]),
    "http_file_1k": http_file(1024, "A file of 1 KB, through a pipe", rounds=2),
    "http_file_1m": http_file(2**20, "A file of 1 MB, through a pipe", unit="ms", connections=8),
    "http_file_100m": http_file(100 * 2**20, "A file of 100 MB, through a pipe", unit="ms", connections=4, rounds=2),
    "express_hello": express_hello,
    "http_idle": http_idle,
    "http_million": http_million,
    "tcp_echo": tcp_echo,
}
