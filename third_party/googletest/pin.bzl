"""googletest: C++ unit tests."""

PIN = {
    "name": "googletest",
    "package": "googletest",
    "version": "1.16.0-1",
    "suite": "trixie",
    "licence": "BSD-3-Clause",
    "purpose": "C++ unit tests",
    "sha256": {
        "googletest_1.16.0-1.dsc": "3e3998821e578548ba028f1196cb322e470e55e0fae28cdc303d2667c2c31e51",
        "googletest_1.16.0-1.debian.tar.xz": "6db54dc3cfc0b69c26a29a843403bacba7f3ff53df4ad141f48b73d45509353d",
        "googletest_1.16.0.orig.tar.gz": "2f54382b5d13d6cd0be2afc524f1e510d37f8ba78c2d439c5bea64ef37e30d01",
    },
}
