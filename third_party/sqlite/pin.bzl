"""SQLite: its amalgamation, as the npm package better-sqlite3 brings it in deps/sqlite3."""

PIN = {
    "name": "sqlite",
    "package": "better-sqlite3",
    "version": "13.0.3",
    "release": "3.53.4",  # SQLite's own, which is the reference's; checked by libraries_test.
    "line": "13.0",
    "suite": "npm",
    "licence": "SQLite blessing (public domain)",
    "purpose": "node:sqlite",
    "integrity": "sha512-RbOBxmLBG8uvFUc15X9+9SFemKcQ0WBuISBVkpuiaUB2qblC8UWlHEjdWVoZ8AdhSwmoEgsiXKfopX0CQxaACQ==",
}
