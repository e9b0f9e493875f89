#!/bin/bash
# ./x scoreboard [AREA ...]: Node's own test suite under node, bun, deno and gyre, in one run; writes docs/scoreboard.md.
set -euo pipefail
cd "$GYRE_TOP"
step "building gyre, fetching the others"
gyre_bazel build //runtime/main:gyre //conformance/node:suite_with_addons.tar @node24//:node @bun//:bun @deno//:deno
external=$("${GYRE_BAZEL:-bazel}" info output_base 2>/dev/null)/external
exec python3 conformance/node/scoreboard.py --suite=bazel-bin/conformance/node/suite_with_addons.tar \
  node="$external/node24/bin/node" bun="$external/bun/bin/bun" deno="$external/deno/deno" gyre=bazel-bin/runtime/main/gyre "$@"
