"""c-ares: asynchronous DNS."""

PIN = {
    "name": "c_ares",
    "package": "c-ares",
    "version": "1.34.5-1+deb13u1",
    "suite": "trixie",
    "licence": "MIT",
    "purpose": "node:dns resolvers",
    "sha256": {
        "c-ares_1.34.5-1+deb13u1.dsc": "8848358552603070f98f37679a9361b4da8405b841bbf59d002556571670f7f1",
        "c-ares_1.34.5-1+deb13u1.debian.tar.xz": "f815c2a7bf9dade9e98ac06ecf19de05678d3bd8507e6c0e60e4187320b30be5",
        "c-ares_1.34.5.orig.tar.gz": "7d935790e9af081c25c495fd13c2cfcda4792983418e96358ef6e7320ee06346",
    },
}
