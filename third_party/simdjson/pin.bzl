"""simdjson: reads JSON where there is no V8 yet."""

PIN = {
    "name": "simdjson",
    "package": "simdjson",
    "version": "3.0.1-1",
    "suite": "bookworm",
    "licence": "Apache-2.0",
    "purpose": "node.config.json",
    "members": ["singleheader"],
    "sha256": {
        "simdjson_3.0.1.orig.tar.gz": "156b1bc5eb0561b2bd166b46d191fd3d95a3e709cc63761477d3b7aec2b6e9ed",
    },
}
