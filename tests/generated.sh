#!/bin/sh
# SPDX-License-Identifier: MIT
# generated.sh check|write FILE GENERATE: compares the generated sections of a file with the output of the program GENERATE,
# which has src/catalogue/ops.def inside, or replaces the sections.
set -eu
action=$1 file=$2 generate=$3

grep -q 'begin generated from src/catalogue/ops.def: ' "$file" || { echo "$file has no generated section"; exit 1; }
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
"$generate" < "$file" > "$fresh"

case $action in
check)
    diff -u "$file" "$fresh" || { echo "$file is not current: build the target 'regenerate'"; exit 1; } ;;
write)
    # The file is not touched if nothing changes, so that nothing is rebuilt.
    cmp -s "$file" "$fresh" || { cat "$fresh" > "$file"; echo "$file"; } ;;
esac
