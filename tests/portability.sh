#!/bin/sh
# SPDX-License-Identifier: MIT
# portability.sh SOURCE SLEEF_H TARGET PROCESSOR COMPILER...: compiles the sources other than kernels for another C library
# or another system.  The test only compiles: it does not compile the kernels, and it does not link or run anything.
# Skipped by name without the compiler.
set -u

source=$1 sleef=$2 target=$3 processor=$4
shift 4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit # some compilers leave files in the current directory
if ! "$@" --version > /dev/null 2>&1; then
    echo "== portability_$target: skipped: $* does not run here"
    exit 77
fi
# SLEEF's header alone: the machine's other headers are those of another C library.
mkdir "$work/include"
cp "$sleef" "$work/include/sleef.h"
status=0
for file in "$source"/src/api/*.c "$source"/src/catalogue/*.c "$source"/src/dispatch/*.c \
        "$source"/src/"$processor"/cpu_*.c "$source"/src/generic/cpu_generic.c; do
    "$@" -std=c11 -O1 -Wall -Wextra -Wpedantic -Wconversion -Werror -ffp-contract=off -I"$source/include" \
        -I"$source/src" -isystem "$work/include" -c "$file" -o "$work/object" || {
        echo "FAILED: ${file#"$source"/} for $target"
        status=1
    }
done
exit $status
