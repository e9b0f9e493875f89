"""The table of built-in modules: what is embedded is what was written, and what cannot be embedded is refused."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import embed_builtins


class EmbedBuiltinsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def embed(self, modules):
        rows = []
        for number, (module_id, data, *package) in enumerate(modules):
            (self.folder / f"{number}.js").write_bytes(data)
            rows.append("\t".join([module_id, f"{self.folder}/{number}.js", f"runtime/{number}.js", *(package or [""])]) + "\n")
        (self.folder / "manifest").write_text("".join(rows), encoding="ascii")
        embed_builtins.main(str(self.folder / "manifest"), str(self.folder / "table.cc"), str(self.folder / "text.s"))

    def test_text_is_byte_for_byte(self):
        data = b"'use strict'; // \"quotes\", \\n, \ttab\r\n\x00\x7f no newline at the end"
        self.embed([("b", data), ("a", b"first\n")])
        subprocess.run(["clang-22", "-c", "text.s", "-o", "text.o"], cwd=self.folder, check=True)
        subprocess.run(["llvm-objcopy-22", "-O", "binary", "-j", ".rodata", "text.o", "text.bin"], cwd=self.folder, check=True)
        self.assertEqual((self.folder / "text.bin").read_bytes(), b"first\n" + data + b"\0")
        table = (self.folder / "table.cc").read_text(encoding="ascii")
        self.assertIn('{"a", {gyre_builtin_text + 0, 6}, "runtime/1.js"}', table)
        self.assertIn('{"b", {gyre_builtin_text + 6, %d}, "runtime/0.js"}' % len(data), table)

    def test_beyond_ascii_is_refused_with_its_place(self):
        with self.assertRaisesRegex(SystemExit, r"runtime/0.js:2: a built-in is ASCII only"):
            self.embed([("a", "// ok\n// \u00e9\n".encode())])

    def test_two_of_one_id_are_refused(self):
        with self.assertRaisesRegex(SystemExit, "both have the id a"):
            self.embed([("a", b""), ("a", b"")])

    def test_a_package_requires_by_id(self):
        self.embed([
            ("deps/p/lib/a", """require("node:net"); require('./b'); require('..') // \u00e9 '\U0001f600'""".encode(), "deps/p"),
            ("deps/p/lib/b", b"typeof esbuildDetection", "deps/p"),
            ("deps/p/index", b"require('./lib/a.js')", "deps/p"),
        ])
        text = (self.folder / "text.s").read_text(encoding="ascii")
        self.assertIn("require('net'); require('deps/p/lib/b'); require('deps/p/index') // \\\\u00e9 '\\\\ud83d\\\\ude00'", text)
        self.assertIn('.ascii "typeof 1"', text)
        self.assertIn("require('deps/p/lib/a')", text)

    def test_a_package_has_all_that_it_requires(self):
        with self.assertRaisesRegex(SystemExit, r"deps/p/a requires ./b, which is not among the files of deps/p"):
            self.embed([("deps/p/a", b"require('./b')", "deps/p"), ("b", b"")])


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    unittest.main()
