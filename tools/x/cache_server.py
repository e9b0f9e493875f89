"""Serves Bazel's disk cache over HTTP on the loopback and writes down the entries it was asked for.

    cache_server.py CACHE_FOLDER USED_FILE

Prints its port. USED_FILE gets a path below CACHE_FOLDER for each entry that was found or stored. ./x cache export runs it.
"""

import http.server
import os
import shutil
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _entry(self):
        kind, digest = self.path.strip("/").split("/")[-2:]
        return os.path.join(kind, digest[:2], digest)

    def _answer(self, status, size=0):
        self.send_response(status)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def do_GET(self):
        entry = self._entry()
        try:
            file = open(os.path.join(self.server.folder, entry), "rb")
        except OSError:
            self._answer(404)
            return
        with file:
            self._answer(200, os.fstat(file.fileno()).st_size)
            shutil.copyfileobj(file, self.wfile, 1 << 20)
        self._used(entry)

    def do_PUT(self):
        entry = self._entry()
        data = self.rfile.read(int(self.headers["Content-Length"]))
        path = os.path.join(self.server.folder, entry)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".tmp", "wb") as file:
            file.write(data)
        os.replace(path + ".tmp", path)
        self._answer(200)
        self._used(entry)

    def _used(self, entry):
        self.server.used.write(entry + "\n")
        self.server.used.flush()

    def log_message(self, *args):
        pass


def main(folder, used):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.folder = folder
    with open(used, "w", encoding="ascii") as server.used:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
