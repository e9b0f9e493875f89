#!/bin/bash
# Runs build.sh with stand-ins for what OSS-Fuzz sets, on two fuzzers that Bazel has built, and then the artefacts: each
# fuzzer on one of its own seeds.
set -euo pipefail

export OUT=$TEST_TMPDIR/out SRC=$TEST_TMPDIR/src LIB_FUZZING_ENGINE=-fsanitize=fuzzer SANITIZER=address
export GYRE_FUZZERS=$TEST_TMPDIR/built
mkdir -p "$OUT" "$SRC"
ln -s "$PWD" "$SRC/gyre"
for fuzzer in fuzz/*/*_fuzz; do install -D "$fuzzer" "$GYRE_FUZZERS/$fuzzer"; done

"$SRC/gyre/fuzz/oss_fuzz/build.sh"

fail() {
  echo "$*" >&2
  exit 1
}

count=0
for fuzzer in "$OUT"/*_fuzz; do
  name=$(basename "$fuzzer")
  [ -s "$OUT/$name.options" ] || fail "$name has no options"
  [ -s "$OUT/$name.dict" ] || fail "$name has no dictionary"
  seeds=$TEST_TMPDIR/seeds/$name
  mkdir -p "$seeds"
  python3 -m zipfile -e "$OUT/${name}_seed_corpus.zip" "$seeds"
  seed=$(find "$seeds" -type f | head -n 1)
  [ -n "$seed" ] || fail "$name has no seeds"
  "$fuzzer" "$seed" 2>&1 | tee "$TEST_TMPDIR/log"
  grep -q '^Executed ' "$TEST_TMPDIR/log" || fail "$name did not run its seed"
  count=$((count + 1))
done
[ "$count" = 2 ] || fail "$count fuzzers were installed, not 2"
