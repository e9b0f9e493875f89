"""The macros that a fuzz target's BUILD file is written in. A target is one folder of fuzz/:

  <target>_fuzz.cc    LLVMFuzzerTestOneInput, which asserts a property and not only "no crash"
  corpus/             seeds, and every input that ever found a bug
  <target>.dict       libFuzzer's dictionary (optional)

A target makes <target>_test, the replay of the corpus, an ordinary test in seconds; and <target>_fuzz, the fuzzer, which
is built with --config=fuzz (./x fuzz does) and which fuzz/oss_fuzz/build.sh finds by its tag.
"""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("//tools/bazel:gyre.bzl", "GYRE_COPTS", "gyre_cc_binary")

# Found by: bazel query 'attr(tags, "\bfuzz_target\b", //fuzz/...)'.
_TAG = "fuzz_target"

def gyre_fuzz_target(name, deps = [], size = "small"):
    """A fuzz target in C++.

    Args:
      name: the folder's name.
      deps: what it drives.
      size: of the replay test.
    """
    source = name + "_fuzz.cc"
    dictionaries = native.glob([name + ".dict"])
    corpus = native.glob(["corpus/**"])
    if not corpus:
        fail("fuzz/%s needs a seed corpus" % name)

    # Without --config=fuzz this would be blind, so nobody builds it by the way.
    gyre_cc_binary(
        name = name + "_fuzz",
        srcs = [source],
        data = dictionaries,
        features = ["fuzzing_engine"],
        tags = [_TAG, "manual"],
        deps = deps + ["//fuzz/support"],
    )
    cc_test(
        name = name + "_test",
        srcs = [source],
        args = ["fuzz/%s/corpus" % name],
        copts = GYRE_COPTS,
        data = corpus,
        size = size,
        deps = deps + ["//fuzz/support", "//fuzz/support:replay_main"],
    )
