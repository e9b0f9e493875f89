#!/bin/bash
# ./x fmt [FILES]: clang-format on the files named, or on every C++ file that differs from the main branch.
set -euo pipefail
cd "$GYRE_TOP"

changed() {
  local base
  base=$(git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
  { git diff --name-only --diff-filter=d "$base"; git ls-files --others --exclude-standard; } | sort -u | grep -E '\.(cc|h)$' || true
}

if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(changed); fi
[ ${#files[@]} -gt 0 ] || { echo "nothing to format"; exit 0; }
clang-format-22 -i --style=file "${files[@]}"
echo "formatted ${#files[@]} files"
