"""Makes the C++ table of built-in modules; js_builtins_embed in gyre.bzl runs it at build time.

    embed_builtins.py MANIFEST TABLE.cc TEXT.s

The manifest has a line for each module: id, file to read, path in the repository, and the start of its id when it is of
an npm package (tab-separated). The text goes into an assembler file and not into C++ string literals, which are slow to
compile and limited in length; it is written out rather than named by .incbin, so that the object depends on nothing but
what Bazel knows.

A module of a package is embedded with its names resolved, as a bundler would: `require('./util')` becomes the id of the
built-in that it means, `require('node:net')` the built-in's. Each stays a module of its own, loaded when it is required.
"""

import posixpath
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


# What a package takes for constants when it is part of a runtime; see "build:node" in undici's package.json.
PACKAGE_DEFINES = {"esbuildDetection": "1"}


def read_source(file, path):
    with open(file, "rb") as f:
        data = f.read()
    # V8 takes the text as a one-byte string in place, which UTF-8 beyond ASCII is not.
    bad = re.search(rb"[^\x00-\x7f]", data)
    if bad:
        line = data.count(b"\n", 0, bad.start()) + 1
        raise SystemExit(f"{path}:{line}: a built-in is ASCII only; write this character as a \\u escape")
    return data


def to_ascii(text):
    """JavaScript's escapes of what is not ASCII: the same in strings and regular expressions, and nothing in comments."""
    units = text.encode("utf-16-be")
    codes = [int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2)]
    return "".join(chr(c) if c < 0x80 else "\\u%04x" % c for c in codes)


def read_package_source(module_id, file, package, ids):
    """The text of a package's module, with every name that it requires resolved to a built-in's id."""

    def resolve(match):
        name = match.group(2)
        if name.startswith("."):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(module_id), name)).removesuffix(".js")
            found = [i for i in (target, target + "/index") if i in ids and i.startswith(package + "/")]
            if not found:
                raise SystemExit(f"{module_id} requires {name}, which is not among the files of {package}")
            name = found[0]
        return f"require('{name.removeprefix('node:')}')"

    with open(file, encoding="utf-8") as f:
        text = to_ascii(f.read())
    text = re.sub(r"""\brequire\((['"])([^'"]+)\1\)""", resolve, text)
    for name, value in PACKAGE_DEFINES.items():
        text = re.sub(rf"\b{name}\b", value, text)
    return text.encode("ascii")


def read_manifest(manifest):
    modules = {}
    with open(manifest, encoding="utf-8") as f:
        for row in f:
            module_id, file, path, package = row.rstrip("\n").split("\t")
            if module_id in modules:
                raise SystemExit(f"{path} and {modules[module_id][1]} both have the id {module_id}")
            modules[module_id] = (file, path, package)
    return modules


def escape(data):
    """One .ascii directive for each line of the source."""
    table = {0x0A: "\\n", 0x22: '\\"', 0x5C: "\\\\"}
    for line in data.splitlines(keepends=True):
        text = "".join(table.get(c) or (chr(c) if 0x20 <= c < 0x7F else "\\%03o" % c) for c in line)
        yield f'.ascii "{text}"\n'


def main(manifest, table, text):
    rows, position = [], 0
    modules = read_manifest(manifest)
    with open(text, "w", encoding="ascii") as out:
        out.write(".section .rodata\n.globl gyre_builtin_text\ngyre_builtin_text:\n")
        for module_id, (file, path, package) in sorted(modules.items()):
            data = read_package_source(module_id, file, package, modules) if package else read_source(file, path)
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
