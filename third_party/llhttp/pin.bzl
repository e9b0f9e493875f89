"""llhttp: the HTTP/1 parser, generated C."""

PIN = {
    "name": "llhttp",
    "package": "libllhttp-dev",
    "version": "9.2.1~7.3.0+dfsg1+~cs24.12.11-1",
    "suite": "trixie",
    "binary": True,  # Its source is TypeScript for a generator; this package has the generated code as an archive.
    "licence": "MIT",
    "purpose": "HTTP/1 parsing",
    "sha256": {
        "libllhttp-dev_9.2.1~7.3.0+dfsg1+~cs24.12.11-1_amd64.deb": "c018069b22f5d53ac630bdc360d6c8bc7df78626cfb22276cbfb280aa64ac4b6",
    },
}
