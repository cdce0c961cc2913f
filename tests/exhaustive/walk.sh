#!/bin/sh
# SPDX-License-Identifier: MIT
# walk.sh BUILD STEP [OPTION]...: what `make exhaustive` does, by the programs in BUILD and with these options of
# actfn_exhaustive.  Errors over one of STEP floats; hashes over the samples that the tests compare with, on all instruction
# sets; then docs/ACCURACY.md, worst.txt and bits*.txt.  Of an operation that is not named by --ops all stays as it is.
set -eu
build=$1 step=$2
shift 2
here=$(dirname "$0") to=$build/exhaustive
walk=$build/tests/exhaustive/actfn_exhaustive

mkdir -p "$to"
"$walk" --to "$to/all" --step "$step" "$@"
for sample in 64 256; do
    "$walk" --to "$to/bits_$sample" --step $sample --settings 1 --hash-only "$@"
done
"$walk" --to "$to/bits_1024" --step 1024 --hash-only "$@"
python3 "$here/report.py" gather "$to/all" "$to/bits_64" "$to/bits_256" "$to/bits_1024"
python3 "$here/report.py" write "$build/tools/actfn"
