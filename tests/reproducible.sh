#!/bin/sh
# SPDX-License-Identifier: MIT
# reproducible.sh objects|library SOURCE CMAKE [CMAKE ARGUMENT...]: two builds give the same bytes, from two copies of the
# sources in two directories, at two times, in two time zones and languages.  `objects` compares the objects other than
# kernels; `library` compares the libraries, and compiles everything twice.
set -eu
what=$1 source=$2 cmake=$3
shift 3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The files that are compared must be built, not taken from a cache.
CCACHE_DISABLE=1
export CCACHE_DISABLE

# build TREE OBJECT_DIR VARIABLE=VALUE...: prints nothing unless it fails
build()
{
    tree=$work/$1 objects=$work/$2
    shift 2
    mkdir -p "$tree"
    for part in CMakeLists.txt cmake include src README.md LICENSE; do
        cp -r "$source/$part" "$tree"
    done
    case $what in objects) targets=actfn_objects ;; *) targets='actfn_shared actfn_static' ;; esac
    { env "$@" "$cmake" -S "$tree" -B "$objects" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DACTFN_BUILD_TESTS=OFF \
        -DACTFN_BUILD_TOOLS=OFF -DACTFN_BUILD_EXAMPLES=OFF -DACTFN_INSTALL=OFF $arguments &&
        env "$@" "$cmake" --build "$objects" --target $targets; } > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}

# No argument here contains a space.
arguments=$*
build here here/build/release TZ=UTC LC_ALL=C
# If a file contained the time, it would differ from now on.
sleep 1
build a/much/longer/way/there elsewhere/out TZ=Asia/Kathmandu LC_ALL=C.UTF-8

case $what in objects) pattern='*.o' ;; *) pattern='libactfn.*' ;; esac
count=0
for first in $(cd "$work/here/build/release" && find . -type f -name "$pattern" | sort); do
    cmp "$work/here/build/release/$first" "$work/elsewhere/out/$first" ||
        { echo "$first depends on where it is built"; exit 1; }
    count=$((count + 1))
    [ "$what" = objects ] || (cd "$work/here/build/release" && ls -l "$first" && sha256sum "$first")
done
[ "$count" -gt 1 ] || { echo "nothing was compared"; exit 1; }
echo "$count files are the same in both builds"
