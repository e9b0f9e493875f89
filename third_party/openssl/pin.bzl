"""OpenSSL 3.5 (LTS): cryptography and TLS."""

PIN = {
    "name": "openssl",
    "package": "openssl",
    "version": "3.5.7-1~deb13u2",
    "suite": "trixie",
    "licence": "Apache-2.0",
    "purpose": "node:crypto and node:tls",
    "setup": "//third_party/openssl:configure.py",
    "sha256": {
        "openssl_3.5.7-1~deb13u2.dsc": "25904642004d30c5c3da4642a72a7d09f8d9eb6e5ce62dab53c0371114faf8f2",
        "openssl_3.5.7-1~deb13u2.debian.tar.xz": "593a47654ead460a3b609503733f80bef552ff0802799d3b47784faacc50809f",
        "openssl_3.5.7.orig.tar.gz": "a8c0d28a529ca480f9f36cf5792e2cd21984552a3c8e4aa11a24aa31aeac98e8",
    },
}
