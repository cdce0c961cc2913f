#!/bin/sh
# SPDX-License-Identifier: MIT
# walk.sh BUILD STEP [OPTION]...: the work of `make exhaustive`, by the programs in BUILD, with these options of
# actfn_exhaustive.  It measures errors over one of STEP floats, and hashes over the samples of the tests on all instruction
# sets.  Then it writes docs/ACCURACY.md, worst.txt and bits*.txt.  With --ops, the lines of other operations stay unchanged.
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
