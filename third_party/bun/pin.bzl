"""Bun: speed is compared with it."""

PIN = {
    "name": "bun",
    "package": "@oven/bun-linux-x64",
    "version": "1.4.5",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "benchmarks; not part of Gyre",
    "integrity": "sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==",
}
