#!/bin/bash
# ./x bench [ARGUMENTS]: hands over to tools/bench.
if [ ! -x "$GYRE_TOP/tools/bench/run" ]; then
  echo "bench: tools/bench/run is not there" >&2
  exit 1
fi
exec "$GYRE_TOP/tools/bench/run" "$@"
