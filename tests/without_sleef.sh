#!/bin/sh
# SPDX-License-Identifier: MIT
# without_sleef.sh SOURCE WORK_DIR PKG_CONFIG COMPILER CMAKE [CMAKE ARGUMENT...]: -DACTFN_SLEEF=OFF builds where SLEEF does not
# exist.  The result is used without SLEEF: linked with the archive, with the shared library, by find_package, and by the
# command.  The suite of the 16-bit types asks this archive for the exact results, as it asks a library with SLEEF.
set -eu
source=$1 work=$2 pkg_config=$3 cc=$4 cmake=$5
shift 5

fail()
{
    echo "FAILED: $*"
    exit 1
}

# A source that includes SLEEF's header gets this one, and pkg-config knows no package at all.
rm -rf "$work"
mkdir -p "$work/none"
suite_flags=$("$pkg_config" --cflags --libs check mpfr gmp)
echo '#error "SLEEF is used"' > "$work/none/sleef.h"
export PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="$work/none" CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-2}"
prefix=$work/root
"$cmake" "$@" -S "$source" -B "$work/build" -DACTFN_SLEEF=OFF -DCMAKE_BUILD_TYPE=Debug -DACTFN_KERNEL_OPTIMIZATION=-O0 \
    -DACTFN_BUILD_EXAMPLES=OFF -DACTFN_WERROR=ON -DCMAKE_C_FLAGS="-I$work/none" -DCMAKE_INSTALL_PREFIX="$prefix" \
    -DCMAKE_INSTALL_LIBDIR=lib > "$work/log" 2>&1 || fail "configure: $(cat "$work/log")"
"$cmake" --build "$work/build" > "$work/log" 2>&1 || fail "build: $(cat "$work/log")"
"$cmake" --install "$work/build" > "$work/log"
! "$cmake" -S "$source" -B "$work/refused" -DACTFN_SLEEF=OFF -DACTFN_BUILD_TESTS=ON > "$work/log" 2>&1 ||
    fail "the tests are configured without SLEEF"
grep -q ACTFN_BUILD_TESTS "$work/log" || fail "no reason: $(cat "$work/log")"

! readelf --wide --dynamic "$prefix/lib/libactfn.so" | grep -i sleef || fail "the shared library needs SLEEF"
! readelf --wide --symbols "$prefix/lib/libactfn.so" "$prefix/lib/libactfn.a" | grep -i 'UND.*sleef' || fail "a function of SLEEF"

export PKG_CONFIG_LIBDIR="$prefix/lib/pkgconfig"
flags=$("$pkg_config" --cflags --libs actfn)
case $("$pkg_config" --static --libs actfn) in *-lsleef*) fail "the archive wants SLEEF" ;; esac
"$cc" -Wall -Werror "$source/tests/without_sleef.c" $flags -lm -o "$work/shared"
LD_LIBRARY_PATH=$prefix/lib "$work/shared" || fail "with the shared library"
"$cc" -static "$source/tests/without_sleef.c" -I"$prefix/include" "$prefix/lib/libactfn.a" -lm -o "$work/static"
"$work/static" > "$work/log" || fail "with the archive: $(cat "$work/log")"
set -- without_sleef_sixteen suite_sixteen suite_sixteen_channels suite_sixteen_entropy suite_sixteen_rows channels_support support oracle
set -- "$@" mpfr_reference
for name; do set -- "$@" "$source/tests/$name.c"; shift; done
"$cc" -std=gnu11 -O1 "$@" -I"$source/include" -I"$source/src" "$prefix/lib/libactfn.a" $suite_flags -lm -lpthread \
    -o "$work/sixteen"
ACTFN_TEST_LIGHT=1 "$work/sixteen" > "$work/log" || fail "the suite of the 16-bit types: $(cat "$work/log")"
PKG_CONFIG_LIBDIR=$work/none "$cmake" -S "$source/tests/consumers/find_package" -B "$work/consumer" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_PREFIX_PATH="$prefix" -DCOMPONENTS=static > "$work/log" 2>&1 || fail "find_package: $(cat "$work/log")"

command=$prefix/bin/actfn
export LD_LIBRARY_PATH="$prefix/lib"
"$command" info | grep -q '^SLEEF  *none (there is no accurate mode)$' || fail "actfn info: $("$command" info)"
"$command" info --json | grep -q '"sleef": null, "modes": \["fast"\]' || fail "actfn info --json: $("$command" info --json)"
printf '\223NUMPY\001\000\166\000%-117s\n\000\000\200\077' "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" > "$work/x.npy"
"$command" forward gelu "$work/x.npy" "$work/y.npy" || fail "actfn forward"
! "$command" forward --mode accurate gelu "$work/x.npy" "$work/z.npy" 2> "$work/log" || fail "actfn forward --mode accurate"
grep -q 'no such mode, or the library was built without it' "$work/log" || fail "actfn forward says: $(cat "$work/log")"
[ ! -e "$work/z.npy" ] || fail "actfn forward wrote something"
