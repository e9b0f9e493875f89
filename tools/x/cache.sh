#!/bin/bash
# ./x cache export|import FILE: the disk cache entries of the third-party code of the current build (V8 above all), packed.
#
# Which entries those are, Bazel itself says: export drops the build's outputs and builds again, with the disk cache
# behind a small HTTP server (cache_server.py) that writes down what it is asked for.
set -euo pipefail

cache=$HOME/.cache/gyre/bazel

# Every library outside this repository that Gyre, its tests and its fuzz targets are linked with.
third_party_targets() {
  gyre_bazel query --noshow_progress --keep_going \
    'kind("cc_(library|import) rule", filter("^@(?!bazel_tools|rules_cc|platforms|debian|local)", deps(//runtime/... + //third_party/...)))' 2>/dev/null || true
}

export_to() {
  local file=$1 work
  work=$(mktemp -d -t gyre-cache.XXXXXX)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  step "finding the third-party targets"
  third_party_targets >"$work/targets"
  [ -s "$work/targets" ] || { echo "cache: found no third-party targets: does ./x build work?" >&2; exit 1; }

  step "replaying the build of $(wc -l <"$work/targets") third-party libraries"
  python3 "$GYRE_TOP/tools/x/cache_server.py" "$cache" "$work/used" >"$work/port" &
  local server=$!
  while [ ! -s "$work/port" ]; do
    kill -0 $server || exit 1
    sleep 0.1
  done
  gyre_bazel clean
  gyre_bazel build --target_pattern_file="$work/targets" --disk_cache= --remote_cache="http://127.0.0.1:$(<"$work/port")" --remote_timeout=600
  kill $server
  wait $server || true

  step "packing $(wc -l <"$work/used") entries"
  sort -u "$work/used" | tar -C "$cache" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - -T - | zstd -T0 -15 -q -f -o "$file"
  ls -lh "$file"
}

import_from() {
  step "unpacking $1 into $cache"
  mkdir -p "$cache"
  # Entries are named by their hash: one that is there already is the same.
  zstd -dcq "$1" | tar -C "$cache" -xf - --skip-old-files
  echo "imported: the next build takes what it can from it"
}

[ $# = 2 ] || { echo "usage: ./x cache export|import FILE" >&2; exit 2; }
file=$(readlink -m "$2")
case $1 in
  export) export_to "$file" ;;
  import)
    [ -r "$file" ] || { echo "cache: cannot read $file" >&2; exit 1; }
    import_from "$file"
    ;;
  *) echo "usage: ./x cache export|import FILE" >&2; exit 2 ;;
esac
