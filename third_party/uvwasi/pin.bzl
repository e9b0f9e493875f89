"""uvwasi: the system calls of WASI on libuv. It has no package of its own: Debian's nodejs brings it."""

PIN = {
    "name": "uvwasi",
    "package": "nodejs",
    "version": "24.21.0+dfsg+~cs24.13.4-1",  # The file that node_suite takes its tests from: move both together.
    "release": "0.0.23",  # uvwasi's own; checked by libraries_test.
    "line": "24",
    "suite": "forky",  # A moving suite: GYRE_DISTFILES may have to provide the file.
    "licence": "MIT",
    "purpose": "wasi",
    "members": ["deps/uvwasi"],
    "sha256": {
        "nodejs_24.21.0+dfsg+~cs24.13.4.orig.tar.xz": "e6e0d1a00dfc9e31ab2b074fd99979a48be17c18e8e3edc14306736069bb8f54",
    },
}
