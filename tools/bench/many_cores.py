"""Workers, child processes and clusters."""

import concurrent.futures
import contextlib
import json
import pathlib
import subprocess

import effort
import load
import measure

ROUNDS = 2
SECONDS = 2
WORKERS = 2
CONNECTIONS = 25    # of each client
HANDLES_AT_ONCE = 8
# Node's two policies; Bun and Deno take the variable and have what they have.
POLICIES = {"gyre": ("rr", "none", "reuseport", "least-busy"), "node 24": ("rr", "none"), "node 26": ("rr", "none"), "bun": ("rr",), "deno": ("rr",)}


def program(script, documentation, rounds=ROUNDS):
    """A script that prints its figures; a runtime that cannot run it has no row."""
    def scenario(runtimes):
        results = {}
        for _ in range(effort.rounds(rounds)):
            for name in runtimes.names:
                done = subprocess.run(runtimes.command(name, script), capture_output=True, text=True, timeout=120, check=False)
                if done.returncode != 0 or not done.stdout.startswith("{"):
                    if name == "gyre":
                        raise RuntimeError(f"{script}: {done.stderr}")
                    continue
                for figure, value in json.loads(done.stdout).items():
                    results.setdefault(name, {}).setdefault(figure, []).append(value)
        return results
    scenario.__doc__ = documentation
    return scenario


def tree(root):
    """A process and its descendants."""
    parents = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()[1])
    pids = [root]
    for pid in pids:
        pids += [child for child, parent in parents.items() if parent == pid]
    return pids


def cpu_of_tree(pid):
    return sum(measure.cpu_seconds(each) for each in tree(pid))


def cluster_commands(runtimes, *arguments):
    """(row, command, port): a port for each, because workers may outlive their killed primary for a moment."""
    for name in runtimes.names:
        for policy in POLICIES[name]:
            port = load.free_port()
            command = runtimes.command(name, "cluster_http.cjs", port, WORKERS, *arguments)
            yield f"{name} {policy}", ["env", f"NODE_CLUSTER_SCHED_POLICY={policy}", *command], port


def figures_of(results, row):
    return results.setdefault(row, {"CPU us/request": [], "requests/s": [], "p99 ms": []})


def under_clients(figures, servers, count, client):
    """`count` clients at once; client(seconds) is a run of one: (requests, p99 ms)."""
    seconds = effort.seconds(SECONDS)
    with concurrent.futures.ThreadPoolExecutor(count) as clients:
        list(clients.map(client, [1] * count))
        before = sum(cpu_of_tree(server.pid) for server in servers)
        answers = list(clients.map(client, [seconds] * count))
        cpu_seconds = sum(cpu_of_tree(server.pid) for server in servers) - before
    requests = sum(answer[0] for answer in answers)
    figures["CPU us/request"].append(cpu_seconds / requests * 1e6)
    figures["requests/s"].append(requests / seconds)
    figures["p99 ms"].append(max(answer[1] for answer in answers))


def clustered(results, row, command, port, count, client):
    figures = figures_of(results, row)
    if not figures:
        return    # it does not run
    with load.reported(results, row), load.running(command, port) as server:
        under_clients(figures, [server], count, client)


def separate(results, runtimes, row):
    """As many processes without a cluster, each on a port of its own; the connections of each client take turns with them, as
    a cluster shares out what one client connects."""
    ports = [load.free_port() for _ in range(WORKERS)]
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(load.running(runtimes.command("gyre", "cluster_http.cjs", port, 0), port)) for port in ports]
        under_clients(figures_of(results, row), servers, WORKERS, hello_client(runtimes, ports))


def hello_client(runtimes, ports):
    return lambda seconds: load.http(runtimes.helpers["http client"], ports, CONNECTIONS, seconds)


def slow_client(port):
    def client(seconds):
        requests, _, p99 = load.wrk(port, seconds, connections=8, script="close.lua")
        return requests, p99
    return client


def cluster_hello(runtimes):
    """Hello world over two processes, by policy"""
    results = {"gyre": {}}
    for _ in range(effort.rounds(ROUNDS)):
        for row, command, port in cluster_commands(runtimes):
            clustered(results, row, command, port, WORKERS, hello_client(runtimes, [port]))
        separate(results, runtimes, "gyre separate")
    results["gyre"] = results.pop("gyre separate")
    return results


def cluster_uneven(runtimes):
    """A connection for each request over two processes, one of which needs 5 ms for each, by policy"""
    results = {}
    for _ in range(effort.rounds(ROUNDS)):
        for row, command, port in cluster_commands(runtimes, "slow"):
            clustered(results, row, command, port, 1, slow_client(port))
    return {"gyre": results.pop("gyre least-busy"), **results}


def hand_over(figures, server, client, port):
    seconds = effort.seconds(SECONDS)
    load.connect(client, port, HANDLES_AT_ONCE, 1)
    before = cpu_of_tree(server.pid)
    count = load.connect(client, port, HANDLES_AT_ONCE, seconds)
    figures["sockets/s"].append(count / seconds)
    figures["CPU us/socket"].append((cpu_of_tree(server.pid) - before) / count * 1e6)


def ipc_handles(runtimes):
    """Connections handed to a child over IPC"""
    results = {}
    for _ in range(effort.rounds(ROUNDS)):
        for name in runtimes.names:
            port = load.free_port()
            figures = results.setdefault(name, {"sockets/s": [], "CPU us/socket": []})
            if not figures:
                continue
            with load.reported(results, name), load.running(runtimes.command(name, "ipc_handles.cjs", port), port) as server:
                hand_over(figures, server, runtimes.helpers["connect client"], port)
    return results


SCENARIOS = {
    "worker_start": program("worker_start.cjs", "From new Worker to its first message, and the memory of a live worker"),
    "post_message": program("post_message.cjs", "Round trips between a thread and its worker"),
    "fork_start": program("fork_start.cjs", "From fork() to the child's first message"),
    "ipc_roundtrip": program("ipc_roundtrip.cjs", "Round trips over IPC, and a message of 128 MB there"),
    "ipc_handles": ipc_handles,
    "cluster_hello": cluster_hello,
    "cluster_uneven": cluster_uneven,
}
