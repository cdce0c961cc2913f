#!/bin/sh
# SPDX-License-Identifier: MIT
# newer.sh WORK_DIR LIBRARY COMPILER [ARGUMENT...]: the loader refuses to start a program that needs a function of a later
# release, and names the missing version.
set -eu
work=$1 library=$2
shift 2

rm -rf "$work"
mkdir -p "$work/later" "$work/today"
echo 'int actfn_of_later(void); int actfn_of_later(void) { return 0; }' > "$work/library.c"
echo 'int actfn_of_later(void); int main(void) { return actfn_of_later(); }' > "$work/program.c"
echo 'ACTFN_0.1 { local: *; }; ACTFN_99.0 { global: actfn_of_later; } ACTFN_0.1;' > "$work/later.map"
"$@" -shared -fPIC "$work/library.c" -o "$work/later/libactfn.so.0" -Wl,-soname,libactfn.so.0 \
    "-Wl,--version-script=$work/later.map"
"$@" "$work/program.c" "$work/later/libactfn.so.0" -o "$work/program"
ln -s "$library" "$work/today/libactfn.so.0"

LD_LIBRARY_PATH=$work/later "$work/program" || { echo "the program does not run with its own library"; exit 1; }
! LD_LIBRARY_PATH=$work/today "$work/program" 2> "$work/message" || { echo "it started with this library"; exit 1; }
cat "$work/message"
grep -q 'ACTFN_99.0.*not found' "$work/message"
