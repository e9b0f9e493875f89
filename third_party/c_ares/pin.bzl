"""c-ares: asynchronous DNS."""

PIN = {
    "name": "c_ares",
    "package": "c-ares",
    "version": "1.34.5-1+deb13u1",
    "suite": "trixie",
    "licence": "MIT",
    "purpose": "node:dns resolvers",
    "sha256": {
        "c-ares_1.34.5.orig.tar.gz": "7d935790e9af081c25c495fd13c2cfcda4792983418e96358ef6e7320ee06346",
    },
}
