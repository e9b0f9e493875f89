"""Brotli: compression."""

PIN = {
    "name": "brotli",
    "package": "brotli",
    "version": "1.1.0-2",
    "suite": "trixie",
    "licence": "MIT",
    "purpose": "brotli of node:zlib",
    "sha256": {
        "brotli_1.1.0.orig.tar.gz": "10973f4b4199eafa1d5735ef661ddb2ec2f97319ee9fd1824d4aabe08cff5265",
    },
}
