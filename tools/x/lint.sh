#!/bin/bash
# ./x lint: the lint tests, then clang-tidy on the C++ files that differ from the main branch.
set -uo pipefail
cd "$GYRE_TOP"
status=0

step "lint tests"
gyre_bazel test //tools/lint/... //tools/deps/... || status=1

base=$(git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
mapfile -t files < <({ git diff --name-only --diff-filter=d "$base"; git ls-files --others --exclude-standard; } | sort -u | grep -E '\.cc$' || true)
[ ${#files[@]} -gt 0 ] || exit $status

step "building, so that generated headers are there"
gyre_bazel build //runtime/... || exit 1

step "clang-tidy on ${#files[@]} files"
python3 tools/lint/tidy.py "${files[@]}" || status=1
exit $status
