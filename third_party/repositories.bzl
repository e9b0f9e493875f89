"""Every external repository of the build, from the pins in third_party/<dep>/pin.bzl."""

load("//tools/bazel:debian_source.bzl", "debian_apt", "debian_binary", "debian_source")
load("//tools/bazel:npm_package.bzl", "npm_package", "npm_tree")
load("//third_party/acorn:pin.bzl", ACORN = "PIN")
load("//third_party/ada:pin.bzl", ADA = "PIN")
load("//third_party/amaro:pin.bzl", AMARO = "PIN")
load("//third_party/brotli:pin.bzl", BROTLI = "PIN")
load("//third_party/bun:pin.bzl", BUN = "PIN")
load("//third_party/c_ares:pin.bzl", C_ARES = "PIN")
load("//third_party/ca_certificates:pin.bzl", CA_CERTIFICATES = "PIN")
load("//third_party/deno:pin.bzl", DENO = "PIN")
load("//third_party/googletest:pin.bzl", GOOGLETEST = "PIN")
load("//third_party/libuv:pin.bzl", LIBUV = "PIN")
load("//third_party/llhttp:pin.bzl", LLHTTP = "PIN")
load("//third_party/merve:pin.bzl", MERVE = "PIN")
load("//third_party/nghttp2:pin.bzl", NGHTTP2 = "PIN")
load("//third_party/node24:pin.bzl", NODE24 = "PIN")
load("//third_party/node26:pin.bzl", NODE26 = "PIN")
load("//third_party/node_api_headers:pin.bzl", NODE_API_HEADERS = "PIN")
load("//third_party/node_suite:pin.bzl", NODE_SUITE = "PIN")
load("//third_party/openssl:pin.bzl", OPENSSL = "PIN")
load("//third_party/simdjson:pin.bzl", SIMDJSON = "PIN")
load("//third_party/sqlite:pin.bzl", SQLITE = "PIN")
load("//third_party/undici:pin.bzl", UNDICI = "PIN")
load("//third_party/uvwasi:pin.bzl", UVWASI = "PIN")
load("//third_party/v8:pin.bzl", V8 = "PIN")
load("//third_party/zlib:pin.bzl", ZLIB = "PIN")
load("//third_party/zstd:pin.bzl", ZSTD = "PIN")

_PINS = [
    ACORN,
    ADA,
    AMARO,
    BROTLI,
    BUN,
    C_ARES,
    CA_CERTIFICATES,
    DENO,
    GOOGLETEST,
    LIBUV,
    LLHTTP,
    MERVE,
    NGHTTP2,
    NODE24,
    NODE26,
    NODE_API_HEADERS,
    NODE_SUITE,
    OPENSSL,
    SIMDJSON,
    SQLITE,
    UNDICI,
    UVWASI,
    V8,
    ZLIB,
    ZSTD,
]

def _repository(pin):
    common = {
        "name": pin["name"],
        "package": pin["package"],
        "version": pin["version"],
        "build_file": "//third_party/%s:%s.BUILD" % (pin["name"], pin["name"]),
    }
    if pin["suite"] == "npm":
        npm_package(integrity = pin["integrity"], **common)
    elif pin.get("binary"):
        debian_binary(suite = pin["suite"], sha256 = pin["sha256"], **common)
    else:
        debian_source(
            suite = pin["suite"],
            sha256 = pin["sha256"],
            members = pin.get("members", []),
            debian_patches = pin.get("debian_patches", []),
            patches = pin.get("patches", []),
            setup = pin.get("setup"),
            **common
        )

def gyre_repositories():
    """Declares them all; only what a build needs is fetched."""
    for suite in ["bookworm", "trixie", "forky"]:
        debian_apt(name = "debian_apt_" + suite, suite = suite)
        debian_apt(name = "debian_apt_binary_" + suite, suite = suite, kind = "deb")
    for pin in _PINS:
        _repository(pin)
    npm_tree(name = "npm_programs", lock = "//conformance/programs:package-lock.json")
    npm_tree(name = "npm_servers", lock = "//conformance/servers:package-lock.json")
