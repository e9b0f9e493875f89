"""Runs every example as its first lines tell a newcomer to, with Gyre and, to show that they are right, with Node.

    examples_test.py RUNTIME
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import unittest
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).absolute().parent
RUNTIME = os.path.abspath(sys.argv.pop(1))
SCRATCH = pathlib.Path(os.environ.get("TEST_TMPDIR", "/tmp"))


class Server:
    """An example that serves, on a port of its own."""

    def __init__(self, script, **env):
        self.process = subprocess.Popen([RUNTIME, str(HERE / script)], cwd=SCRATCH, stdout=subprocess.PIPE, text=True,
                                        env=dict(os.environ, PORT="0", HOME=str(SCRATCH), **env))
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.stop()

    def get(self, path="", method="GET"):
        request = urllib.request.Request(re.sub(r"^(http://[^/]*).*", r"\1", self.url) + path, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(timeout=20)


def output(script):
    return subprocess.run([RUNTIME, str(HERE / script)], stdout=subprocess.PIPE, text=True, check=True, timeout=60,
                          env=dict(os.environ, HOME=str(SCRATCH))).stdout


class ExamplesTest(unittest.TestCase):
    def test_event_loop_order(self):
        numbers = [int(line.split()[0]) for line in output("event_loop_order.js").splitlines()]
        self.assertEqual(numbers, list(range(1, 16)))

    def test_circular_require(self):
        self.assertEqual(output("circular_require/main.js").splitlines(), [
            "main: starting", "a: starting", "b: starting", "b: a.done = false, a is unfinished", "b: done",
            "a: b.done = true", "a: done", "main: a.done = true, b.done = true", "main: b saw a.done = false",
            "main: a is the same object for everyone: true"])

    def test_server(self):
        with Server("server.js") as server:
            self.assertEqual(server.get("/"), (200, "Hello from Gyre\n"))

    def test_random_number_service(self):
        with Server("random_number_service.js") as server:
            for _ in range(20):
                status, body = server.get("/random?min=1&max=6")
                self.assertEqual(status, 200)
                self.assertIn(json.loads(body)["value"], range(1, 7))
            self.assertEqual(server.get("/random?min=6&max=1")[0], 400)
            self.assertEqual(server.get("/random?min=x"), (400, '{"error":"min must be an integer"}\n'))
            self.assertEqual(server.get("/random", method="POST")[0], 405)
            self.assertEqual(server.get("/")[0], 404)

    def test_mock_server(self):
        log = SCRATCH / f"requests-{os.getpid()}.log"
        server = Server("mock_server/server.js", LOG=str(log))
        with server:
            wanted = (HERE / "mock_server/data/user.json").read_text()
            self.assertEqual(server.get("/users/7?full=1"), (200, wanted))
            self.assertEqual(server.get("/anything", method="DELETE"), (200, wanted))
            self.assertEqual(server.stop(), 0)
        lines = log.read_text().splitlines()
        self.assertEqual([line.split()[1:] for line in lines], [["GET", "/users/7?full=1"], ["DELETE", "/anything"]])
        self.assertRegex(lines[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ")


    def test_rolling_restart(self):
        for policy in ("rr", "least-busy", "none"):
            with self.subTest(policy), Server("rolling_restart.js", WORKERS="2", NODE_CLUSTER_SCHED_POLICY=policy) as server:
                failed, served, stop = [], set(), threading.Event()

                def client():
                    while not stop.is_set():
                        try:
                            served.add(server.get()[1])
                        except OSError as error:
                            failed.append(error)

                clients = [threading.Thread(target=client) for _ in range(4)]
                for thread in clients:
                    thread.start()
                first = {server.get()[1] for _ in range(8)}
                server.process.send_signal(signal.SIGHUP)
                self.assertEqual(server.process.stdout.readline(), "all workers replaced\n")
                last = {server.get()[1] for _ in range(8)}
                stop.set()
                for thread in clients:
                    thread.join()
                self.assertEqual(failed, [])
                self.assertTrue(first and last)
                self.assertFalse(first & last, "a worker was not replaced")
                self.assertGreaterEqual(len(served), 3)


if __name__ == "__main__":
    unittest.main()
