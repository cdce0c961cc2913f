#!/bin/sh
# SPDX-License-Identifier: MIT
# install_dependencies.sh [make] [build] [test] [test-all] [bench] [bench-peers] [docs]: installs the missing Debian packages
# of each set.
# ACTFN_NO_INSTALL=1: lists the missing packages, and fails if a package is missing.
set -eu

machine=$(dpkg --print-architecture 2>/dev/null || echo none)

packages_of()
{
    case $1 in
    make) echo make ;;
    build) echo cmake ninja-build pkg-config gcc libc6-dev libsleef-dev ;;
    test) echo check libmpfr-dev g++ binutils git python3 python3-cffi python3-numpy ;;
    test-all)
        # bindgen loads a library of clang; libclang-rt-dev has the sanitizers.
        echo clang clang-format libclang-rt-dev bindgen valgrind abigail-tools
        echo libopenblas-dev python3-sklearn libpthreadpool-dev
        echo python3-venv python3-dev python3-matplotlib
        # Another C library, 3 MB.  gcc-mingw-w64-x86-64-win32, for Windows, takes 360 MB; the tests use it if it is installed.
        echo musl-tools
        # The external suites compare with these; the last takes some 600 MB installed.
        echo libonnx-testdata python3-onnx python3-torch
        # Emulated Arm: a cross compiler, and the libraries of that architecture beside the machine's own.
        [ "$machine" != amd64 ] || echo gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user \
            libc6:arm64 libsleef-dev:arm64 check:arm64 libmpfr-dev:arm64
        ;;
    bench)
        echo libbenchmark-dev nlohmann-json3-dev g++ python3 python3-matplotlib python3-numpy
        # Peers, 8 MB to fetch.
        echo libdnnl-dev libxnnpack-dev libpthreadpool-dev
        ;;
    bench-peers) echo python3-venv ;;
    docs) echo python3 python3-matplotlib ;;
    *) echo "$0: no such set: $1" >&2; exit 2 ;;
    esac
}

wanted=$(for set in "$@"; do packages_of "$set"; done | tr ' ' '\n' | sort -u)

if [ "$machine" = none ]; then
    echo "This is not Debian: nothing is installed.  Needed, by their names in Debian 12:"
    echo $wanted
    exit 0
fi

missing=
for package in $wanted; do
    case $package in *:*) name=$package ;; *) name=$package:$machine ;; esac
    # A package for all architectures is known under its bare name only.
    status=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null ||
             dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "${ACTFN_NO_INSTALL:-}" = 1 ]; then
    echo "Missing, and not installed because ACTFN_NO_INSTALL=1:$missing"
    exit 1
fi

echo "Installing with apt:$missing"
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
case $missing in
*:arm64*) $as_root dpkg --add-architecture arm64 ;;
esac
$as_root apt-get -q -o Acquire::Retries=3 update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 install --no-install-recommends $missing
