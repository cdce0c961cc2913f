#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh SECONDS [TARGET]...: fuzzes each target for SECONDS, starting from the kept inputs.  Findings go to build/fuzz/.
# run.sh keep [TARGET]...: replaces the kept inputs by the fewest inputs that still reach everything that was reached.
set -eu
cd "$(dirname "$0")/.."
what=${1:?SECONDS or keep}
shift
build=build/fuzz
for target in ${*:-api command}; do
    program=$build/fuzz/fuzz_$target
    kept=fuzz/corpus/$target
    new=$build/fuzz/new_$target
    mkdir -p "$kept" "$new"
    case $target in api) longest=512 ;; *) longest=1024 ;; esac
    if [ "$what" = keep ]; then
        fewest=$(mktemp -d)
        "$program" -set_cover_merge=1 -max_len=$longest "$fewest" "$kept" "$new"
        rm -f "$kept"/*
        cp "$fewest"/* "$kept"
        rm -r "$fewest"
        echo "$target: $(find "$kept" -type f | wc -l) inputs, $(cat "$kept"/* | wc -c) bytes"
    else
        echo "== $target, $what seconds"
        "$program" -max_total_time="$what" -max_len=$longest -timeout=60 -artifact_prefix="$build/$target-" \
            -dict=fuzz/$target.dict -print_final_stats=1 "$new" "$kept"
    fi
done
