"""Makes the C++ table of built-in modules; js_builtins_embed in gyre.bzl runs it at build time.

    embed_builtins.py MANIFEST TABLE.cc TEXT.s

The manifest has a line for each module: id, file to read, path in the repository (tab-separated). The text goes into an
assembler file and not into C++ string literals, which are slow to compile and limited in length; it is written out
rather than named by .incbin, so that the object depends on nothing but what Bazel knows.
"""

import re
import sys

HEADER = """// Made by tools/bazel/embed_builtins.py: the source text of every built-in module, sorted by id.
#include "runtime/engine/builtin_sources.h"

extern "C" const char gyre_builtin_text[%d];

namespace gyre {
namespace {

constexpr BuiltinSource kSources[] = {
"""
ROW = '    {"%s", {gyre_builtin_text + %d, %d}, "%s"},\n'
FOOTER = """};

}  // namespace

std::span<const BuiltinSource> BuiltinSources() { return kSources; }

}  // namespace gyre
"""


def read_source(file, path):
    with open(file, "rb") as f:
        data = f.read()
    # V8 takes the text as a one-byte string in place, which UTF-8 beyond ASCII is not.
    bad = re.search(rb"[^\x00-\x7f]", data)
    if bad:
        line = data.count(b"\n", 0, bad.start()) + 1
        raise SystemExit(f"{path}:{line}: a built-in is ASCII only; write this character as a \\u escape")
    return data


def read_manifest(manifest):
    modules = {}
    with open(manifest, encoding="utf-8") as f:
        for row in f:
            module_id, file, path = row.rstrip("\n").split("\t")
            if module_id in modules:
                raise SystemExit(f"{path} and {modules[module_id][1]} both have the id {module_id}")
            modules[module_id] = (file, path)
    return sorted(modules.items())


def escape(data):
    """One .ascii directive for each line of the source."""
    table = {0x0A: "\\n", 0x22: '\\"', 0x5C: "\\\\"}
    for line in data.splitlines(keepends=True):
        text = "".join(table.get(c) or (chr(c) if 0x20 <= c < 0x7F else "\\%03o" % c) for c in line)
        yield f'.ascii "{text}"\n'


def main(manifest, table, text):
    rows, position = [], 0
    with open(text, "w", encoding="ascii") as out:
        out.write(".section .rodata\n.globl gyre_builtin_text\ngyre_builtin_text:\n")
        for module_id, (file, path) in read_manifest(manifest):
            data = read_source(file, path)
            out.writelines(escape(data))
            rows.append(ROW % (module_id, position, len(data), path))
            position += len(data)
        out.write(".byte 0\n.section .note.GNU-stack,\"\",@progbits\n")
    with open(table, "w", encoding="ascii") as out:
        out.write(HEADER % (position + 1))
        out.writelines(rows)
        out.write(FOOTER)


if __name__ == "__main__":
    main(*sys.argv[1:])
