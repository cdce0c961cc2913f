#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [PRESET]...: configures, builds and tests by each preset, goes on after a failure, and adds up at the end.
set -u
cd "$(dirname "$0")/.."

presets=${*:-release clang asan tsan aarch64}
# Nothing to cross where the machine is such a one.
[ $# -gt 0 ] || [ "$(uname -m)" != aarch64 ] || presets="release clang asan tsan"

for preset in $presets; do
    echo "== $preset"
    results=build/$preset/results.xml
    rm -f "$results"
    # Warnings are errors here; the steps of a build are shown only when one fails.
    cmake --preset "$preset" -DACTFN_WERROR=ON --log-level=WARNING > /dev/null &&
        cmake --build --preset "$preset" -- --quiet &&
        ctest --preset "$preset" -j "$(nproc)" --output-junit results.xml
done

python=/usr/bin/python3
[ -x $python ] || python=python3
$python tests/summary.py $presets
