"""Makes OpenSSL's generated files and the list of what to compile; the repository rule runs it in the unpacked sources.

OpenSSL's own Configure and perl generators write headers and assembler; then the commands that `make -n` would run say
which sources and definitions the two libraries consist of, and sources.bzl hands them to openssl.BUILD. Nothing is compiled.
"""

import glob
import os
import re
import shlex
import subprocess

# As in Node's build: everything in one static library, the legacy provider included; no applications, no engines.
OPTIONS = """
linux-x86_64 --prefix=/usr --openssldir=/etc/ssl
no-shared no-pic no-module no-tests no-docs no-apps no-comp no-afalgeng no-padlockeng
enable-ssl-trace enable-ec_nistp_64_gcc_128
""".split()

LISTS = {"libcrypto.a": "CRYPTO", "libssl.a": "SSL"}


def run(*command):
    # The compiler's name is what the perl scripts look at to see which instructions they may write;
    # the fixed date makes the same files everywhere.
    env = dict(os.environ, CC="clang-22", SOURCE_DATE_EPOCH="1", LC_ALL="C", MAKEFLAGS="")
    result = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed\n{result.stdout[-1000:]}{result.stderr[-2000:]}")
    return result.stdout


def read_commands(text):
    """Objects to (source, definitions), and the objects of each archive, out of what make would do."""
    objects, archives, generated = {}, {}, []
    for line in text.replace("\\\n", " ").splitlines():
        if " -c -o " in line and not line.startswith("CC="):
            words = shlex.split(line)
            objects[words[words.index("-o") + 1]] = (words[-1], [w[2:] for w in words if w.startswith("-D")])
        elif line.startswith("ar qc "):
            _, _, archive, *members = line.split()
            archives.setdefault(os.path.basename(archive), []).extend(members)
        elif line.startswith("CC="):
            generated.append(shlex.split(line)[-1])
    return objects, archives, generated


def write_lists(objects, archives):
    with open("sources.bzl", "w", encoding="ascii") as out:
        out.write('"""Made by third_party/openssl/configure.py from what OpenSSL\'s makefile would compile."""\n')
        for archive, name in LISTS.items():
            members = [objects[o] for o in archives[archive]]
            sources = sorted({source for source, _ in members})
            # Definitions with quotes in them are the installation paths, which openssl.BUILD spells.
            defines = sorted({d for _, ds in members for d in ds if '"' not in d})
            out.write(f"\n{name}_SOURCES = {sources!r}\n\n{name}_DEFINES = {defines!r}\n".replace("'", '"'))


def main():
    run("perl", "Configure", *OPTIONS)
    run("make", "-s", "build_generated")
    commands = run("make", "-n", "build_libs")
    objects, archives, generated = read_commands(commands)
    # build_generated leaves out what only the providers need.
    templates = glob.glob("providers/**/der_*.in", recursive=True)
    run("make", "-s", "crypto/buildinf.h", *generated, *[t[: -len(".in")] for t in templates])
    write_lists(objects, archives)
    # Not part of the libraries, and full of BUILD-like names.
    run("rm", "-rf", "test", "demos", "doc", "fuzz", "Makefile", "configdata.pm")


main()
