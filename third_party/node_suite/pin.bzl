"""Node's own test suite: what conformance/node runs."""

PIN = {
    "name": "node_suite",
    "package": "nodejs",
    "version": "24.21.0+dfsg+~cs24.13.4-1",
    "line": "24",  # The suite of the release line that Gyre replays.
    "suite": "forky",  # A moving suite: GYRE_DISTFILES may have to provide the file.
    "licence": "MIT",
    "purpose": "Node's test suite and its harness; not part of Gyre",
    # The suite, its harness, and the documents that some of its tests read.
    "members": [
        "doc/api/cli.md",
        "doc/contributing/internal-api.md",
        "doc/node-config-schema.json",
        "doc/node.1",
        "test",
        "tools/icu/icu_versions.json",
        "tools/pseudo-tty.py",
        "tools/run-worker.js",
        "tools/test.py",
        "tools/utils.py",
    ],
    "setup": "//third_party/node_suite:pack.py",
    "sha256": {
        "nodejs_24.21.0+dfsg+~cs24.13.4.orig.tar.xz": "e6e0d1a00dfc9e31ab2b074fd99979a48be17c18e8e3edc14306736069bb8f54",
    },
}
