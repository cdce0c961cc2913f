#!/bin/sh
# SPDX-License-Identifier: MIT
# bench/pinned.sh SCRIPT.py [ARGUMENT...]: runs a Python script and the programs that it starts on one core and one thread.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
# No compiled Python file is written beside the sources.
export PYTHONDONTWRITEBYTECODE=1
# Some libraries read these when they are loaded.
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# The last core that this process may use, because the first core handles the interrupts.
core=$(taskset -pc $$ 2>/dev/null | sed 's/.*[^0-9]//')
if [ -n "$core" ] && taskset -c "$core" true 2>/dev/null; then
    exec taskset -c "$core" "$python" "$@"
fi
echo "pinned.sh: not pinned to a core: taskset is not there, or may not" >&2
exec "$python" "$@"
