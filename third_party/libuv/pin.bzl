"""libuv: the event loop, sockets, files and threads."""

PIN = {
    "name": "libuv",
    "package": "libuv1",
    "version": "1.50.0-2",
    "suite": "trixie",
    "licence": "MIT",
    "purpose": "event loop, sockets, files, child processes, thread pool",
    "sha256": {
        "libuv1_1.50.0-2.dsc": "5691ae93bdd0c9b147e76290bc8816c805f565b6a52ad23691a31b6092056abc",
        "libuv1_1.50.0-2.debian.tar.xz": "171ce8415710798742ed0921928618932ecc3b8b3fa9e75ac62fe10df4d461ea",
        "libuv1_1.50.0.orig.tar.gz": "ec9de6ecf2a780fd2afb3b007947d2cd57c3bb17f3b9e721a66774980d35cd4d",
    },
    "patches": [
        "//third_party/libuv:patches/0001-a-reset-is-no-end-of-file.patch",
        "//third_party/libuv:patches/0002-accept-keeps-connections-when-out-of-descriptors.patch",
        "//third_party/libuv:patches/0003-a-child-starts-in-its-parents-memory.patch",
        "//third_party/libuv:patches/0004-a-loop-makes-its-ring-when-it-has-a-use-for-it.patch",
    ],
}
