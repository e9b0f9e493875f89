#!/bin/bash
# ./x conformance [AREA ...] [OPTIONS]: Node's own test suite against the ledger; conformance/node/run.py has the options.
# With the name of another folder of conformance/ it runs that folder's tests.
set -euo pipefail
cd "$GYRE_TOP"

if [ $# = 1 ] && [ "$1" != node ] && [ -d "conformance/$1" ]; then exec tools/x/test.sh "//conformance/$1/..."; fi

targets=(//conformance/node:suite_with_addons.tar)
shell=()
case " $* " in
  *" --shell"* | *" --check "*) ;;
  *)
    targets+=(//runtime/main:gyre)
    shell=("--shell=bazel-bin/runtime/main/gyre")
    ;;
esac
step "building ${targets[*]}"
gyre_bazel build "${targets[@]}"
exec python3 conformance/node/run.py "${shell[@]}" --suite=bazel-bin/conformance/node/suite_with_addons.tar "$@"
