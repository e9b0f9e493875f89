#!/bin/bash
# ./x status: makes README's table of built-in modules anew and says what is missing.
set -euo pipefail
gyre_bazel build //runtime/main:gyre @node24//:node
node=$(cd "$GYRE_TOP" && "${GYRE_BAZEL:-bazel}" info output_base 2>/dev/null)/external/node24/bin/node
exec python3 "$GYRE_TOP/tools/docs/status.py" --gyre "$GYRE_TOP/bazel-bin/runtime/main/gyre" --node "$node" "$GYRE_TOP/README.md"
