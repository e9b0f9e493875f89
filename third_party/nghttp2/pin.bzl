"""nghttp2: HTTP/2 frames, header compression and flow control."""

PIN = {
    "name": "nghttp2",
    "package": "nghttp2",
    "version": "1.64.0-1.1+deb13u1",
    "suite": "trixie",
    "licence": "MIT",
    "purpose": "node:http2",
    "sha256": {
        "nghttp2_1.64.0-1.1+deb13u1.dsc": "11f4603a9f417bc3d195be36cb462bb9df0657f52b72dd9276453a31bc0227c7",
        "nghttp2_1.64.0-1.1+deb13u1.debian.tar.xz": "e16478701c5c007aa8761dc30c01090b2217199558bd1017b1d237db463d758c",
        "nghttp2_1.64.0.orig.tar.gz": "b452dc69a1fcbc9375389b8b154175d8b7b125cdd713fc426774c2b79a1ebd77",
    },
}
