#!/bin/sh
# SPDX-License-Identifier: MIT
# try.sh NAME: compiles tests/try.c for the operation NAME, once for each mode, and runs both programs.  Fails if an error is
# beyond its bound.  build/try keeps the objects that do not depend on the formulas.
set -eu
cd "$(dirname "$0")/.."
name=${1:-}
known=$(sed -n 's/^ELEMENTWISE(\([a-z0-9_]*\),.*/\1/p' src/catalogue/ops.def)
if ! echo "$known" | grep -Fqx -e "$name"; then
    [ -z "$name" ] || echo "make try: $name is no elementwise operation of src/catalogue/ops.def" >&2
    echo "usage: make try OP=NAME, where NAME is one of" $known >&2
    exit 2
fi

cc=${CC:-cc}
work=build/try
mkdir -p $work
# Contraction would change bits.  -march=native gives fused multiply-add if the machine has it.
flags="-std=c11 -Iinclude -Isrc -Itests -ffp-contract=off -fno-math-errno -march=native $(pkg-config --cflags sleef)"

# build OBJECT SOURCE OPTION...: compiles in the background, and only if a source of the object is newer.
build()
{
    object=$work/$1 source=$2
    shift 2
    newer=$(find include src tests/try.c tests/floats.h tests/oracle.* -newer "$object" 2>/dev/null || echo all)
    [ -n "$newer" ] || return 0
    rm -f "$object"
    $cc $flags -O1 "$@" -c "$source" -o "$object" &
    jobs="$jobs $!"
}

jobs=
build oracle.o tests/oracle.c
build registry.o src/catalogue/registry.c
build scalar_math.o src/dispatch/scalar_math.c
# Warnings are on, except for unused functions: nothing calls the functions of other operations.
set -- -Wall -Wextra -Wno-unused-function -DTRY="$name"
build "$name-accurate.o" tests/try.c "$@"
build "$name-fast.o" tests/try.c "$@" -DACTFN_KERNELS_FAST
for job in $jobs; do wait "$job"; done

status=0
for mode in accurate fast; do
    $cc "$work/$name-$mode.o" $work/oracle.o $work/registry.o $work/scalar_math.o $(pkg-config --libs sleef) -lm -o "$work/$name-$mode"
    "$work/$name-$mode" || status=1
done
exit $status
