#!/bin/sh
# SPDX-License-Identifier: MIT
# valgrind.sh ACTFN_TESTS MODE: every public function on blocks of the exact size, under Valgrind.  Valgrind's CPU has no
# AVX-512, so the suites skip AVX-512 by name and run the other instruction sets.
set -u

if ! command -v valgrind > /dev/null; then
    echo "== valgrind $2: skipped: there is no valgrind"
    exit 77
fi

# Without --exit-on-first-error Valgrind prints the whole list, and with CK_FORK each test would be a process of its own.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
CK_FORK=no ACTFN_TEST_LIGHT=1 CK_RUN_SUITE=memory_calls CK_RUN_CASE=heap \
    valgrind -q --error-exitcode=9 --leak-check=full "$1" avx2 neon generic "$2" > "$log" 2>&1
status=$?
cat "$log"
[ $status -eq 0 ] || exit $status
# The tests must have run, on one instruction set or another.
grep -q '^100%: Checks: [1-9][0-9]' "$log"
