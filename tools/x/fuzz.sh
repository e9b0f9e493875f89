#!/bin/bash
# ./x fuzz TARGET [SECONDS]: builds fuzz/TARGET with libFuzzer and AddressSanitizer and runs it on its corpus and beyond.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: ./x fuzz TARGET [SECONDS]; targets: $(cd "$GYRE_TOP" && ls -d fuzz/*/ 2>/dev/null | tr '\n' ' ')" >&2; exit 2; }
target=$1 seconds=${2:-60}
[ -d "$GYRE_TOP/fuzz/$target" ] || { echo "fuzz: there is no fuzz/$target" >&2; exit 1; }
step "building fuzz/$target"
gyre_bazel build --config=asan "//fuzz/$target:${target}_fuzz"
found=$GYRE_TOP/bazel-bin/fuzz/$target/found
mkdir -p "$found"
dictionary=()
[ ! -f "$GYRE_TOP/fuzz/$target/$target.dict" ] || dictionary=("-dict=$GYRE_TOP/fuzz/$target/$target.dict")
step "fuzzing for $seconds seconds; new inputs go to $found"
cd "$found"
exec "$GYRE_TOP/bazel-bin/fuzz/$target/${target}_fuzz" "-max_total_time=$seconds" "${dictionary[@]}" "$found" "$GYRE_TOP/fuzz/$target/corpus"
