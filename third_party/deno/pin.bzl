"""Deno: speed is compared with it."""

PIN = {
    "name": "deno",
    "package": "@deno/linux-x64-glibc",
    "version": "2.9.6",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "benchmarks; not part of Gyre",
    "integrity": "sha512-3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==",
}
