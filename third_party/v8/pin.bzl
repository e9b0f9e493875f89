"""V8 and what V8 needs: the JavaScript engine, taken from the source package of Debian's chromium."""

PIN = {
    "name": "v8",
    "package": "chromium",
    "version": "150.0.7871.100-1~deb12u1",
    "suite": "bookworm",
    "licence": "BSD-3-Clause (V8, inspector_protocol, highway: Apache-2.0 or BSD-3-Clause), Apache-2.0 (abseil, dragonbox), " +
               "Unicode-3.0 (ICU), Apache-2.0 or MIT (simdutf, fast_float), MIT (fp16), LGPL-2.1-or-later (three files of " +
               "glibc's libm), BSD-3-Clause (jinja2 and markupsafe, at build time only)",
    "purpose": "JavaScript and WebAssembly engine 15.0.245.13, abseil for all of Gyre, ICU, simdutf",
    "sha256": {
        "chromium_150.0.7871.100-1~deb12u1.dsc": "86b533657404e705286060ba6bf3b29e5aab58eb214d472a3c25ce10a03aeb3f",
        "chromium_150.0.7871.100-1~deb12u1.debian.tar.xz": "d9641a650e66d8106038ea40869b1fce681a1a4721b288fc941234f34b73f1a7",
        "chromium_150.0.7871.100.orig.tar.xz": "2d39244586a0e28242ea082777dbfa877e9d374e62bf9f2d86a92b0a142118cd",
    },
    # 300 MB of the browser's 6 GB.
    "members": [
        "v8/BUILD*",  # named by the patches below
        "v8/LICENSE*",
        "v8/include",
        "v8/src",
        "v8/test/torque",
        "v8/testing/gtest/include/gtest/gtest_prod.h",
        "v8/third_party",
        "third_party/abseil-cpp/LICENSE",
        "third_party/abseil-cpp/absl",
        "third_party/dragonbox/src/LICENSE*",
        "third_party/dragonbox/src/include",
        "third_party/fast_float/src/LICENSE*",
        "third_party/fast_float/src/include",
        "third_party/fp16/src/LICENSE",
        "third_party/fp16/src/include",
        "third_party/googletest/src/googletest/include/gtest/gtest_prod.h",
        "third_party/highway/src/LICENSE*",
        "third_party/highway/src/hwy",
        "third_party/icu/LICENSE",
        "third_party/icu/common/icudtl.dat",
        "third_party/icu/source/common",
        "third_party/icu/source/i18n",
        "third_party/jinja2",
        "third_party/markupsafe",
        "third_party/simdutf",
    ],
    # The tarball lacks llvm-libc; with these V8 computes with fdlibm again and does not need it.
    "debian_patches": [
        "llvm-19/0001-revert-v8-libm.patch",
        "llvm-19/0002-revert-v8-libm.patch",
        "llvm-19/0003-revert-v8-libm.patch",
        "llvm-19/0004-revert-v8-libm.patch",
        "llvm-19/0005-revert-v8-libm.patch",
        "llvm-19/0007-revert-v8-libm.patch",
        "llvm-19/0008-revert-v8-libm.patch",
        "llvm-19/0009-revert-v8-libm.patch",
        "llvm-19/0011-revert-v8-libm.patch",
    ],
    # Ours: the start-up snapshot has typed arrays in it; the others are for the time that a start takes.
    "patches": [
        "//third_party/v8:patches/0001-do-not-defer-typed-arrays-in-snapshots.patch",
        "//third_party/v8:patches/0002-snapshots-without-empty-feedback-cells.patch",
        "//third_party/v8:patches/0003-the-stack-of-the-main-thread.patch",
    ],
}
