#!/bin/sh
# SPDX-License-Identifier: MIT
# addition.sh BUILD STEP OPS: writes all generated files for operations that were added to the list, in the order of
# docs/ADDING.md.  BUILD is a configured directory, relative to the root of the sources.  Errors are measured over one of
# STEP floats.  OPS are names, separated by commas.
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd) step=$2 ops=${3:?OPS=NAME,... says which operations were added}
left=
python=/usr/bin/python3 # Debian's own, as the tests
[ -x $python ] || python=python3

# try NAME COMMAND...: a step that this machine may be unable to do; then the step is left out.
try()
{
    name=$1
    shift
    echo "== $name"
    "$@" || left="$left $name"
}

echo "== regenerate"
cmake --build "$build" --target regenerate
echo "== the library, the suites and the command"
cmake --build "$build" --target actfn_tests actfn_exhaustive actfn_command actfn_shared
echo "== hashes"
CK_RUN_SUITE=bits ACTFN_WRITE_HASHES=tests/golden_hashes.h "$build/tests/actfn_tests" generic accurate
cmake --build "$build" --target actfn_tests
echo "== exhaustive"
tests/exhaustive/walk.sh "$build" "$step" --ops "$ops"
try activations cmake --build "$build" --target activations
try stubs $python bindings/python/run_tests.py --cmake cmake --build "$build" --library "$build/src/libactfn.so" \
    --stubs bindings/python/src/actfn/__init__.pyi
try abi-dump cmake --build "$build" --target abi-dump

[ -z "$left" ] || { echo "== still to do:$left"; exit 1; }
