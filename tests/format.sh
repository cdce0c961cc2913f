#!/bin/sh
# SPDX-License-Identifier: MIT
# format.sh check|write: checks that every C and C++ file has the layout of .clang-format, or writes the files in that layout.
# A table that is aligned by hand stands between `clang-format off` and `clang-format on`.  The script exits with 77 without
# clang-format 14, because another version makes another layout, and without Git, which lists the files.
set -eu
action=$1
cd "$(dirname "$0")/.."

# Files without the layout, as patterns of Git.  A file that gets the layout leaves this list.
not_yet='abi src/math/fast/tables.h'

format=
for name in clang-format-14 clang-format; do
    command -v $name > /dev/null && $name --version | grep -q 'version 14\.' && format=$name && break
done
[ -n "$format" ] || { echo "skipped: there is no clang-format 14"; exit 77; }
git rev-parse --is-inside-work-tree > /dev/null 2>&1 || { echo "skipped: Git does not know the files here"; exit 77; }

set -f # the patterns are for Git
excluded=
for pattern in $not_yet; do excluded="$excluded :!$pattern"; done
list=$(git ls-files -co --exclude-standard -- '*.c' '*.h' '*.cpp' $excluded)
case $action in
check)
    $format --dry-run -Werror $list || { echo "laid out otherwise than .clang-format says: sh tests/format.sh write"; exit 1; }
    echo "$(echo "$list" | wc -l) files" ;;
write) $format -i $list ;;
*) echo "format.sh check|write" >&2; exit 2 ;;
esac
