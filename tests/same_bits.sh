#!/bin/sh
# SPDX-License-Identifier: MIT
# same_bits.sh DIRECTORY: compiles the library with each installed compiler, at -O2 and at -O3, and compares its bits with the
# hashes of tests/exhaustive, over 1/64 of all floats on vectors and 1/1024 on generic.  `make test-all` checks the same for gcc
# at -O2, and over 1/256 on vectors for Clang at -O3.
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)

count=0
for compiler in gcc clang; do
    command -v $compiler > /dev/null || { echo "$compiler: skipped, it is not here"; continue; }
    for level in -O2 -O3; do
        build=$work/$compiler$level
        echo "== $compiler $level"
        cmake -S "$source" -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=RelWithDebInfo \
            -DCMAKE_C_COMPILER=$compiler -DCMAKE_C_FLAGS_RELWITHDEBINFO="$level -DNDEBUG" -DACTFN_KERNEL_OPTIMIZATION="$level" -DACTFN_BUILD_TOOLS=OFF \
            -DACTFN_BUILD_EXAMPLES=OFF -DACTFN_INSTALL=OFF > "$work/log" 2>&1 &&
            cmake --build "$build" --target actfn_exhaustive >> "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
        ctest --test-dir "$build" -R '^same_bits' --no-tests=error --output-on-failure
        count=$((count + 1))
    done
done
[ $count -gt 0 ] || { echo "no compiler is here"; exit 1; }
echo "the same bits by $count builds"
