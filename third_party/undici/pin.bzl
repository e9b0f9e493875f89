"""undici: fetch, WebSocket and EventSource."""

PIN = {
    "name": "undici",
    "package": "undici",
    "version": "7.29.1",
    "line": "7",  # The one of the reference, Node 24.
    "suite": "npm",
    "licence": "MIT",
    "purpose": "fetch, Headers, Request, Response, FormData, WebSocket and EventSource",
    "integrity": "sha512-RYONW2MeafgYlkVOKYKkA/Ag7BmXqgIWCa8t1m0JcxrQg9pI9lEqRhAOruOBCbAohOa/gkCF+iPi9hrgvTzu6Q==",
}
