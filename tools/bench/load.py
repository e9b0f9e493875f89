"""Servers under load: starting them, and the clients, each a process of its own."""

import contextlib
import json
import pathlib
import re
import resource
import select
import socket
import subprocess
import sys
import time

WRK_SCRIPTS = pathlib.Path(__file__).resolve().parent / "wrk"
HOST = "127.0.0.1"


def free_port():
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def raise_file_limit():
    """As many open files as this process may have."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


@contextlib.contextmanager
def running(command, port):
    """A server that listens on `port`; killed at the end."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=raise_file_limit)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                break
            if server.poll() is not None:
                raise RuntimeError(f"{command}: ended with {server.returncode}")
            time.sleep(0.05)
        else:
            raise RuntimeError(f"{command}: does not answer")
        yield server
    finally:
        server.kill()
        server.wait()


@contextlib.contextmanager
def reported(results, row):
    """A row whose server does not start, or answers wrongly, is empty; only Gyre has to work."""
    try:
        yield
    except (RuntimeError, subprocess.SubprocessError) as error:
        if row.startswith("gyre"):
            raise
        print(f"\nbench: {row}: {error}", file=sys.stderr)
        results[row] = {}


def milliseconds(number, unit):
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def wrk(port, seconds, connections=50, path="/", script=None, arguments=()):
    """One run of wrk: (requests, p50 ms, p99 ms). An answer that is not 2xx or a lost connection is an error."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    if script:
        command += ["-s", str(WRK_SCRIPTS / script)]
    done = subprocess.run([*command, f"http://{HOST}:{port}{path}", "--", *map(str, arguments)],
                          capture_output=True, text=True, check=True).stdout
    # With `Connection: close` wrk counts the end of each connection as a read error.
    if "Non-2xx" in done or ("Socket errors" in done and script != "close.lua"):
        raise RuntimeError(done)
    requests = int(re.search(r"(\d+) requests in", done).group(1))
    return requests, *(milliseconds(*re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", done).groups()) for share in (50, 99))


def echo(client, port, connections, message_bytes, seconds):
    """One run of the TCP echo client: (round trips, p99 ms)."""
    done = subprocess.run([client, str(port), str(connections), str(message_bytes), str(seconds)],
                          capture_output=True, text=True, check=True).stdout
    answer = json.loads(done)
    return answer["roundTrips"], answer["p99Ms"]


def http(client, ports, connections, seconds):
    """One run of the HTTP client, whose connections take turns with the ports: (requests, p99 ms)."""
    done = subprocess.run([client, str(connections), str(seconds), *map(str, ports)], capture_output=True, text=True, check=True).stdout
    answer = json.loads(done)
    return answer["requests"], answer["p99Ms"]


def connect(client, port, connections, seconds):
    """One run of the client that connects again and again: how many connections the server ended."""
    done = subprocess.run([client, str(port), str(connections), str(seconds)], capture_output=True, text=True, check=True).stdout
    return json.loads(done)["ended"]


def idle_connections(port, count):
    """Keep-alive connections, each of which had one request answered. The caller closes them."""
    raise_file_limit()
    request = f"GET / HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode()
    sockets = []
    for _ in range(count):
        s = socket.create_connection((HOST, port))
        s.sendall(request)
        if not s.recv(4096).startswith(b"HTTP/1.1 200"):
            raise RuntimeError("an idle connection was not answered")
        sockets.append(s)
    return sockets


def still_open(sockets):
    """How many of them the server has not closed."""
    poll = select.poll()
    for s in sockets:
        poll.register(s, select.POLLIN | select.POLLHUP)
    return len(sockets) - len(poll.poll(0))
