"""Zstandard: compression."""

PIN = {
    "name": "zstd",
    "package": "libzstd",
    "version": "1.5.7+dfsg-1",
    "suite": "trixie",
    "licence": "BSD-3-Clause",
    "purpose": "zstd of node:zlib",
    "sha256": {
        "libzstd_1.5.7+dfsg-1.dsc": "8f6ab97fa772d921334e50fa5756a0951e23c718dc913e43a228f28c1a23adf9",
        "libzstd_1.5.7+dfsg-1.debian.tar.xz": "5e88424d919941291f79e1bfada6cb1a6f748671d9de7d4b7d931f361f183a15",
        "libzstd_1.5.7+dfsg.orig.tar.xz": "0c092ef267edce57ba7f3f2645c861f72eaf5e76273c6c3632869423464b90a5",
    },
}
