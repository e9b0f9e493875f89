"""The root certificates that Mozilla trusts."""

PIN = {
    "name": "ca_certificates",
    "package": "ca-certificates",
    "version": "20250419",
    "suite": "trixie",
    "licence": "MPL-2.0",
    "purpose": "node:tls rootCertificates",
    "sha256": {
        "ca-certificates_20250419.dsc": "3fc919369a3b84e34a959faa8bdffb9bd2c5a7d4a948a4b07a09a5d43e257030",
        "ca-certificates_20250419.tar.xz": "33b44ef78653ecd3f0f2f13e5bba6be466be2e7da72182f737912b81798ba5d2",
    },
}
