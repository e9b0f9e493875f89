#!/bin/bash
# ./x test [TARGETS]: builds and runs the tests, then says `N passed, N failed` on the last line.
set -uo pipefail

events=$(mktemp -t gyre-test-events.XXXXXX)
trap 'rm -f "$events"' EXIT
step "building and testing ${*:-everything}"
gyre_bazel test --keep_going --build_tests_only=false --build_event_json_file="$events" "${@:-//...}"
status=$?
[ $status != 4 ] || status=0 # Bazel found no tests among the targets; the count says so.
python3 "$GYRE_TOP/tools/x/summary.py" "$events" || exit 1
exit $status
