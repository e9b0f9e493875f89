"""The project's own lint rules. Each takes a path (from the repository's root) and the file's text, and yields
(line, message). tree_lint.py applies them to every file; rules_test.py shows that each one turns red."""

import ast
import re

MAX_LINES = 800
LAYERS = {"base": 0, "engine": 1, "glue": 2, "loop": 3, "main": 5}
FEATURE_LAYER = 4

CPP = (".cc", ".h")
CODE = CPP + (".js", ".mjs", ".cjs", ".py", ".sh", ".bzl")
# Not written by us, or data.
FOREIGN = re.compile(r"^third_party/[^/]+/(LICENSE|patches/)|^THIRD_PARTY$|/corpus/|/testdata/|/fixtures/|/ledger/")


# Cases of a suite, one small program each: the file's name says what it shows.
CASES = re.compile(r"conformance/semantics/.+\.[mc]?js$")


def is_built_in(path):
    """Whether a file's text becomes part of the executable."""
    return re.match(r"runtime/[^/]+/(internal/.+|[^/]+)\.js$", path) is not None and not path.endswith("_test.js")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def layering(path, text):
    """base <- engine <- glue <- loop <- features <- main, by what is included."""
    own = re.match(r"runtime/([^/]+)/", path)
    if not own or not path.endswith(CPP):
        return
    rank = LAYERS.get(own.group(1), FEATURE_LAYER)
    for match in re.finditer(r'^#include "runtime/([^/"]+)/', text, re.M):
        if LAYERS.get(match.group(1), FEATURE_LAYER) > rank:
            yield line_of(text, match.start()), f"{own.group(1)} must not include {match.group(1)}: the layers are base, engine, glue, loop, features, main"


def guard(path, text):
    """runtime/fs/binding.h has the guard GYRE_FS_BINDING_H_."""
    if not path.endswith(".h") or not path.startswith("runtime/"):
        return
    wanted = "GYRE_" + re.sub(r"[^A-Z0-9]", "_", path[len("runtime/"):].upper()) + "_"
    if f"#ifndef {wanted}\n#define {wanted}\n" not in text:
        yield 1, f"the include guard should be {wanted}"


# What stands before a file's first sentence: the interpreter, the guard, what it includes, where its names live.
PREAMBLE = re.compile(
    r"(#!.*\n|// @ts-check\s*\n|'use strict';\s*\n|#(ifndef|define|include|if|endif|pragma|else|elif)\b.*\n|extern \"C\" \{\s*\n"
    r"|(inline )?namespace [^\n;]*\{\s*\n|using [^\n]*;\s*\n|(class|struct) [\w:]+;\s*\n|\s*\n)+")


def header_comment(path, text):
    """A file begins with what it is for: who runs it, when, what it makes. A .cc file's header says it for both."""
    if not path.endswith(CODE) or path.endswith("_test.cc") or CASES.match(path):
        return
    if path.endswith(".cc") and f'#include "{path[:-len(".cc")]}.h"' in text:
        return
    head = PREAMBLE.sub("", text, count=1) if PREAMBLE.match(text) else text
    if head.strip() and not head.startswith(("//", "/*", "#", '"""')):
        yield 1, "begins without a comment that says who runs it, when, and what it makes"


def size(path, text):
    lines = text.count("\n")
    if path.endswith(CODE) and lines > MAX_LINES:
        yield MAX_LINES, f"has {lines} lines, the limit is {MAX_LINES}: is it two rooms?"


def whitespace(path, text):
    if path.endswith((".patch", ".txt", ".md")):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield number, "whitespace at the end of the line"
        if "\t" in line and not re.match(r"(.*\.(json|gitmodules|mk)$)", path):
            yield number, "a tab"
    if text and not text.endswith("\n"):
        yield text.count("\n") + 1, "no newline at the end of the file"


# Written so that no rule finds them here: hosts of package registries, paths of one machine.
FORBIDDEN = [
    (r"(deb|security|snapshot)\.debian\.(org|net)", "names a registry's host: packages come through apt and npm as the machine has them set up"),
    (r"registry\.(npmjs|yarnpkg)\.", "names a registry's host: packages come through apt and npm as the machine has them set up"),
    (r"deb\.nodesource\.com", "names a registry's host: packages come through apt and npm as the machine has them set up"),
    (r"(?<![\w.$}/])/(work|root|home/\w+)/[a-z.]", "names a path of one machine"),
    (r"/tmp/[g]yre/", "names a path of one machine"),
]
SHARED = re.compile(r"\.\./shared")


def forbidden_words(path, text):
    if FOREIGN.search(path):
        return
    for pattern, message in FORBIDDEN:
        for match in re.finditer(pattern, text):
            yield line_of(text, match.start()), message
    if not path.startswith((".ci/", "ci/")):
        for match in SHARED.finditer(text):
            yield line_of(text, match.start()), "only .ci/ and ci/ may use a folder beside the repository"


def built_in(path, text):
    if not is_built_in(path):
        return
    code = re.sub(r"\A(\s*(//[^\n]*\n|/\*.*?\*/))*\s*", "", text, flags=re.S)
    if not code.startswith("'use strict'"):
        yield 1, "a built-in begins with 'use strict'"
    for match in re.finditer(r"[^\x00-\x7f]", text):
        yield line_of(text, match.start()), "a built-in is ASCII only: write this character as a \\u escape"
        break


SORTED_SYMBOLS = "load() names its symbols in alphabetical order"


def build_file(path, text):
    """What buildifier would say first."""
    if not (path.endswith((".bzl", "BUILD.bazel", ".BUILD")) or path == "WORKSPACE"):
        return
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield error.lineno or 1, f"does not parse: {error.msg}"
        return
    if re.search(r"(?<!\\)'[^'\"\n]*'", re.sub(r'"(?:\\.|[^"\\\n])*"|"""(?:.|\n)*?"""|#.*', '""', text)) and not path.endswith(".bzl"):
        yield 1, "strings have double quotes"
    yield from _loads(tree)
    if not path.endswith(".bzl"):
        yield from _targets(tree)


def _loads(tree):
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        call = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "load":
            continue
        symbols = [a.value for a in call.args[1:]]
        if symbols != sorted(symbols):
            yield node.lineno, SORTED_SYMBOLS
        for symbol in symbols + [k.arg for k in call.keywords]:
            if symbol not in names:
                yield node.lineno, f"loads {symbol} and does not use it"


def _targets(tree):
    for node in tree.body:
        call = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(call, ast.Call):
            continue
        keys = [k.arg for k in call.keywords]
        if "name" in keys and keys[0] != "name":
            yield node.lineno, "name is a target's first attribute"
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.List):
                values = [e.value for e in keyword.value.elts if isinstance(e, ast.Constant)]
                for value in sorted({v for v in values if values.count(v) > 1}, key=str):
                    yield keyword.value.lineno, f"{keyword.arg} names {value} twice"


RULES = [layering, guard, header_comment, size, whitespace, forbidden_words, built_in, build_file]


def check(path, text):
    """All findings of all rules in one file."""
    if FOREIGN.search(path):
        return []
    return sorted((line, message) for rule in RULES for line, message in rule(path, text))
