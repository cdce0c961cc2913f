#!/bin/sh
# SPDX-License-Identifier: MIT
# bench/table.sh ACTFN_BENCH [OPTION...]: runs a part of the benchmark on one core and prints it as tables.
here=$(dirname "$0")
python=/usr/bin/python3
[ -x "$python" ] || python=python3

# The last core that we may use: the first has the interrupts.
core=$(taskset -pc $$ 2>/dev/null | sed 's/.*[^0-9]//')
if [ -n "$core" ] && taskset -c "$core" true 2>/dev/null; then
    exec taskset -c "$core" "$python" "$here/table.py" "$@"
fi
echo "table.sh: not pinned to a core: taskset is not there, or may not" >&2
exec "$python" "$here/table.py" "$@"
