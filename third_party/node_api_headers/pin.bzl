"""node-api-headers: the C interface that native addons are compiled against."""

PIN = {
    "name": "node_api_headers",
    "package": "node-api-headers",
    "version": "1.9.0",
    "suite": "npm",
    "licence": "MIT",
    "purpose": "the declarations of Node-API, for runtime/node_api and for addons in tests",
    "integrity": "sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==",
}
