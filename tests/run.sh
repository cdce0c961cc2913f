#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [PRESET]...: configures, builds and tests by each test preset, goes on after a failure, and prints a summary.
set -u
cd "$(dirname "$0")/.."

presets=${*:-release clang asan tsan aarch64}
# An aarch64 machine needs no cross compilation.
[ $# -gt 0 ] || [ "$(uname -m)" != aarch64 ] || presets="release clang asan tsan"

mkdir -p build/results
count=$(echo $presets | wc -w)
number=0
for preset in $presets; do
    number=$((number + 1))
    echo "== $preset ($number of $count)"
    # The preset `native` is the same build as `release`, with fewer targets and tests.
    configured=$preset
    [ "$preset" != native ] || configured=release
    results=$PWD/build/results/$preset.xml
    rm -f "$results"
    # Warnings are errors here; the steps of a build are shown only when one fails, or on a terminal.
    [ -t 1 ] && quiet= || quiet=--quiet
    cmake --preset "$configured" -DACTFN_WERROR=ON --log-level=WARNING > /dev/null &&
        cmake --build --preset "$preset" -- $quiet &&
        ctest --preset "$preset" -j "$(nproc)" --output-junit "$results"
done

python=/usr/bin/python3
[ -x $python ] || python=python3
$python tests/summary.py $presets
