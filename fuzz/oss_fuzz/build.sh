#!/bin/bash
# What OSS-Fuzz runs in its container to make the fuzzers: every Bazel target with the tag fuzz_target becomes, in $OUT,
#
#   <target>_fuzz  <target>_fuzz_seed_corpus.zip  <target>_fuzz.dict  <target>_fuzz.options
#
# OSS-Fuzz sets OUT, SANITIZER (address or undefined) and LIB_FUZZING_ENGINE; the repository is $SRC/gyre. Fuzzers that
# were built before (the Dockerfile does it, a test does) are taken from the folder GYRE_FUZZERS, where each lies at its
# place in the tree: GYRE_FUZZERS/fuzz/url/url_fuzz.
set -euo pipefail

cd "$SRC/gyre"

targets() {
  "${GYRE_BAZEL:-bazel}" query 'attr(tags, "\bfuzz_target\b", //fuzz/...)'
}

# Leaves the fuzzers in bazel-bin.
build() {
  local flags=(--config=fuzz)
  [ "${SANITIZER:-address}" = address ] || flags=(--config=ubsan --features=fuzzer)
  # The compiler's own libFuzzer is the engine, unless another one is asked for.
  if [ "${LIB_FUZZING_ENGINE:--fsanitize=fuzzer}" != -fsanitize=fuzzer ]; then
    flags+=(--features=-fuzzing_engine "--linkopt=$LIB_FUZZING_ENGINE")
  fi
  # shellcheck disable=SC2046
  "${GYRE_BAZEL:-bazel}" build "${flags[@]}" $(targets)
}

seed_corpus() {
  python3 - "$1" "$2" <<'PYTHON'
import pathlib, sys, zipfile
folder, archive = map(pathlib.Path, sys.argv[1:])
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
    for file in sorted(folder.iterdir()):
        out.write(file, file.name)
PYTHON
}

install_target() {
  local fuzzer=$1 target
  target=$(basename "$(dirname "$fuzzer")")
  install -m 755 "$fuzzer" "$OUT/${target}_fuzz"
  seed_corpus "fuzz/$target/corpus" "$OUT/${target}_fuzz_seed_corpus.zip"
  if [ -f "fuzz/$target/$target.dict" ]; then cp "fuzz/$target/$target.dict" "$OUT/${target}_fuzz.dict"; fi
  # V8 is left as it is at exit: what it holds is no leak.
  printf '[libfuzzer]\ndetect_leaks = 0\n' >"$OUT/${target}_fuzz.options"
}

if [ -z "${GYRE_FUZZERS:-}" ]; then
  build
  GYRE_FUZZERS=$PWD/bazel-bin
fi
for fuzzer in "$GYRE_FUZZERS"/fuzz/*/*_fuzz; do install_target "$fuzzer"; done
