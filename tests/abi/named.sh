#!/bin/sh
# SPDX-License-Identifier: MIT
# named.sh WORK_DIR LIBRARY SOURCE RELEASE_HEADERS TODAYS_HEADERS COMPILER [ARGUMENT...]: a program that was linked with 0.1
# gets 0.1's functions by name, which compute in the accurate mode.  A program that is linked today gets the functions of the
# fast mode.  A library with the names and versions of 0.1 stands for 0.1 while the program is linked.
set -eu
work=$1 library=$2 source=$3 old=$4 new=$5
shift 5

rm -rf "$work"
mkdir -p "$work/then" "$work/today"
sed -n 's/^ACTFN_API [^;(]*[ *]\(actfn_[a-z0-9_]*\)(.*/void \1(void); void \1(void) {}/p' "$old/actfn.h" > "$work/library.c"
echo 'ACTFN_0.1 { global: actfn_*; local: *; };' > "$work/library.map"
"$@" -shared -fPIC -fno-builtin "$work/library.c" -o "$work/then/libactfn.so.0" -Wl,-soname,libactfn.so.0 \
    "-Wl,--version-script=$work/library.map"
ln -s "$library" "$work/today/libactfn.so.0"
"$@" -I"$old" "$source" "$work/then/libactfn.so.0" -o "$work/program_of_then"
"$@" -I"$new" "$source" "$work/today/libactfn.so.0" -o "$work/program_of_today"

LD_LIBRARY_PATH=$work/today "$work/program_of_then" accurate || { echo "a program linked with 0.1 gets other functions"; exit 1; }
LD_LIBRARY_PATH=$work/today "$work/program_of_today" fast || { echo "a program linked today gets other functions"; exit 1; }
