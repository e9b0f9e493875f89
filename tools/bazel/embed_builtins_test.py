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
        for number, (module_id, data) in enumerate(modules):
            (self.folder / f"{number}.js").write_bytes(data)
            rows.append(f"{module_id}\t{self.folder}/{number}.js\truntime/{number}.js\n")
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


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    unittest.main()
