"""zlib: deflate and gzip."""

PIN = {
    "name": "zlib",
    "package": "zlib",
    "version": "1:1.3.dfsg+really1.3.1-1",
    "suite": "trixie",
    "licence": "Zlib",
    "purpose": "deflate, gzip and crc32 of node:zlib",
    "sha256": {
        "zlib_1.3.dfsg+really1.3.1-1.dsc": "ede2791e29c1d3b422f9208bdd7edf040c20445ea1e7453a72037576e64fa197",
        "zlib_1.3.dfsg+really1.3.1-1.debian.tar.xz": "9ed525955ce9fb0c1b39be8ff98f73450dbfc6305a9a27e6149c8972d38a0a9e",
        "zlib_1.3.dfsg+really1.3.1.orig.tar.gz": "60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb",
    },
}
