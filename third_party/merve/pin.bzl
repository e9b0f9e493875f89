"""merve: guesses the named exports of CommonJS modules from their text. It has no package of its own: Debian's nodejs brings it."""

PIN = {
    "name": "merve",
    "package": "nodejs",
    "version": "24.21.0+dfsg+~cs24.13.4-1",  # The file that node_suite takes its tests from: move both together.
    "release": "1.2.2",  # merve's own; checked by libraries_test.
    "line": "24",
    "suite": "forky",  # A moving suite: GYRE_DISTFILES may have to provide the file.
    "licence": "MIT",
    "purpose": "import { name } from CommonJS modules",
    "members": ["deps/merve"],
    "patches": ["//third_party/merve:patches/0001-stays-inside-its-text-and-stacks.patch"],
    "sha256": {
        "nodejs_24.21.0+dfsg+~cs24.13.4.orig.tar.xz": "e6e0d1a00dfc9e31ab2b074fd99979a48be17c18e8e3edc14306736069bb8f54",
    },
}
