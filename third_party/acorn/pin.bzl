"""acorn: parses JavaScript, for what the REPL must know about a line before it runs."""

PIN = {
    "name": "acorn",
    "package": "acorn",
    "version": "8.19.0",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "the REPL: unfinished input, top-level await",
    "integrity": "sha512-oJlA3XiRm7Cyk6qFD2Jn8ak9B7jSy0qy00ADO3+8dpT0LSjFihQYv4C02LFCSYJV3Q37xYwwRy5m+IpIiUzqWw==",
}
