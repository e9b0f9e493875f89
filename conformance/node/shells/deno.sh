#!/bin/bash
# Deno for the harness of Node's suite, which runs `SHELL [options] FILE` and `SHELL -p EXPRESSION`. $SCOREBOARD_DENO is the program.
#
# Deno refuses options it does not know: V8's are handed on, others of node's are dropped, so that a test that does not need
# them can pass. What Deno itself offers for running Node's programs is on.
if [ "$1" = -p ]; then exec "$SCOREBOARD_DENO" eval --quiet --unstable-node-globals -p "$2"; fi

flags=() v8=()
while [[ ${1-} == -* ]]; do
  case $1 in
    --expose[-_]gc | --gc-* | --allow-natives-syntax | --stack-size* | --max-* | --harmony* | --js-* | --jitless | --no-opt | --interpreted-frames* | --stack-trace-limit* | --expose[-_]externalize*)
      v8+=("$1")
      ;;
  esac
  shift
done
[ ${#v8[@]} = 0 ] || flags+=("--v8-flags=$(IFS=, && echo "${v8[*]}")")
exec "$SCOREBOARD_DENO" run --quiet -A --no-config --no-lock --unstable-detect-cjs --unstable-bare-node-builtins --unstable-node-globals \
  --unstable-unsafe-proto --unstable-worker-options "${flags[@]}" "$@"
