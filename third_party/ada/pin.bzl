"""ada: the WHATWG URL parser."""

PIN = {
    "name": "ada",
    "package": "ada-url",
    "version": "3.4.4-1",
    "suite": "forky",  # A moving suite: GYRE_DISTFILES may have to provide the file.
    "licence": "Apache-2.0 or MIT",
    "purpose": "WHATWG URL parsing",
    "members": ["src", "include"],
    "sha256": {
        "ada-url_3.4.4.orig.tar.gz": "db74b85968410b59d591aeebf0babe76bf5da44dd8969b0bf001039c9d697aa3",
    },
    "patches": [
        "//third_party/ada:patches/0001-a-host-with-a-port-replaces-dash-dot.patch",
        "//third_party/ada:patches/0002-a-refused-host-changes-nothing.patch",
        "//third_party/ada:patches/0003-an-opaque-base-takes-a-fragment-only.patch",
        "//third_party/ada:patches/0004-a-domain-of-ascii-is-not-looked-into.patch",
    ],
}
