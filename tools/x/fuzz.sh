#!/bin/bash
# ./x fuzz                           lists the fuzz targets
# ./x fuzz TARGET [-seconds N]       builds fuzz/TARGET with libFuzzer and AddressSanitizer and runs it, from its corpus on
# ./x fuzz TARGET FILE...            runs the fuzzer once on each of these inputs
#
# What libFuzzer learns is kept in GYRE_FUZZ_FOLDER (by default ~/.cache/gyre/fuzz) and goes on from there the next time. An
# input that breaks the property, or that takes too long, becomes a file of the target's corpus: commit it with the fix,
# under a name that says what it is.
set -euo pipefail

list() {
  local source
  for source in "$GYRE_TOP"/fuzz/*/*_fuzz.cc; do
    # The first sentence of the file's header.
    printf '%-20s %s\n' "$(basename "$(dirname "$source")")" "$(sed -n '/^\/\//!q; s,^// ,,p' "$source" | tr '\n' ' ' | sed 's/\. .*/./')"
  done
}

[ $# -ge 1 ] || { list; exit 0; }
target=$1
shift
folder=$GYRE_TOP/fuzz/$target
[ -f "$folder/${target}_fuzz.cc" ] || { echo "fuzz: there is no target '$target'; the targets are:" >&2; list >&2; exit 2; }
seconds=60
files=()
while [ $# -gt 0 ]; do
  case $1 in
    -seconds) seconds=$2; shift 2 ;;
    -seconds=*) seconds=${1#*=}; shift ;;
    *) files+=("$(realpath "$1")"); shift ;;
  esac
done

step "building fuzz/$target"
gyre_bazel build --config=fuzz "//fuzz/$target:${target}_fuzz"
fuzzer=$GYRE_TOP/bazel-bin/fuzz/$target/${target}_fuzz
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=0:allocator_may_return_null=1}"
if [ ${#files[@]} -gt 0 ]; then exec "$fuzzer" "${files[@]}"; fi

found=${GYRE_FUZZ_FOLDER:-$HOME/.cache/gyre/fuzz}/$target
mkdir -p "$found"
flags=("-max_total_time=$seconds" "-timeout=10" "-rss_limit_mb=4096" "-print_final_stats=1" "-artifact_prefix=$folder/corpus/")
[ ! -f "$folder/$target.dict" ] || flags+=("-dict=$folder/$target.dict")
step "fuzzing for $seconds seconds; what is learnt goes to $found"
# A copy, so that a build in the meantime does not pull it away.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp "$fuzzer" "$copy/"
cd "$copy"
"./${target}_fuzz" "${flags[@]}" "$found" "$folder/corpus"
