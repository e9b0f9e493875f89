#!/bin/bash
# ./x conformance [AREA]: the tests of conformance/, or of one of its folders.
exec "$GYRE_TOP/tools/x/test.sh" "//conformance/${1:+$1/}..."
