#!/bin/sh
# SPDX-License-Identifier: MIT
# zig.sh DIRECTORY install: finds zig, or installs its Python package in a virtual environment at DIRECTORY.
# zig.sh DIRECTORY ARGUMENT...: runs zig.  Nothing is written outside of DIRECTORY.
set -eu

directory=$1
shift
python=$directory/bin/python
export ZIG_GLOBAL_CACHE_DIR="$directory/cache" ZIG_LOCAL_CACHE_DIR="$directory/cache"

if command -v zig > /dev/null; then
    [ "$*" = install ] || exec zig "$@"
elif [ "$*" != install ]; then
    exec "$python" -m ziglang "$@"
elif ! "$python" -m ziglang version > /dev/null 2>&1; then
    { /usr/bin/python3 -m venv "$directory" || python3 -m venv "$directory"; } &&
        "$python" -m pip --disable-pip-version-check install --quiet ziglang || {
        echo "== portability_zig: skipped: no zig, and none to be had from a package index"
        exit 77
    }
fi
