"""Every external repository of the build, from the pins in third_party/<dep>/pin.bzl."""

load("//tools/bazel:debian_source.bzl", "debian_apt", "debian_source")
load("//third_party/googletest:pin.bzl", GOOGLETEST = "PIN")
load("//third_party/libuv:pin.bzl", LIBUV = "PIN")

_DEBIAN = [
    GOOGLETEST,
    LIBUV,
]

def gyre_repositories():
    for suite in ["bookworm", "trixie", "forky"]:
        debian_apt(name = "debian_apt_" + suite, suite = suite)
    for pin in _DEBIAN:
        debian_source(
            name = pin["name"],
            package = pin["package"],
            version = pin["version"],
            suite = pin["suite"],
            sha256 = pin["sha256"],
            members = pin.get("members", []),
            debian_patches = pin.get("debian_patches", []),
            patches = pin.get("patches", []),
            build_file = "//third_party/%s:%s.BUILD" % (pin["name"], pin["name"]),
        )
