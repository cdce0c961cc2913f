#!/bin/sh
# SPDX-License-Identifier: MIT
# dump.sh write|check DUMP LIBRARY HEADERS: writes a library's ABI, as libabigail sees it, to the file DUMP, or compares the two.
set -eu
action=$1 dump=$2 library=$3 headers=$4

skip()
{
    echo "== ABI dump: skipped: $*"
    exit 77
}

command -v abidw > /dev/null && command -v abidiff > /dev/null || skip "there is no libabigail (abidw, abidiff)"
readelf --section-headers --wide "$library" | grep -q ' \.debug_info' || skip "the library has no debug information"

case $action in
write)
    # The file holds the ABI alone: no directory, no line number, nothing that the library merely uses.
    abidw --headers-dir "$headers" --drop-private-types --drop-undefined-syms --no-elf-needed --no-corpus-path \
        --no-comp-dir-path --no-show-locs --no-parameter-names --no-write-default-sizes --type-id-style hash \
        "$library" |
        sed "s,path='[^']*/src/,path='src/," > "$dump"
    ;;
check)
    machine=$(basename "$dump" .abi)
    readelf --file-header "$library" | grep -q "Machine:.*$(echo "${machine##*.}" | sed 's/x86_64/X86-64/')" ||
        skip "$dump is of another architecture"
    # New functions and enumerators are allowed.  abidiff fails at any other change, also at a field at a struct's end, which
    # docs/ABI.md allows.  A suppression for such a field would hide other changes of the struct too.
    abidiff --no-added-syms "$dump" "$library"
    echo "$library has the ABI of $(basename "$dump")"
    ;;
*) exit 2 ;;
esac
