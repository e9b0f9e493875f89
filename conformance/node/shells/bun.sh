#!/bin/bash
# Bun for the harness of Node's suite, which runs `SHELL [options] FILE` and `SHELL -p EXPRESSION`. $SCOREBOARD_BUN is the program.
#
# Bun's node:test works under `bun test` only, so files that use it are run that way.
file=${!#}
if [ -f "$file" ] && grep -q "node:test['\"\`]" "$file"; then exec "$SCOREBOARD_BUN" test "$file"; fi
exec "$SCOREBOARD_BUN" "$@"
