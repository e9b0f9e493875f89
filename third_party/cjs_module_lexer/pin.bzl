"""cjs-module-lexer: guesses the named exports of CommonJS modules from their text."""

PIN = {
    "name": "cjs_module_lexer",
    "package": "cjs-module-lexer",
    "version": "2.3.0",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "import { name } from CommonJS modules",
    "integrity": "sha512-lmNyBzi6iYiqyrExTctfmjd8tInx+dHu9PBomTfH5RXS53c27JMFJgzNv5TyAnm3PgGf+MLy0+Ws41/HlVxdKQ==",
}
