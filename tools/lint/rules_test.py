"""Each lint rule turns red on what it is there for, and stays quiet on what is right.

    rules_test.py NODE NODE_MODULES
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import rules

NODE, MODULES = (os.path.abspath(a) for a in (sys.argv.pop(1), sys.argv.pop(1)))
HERE = pathlib.Path(__file__).absolute().parent

HEADER = "#ifndef GYRE_FS_BINDING_H_\n#define GYRE_FS_BINDING_H_\n"


def messages(path, text):
    return " | ".join(message for _, message in rules.check(path, text))


class RulesTest(unittest.TestCase):
    def expect(self, part, path, text):
        self.assertIn(part, messages(path, text))

    def expect_clean(self, path, text):
        self.assertEqual(messages(path, text), "")

    def test_layering(self):
        self.expect("glue must not include loop", "runtime/glue/a.cc", '// A.\n#include "runtime/loop/loop.h"\n')
        self.expect("fs must not include main", "runtime/fs/a.cc", '// A.\n#include "runtime/main/run.h"\n')
        self.expect_clean("runtime/fs/a.cc", '// A.\n#include "runtime/loop/loop.h"\n#include "runtime/buffer/codec.h"\n')

    def test_guard(self):
        self.expect("GYRE_FS_BINDING_H_", "runtime/fs/binding.h", "// A.\n#pragma once\n")
        self.expect_clean("runtime/fs/binding.h", "// A.\n" + HEADER + "#endif\n")

    def test_header_comment(self):
        self.expect("without a comment", "tools/a.py", "import os\n")
        self.expect("without a comment", "runtime/fs/a.js", "'use strict';\n\nconst a = 1;\n")
        self.expect("without a comment", "runtime/fs/binding.h", HEADER + "#include <a>\nnamespace gyre {\nvoid F();\n}\n")
        self.expect_clean("runtime/fs/binding.h", HEADER + "#include <a>\nnamespace gyre {\n\n// F.\nvoid F();\n}\n")
        self.expect_clean("runtime/fs/a.js", "'use strict';\n// A.\nconst a = 1;\n")

    def test_size(self):
        self.expect("limit is 800", "tools/a.py", "# A.\n" + "a = 1\n" * 800)

    def test_whitespace(self):
        self.expect("end of the line", "tools/a.py", "# A. \n")
        self.expect("a tab", "tools/a.py", "# A.\n\tb\n")
        self.expect("no newline", "tools/a.py", "# A.")

    def test_forbidden_words(self):
        self.expect("registry's host", "tools/a.py", "# A: http://deb" + ".debian.org/debian\n")
        self.expect("registry's host", "package-lock.json", '"https://registry' + '.npmjs.org/a"\n')
        self.expect("path of one machine", "tools/a.py", "# A: /work" + "/main\n")
        self.expect("beside the repository", "tools/a.py", "# A: .." + "/shared\n")
        self.expect_clean("ci/a.sh", "# A: .." + "/shared\n")

    def test_built_in(self):
        self.expect("'use strict'", "runtime/fs/fs.js", "// A.\nconst a = 1;\n")
        self.expect("ASCII", "runtime/fs/fs.js", "'use strict';\n// A.\nconst a = '\u00e9';\n")
        self.expect_clean("runtime/fs/fs.js", "// A.\n\n/* B\n */\n'use strict';\n")
        self.expect_clean("runtime/fs/fs_test.js", "'use strict';\n// A.\nconst a = '\u00e9';\n")

    def test_build_file(self):
        self.expect("does not use it", "a/BUILD.bazel", 'load("//a:b.bzl", "c")\n')
        self.expect("alphabetical", "a/BUILD.bazel", 'load("//a:b.bzl", "d", "c")\n\nc(name = "c")\n\nd(name = "d")\n')
        self.expect("first attribute", "a/BUILD.bazel", 'c(srcs = ["a"], name = "c")\n')
        self.expect("twice", "a/BUILD.bazel", 'c(name = "c", srcs = ["a", "a"])\n')
        self.expect("does not parse", "a/BUILD.bazel", "c(\n")
        self.expect("double quotes", "a/BUILD.bazel", "c(name = 'c')\n")

    def test_clang_format(self):
        with tempfile.NamedTemporaryFile("w", suffix=".cc") as file:
            file.write("int  main( ){}\n")
            file.flush()
            self.assertNotEqual(subprocess.run(["clang-format-22", "--style=Google", "--dry-run", "-Werror", file.name], capture_output=True, check=False).returncode, 0)

    def eslint(self, text):
        command = [NODE, os.path.join(MODULES, "eslint/bin/eslint.js"), "--config", str(HERE / "eslint.config.js"), "--stdin", "--stdin-filename", "runtime/fs/fs.js"]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=HERE.parent.parent)

    def test_eslint(self):
        self.assertIn("no-undef", self.eslint("'use strict';\nsetTimeout();\n").stdout)
        self.assertIn("no-unused-vars", self.eslint("'use strict';\nconst a = 1;\n").stdout)
        result = self.eslint("'use strict';\nif (process.pid) return;\nexports.a = require('a');\n")
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)


if __name__ == "__main__":
    unittest.main()
