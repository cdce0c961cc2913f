#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh CASE: one way of using the library.  `install` runs first; CMakeLists.txt sets the variables that the script uses.
set -eu

here=$SOURCE/tests/consumers
# The library is installed to a path it was not configured for, staged, and then moved: nothing may depend on its old place.
stage=$WORK/stage
prefix=$WORK/moved
libdir=$prefix/$LIBDIR
work=$WORK/$1
[ "$1" = install ] || { rm -rf "$work"; mkdir -p "$work"; }

fail()
{
    echo "FAILED: $*"
    exit 1
}

# The files below a directory, one line each.
files()
{
    (cd "$1" && find . ! -type d | sed 's,^\./,,' | sort)
}

# No library may come from anywhere else.  An installed copy has no search path, so the environment tells the loader.
run_with_library()
{
    LD_LIBRARY_PATH=$libdir "$@"
}

# configure OPTION...: configures the find_package project with the installed copy.
configure()
{
    "$CMAKE" -S "$here/find_package" -B "$work/build" -G "$GENERATOR" -DCMAKE_C_COMPILER="$CC" \
        -DCMAKE_PREFIX_PATH="$prefix" "$@"
}

pkg_config()
{
    PKG_CONFIG_PATH=$libdir/pkgconfig "$PKG_CONFIG" "$@"
}

needs_library()
{
    readelf -d "$1" | grep -q 'NEEDED.*libactfn\.so\.0'
}

install_all()
{
    rm -rf "$WORK"
    mkdir -p "$WORK"
    DESTDIR=$stage "$CMAKE" --install "$BUILD" --prefix /opt/actfn
    cp -a "$stage/opt/actfn" "$prefix"
    [ -e "$libdir/libactfn.so" ] || fail "no libactfn.so in $libdir"
    # No file lies outside the prefix, and no file inside the prefix names the build or staging directory.
    [ "$(ls "$stage")" = opt ] || fail "installed outside the prefix: $(files "$stage")"
    for file in $(files "$prefix" | grep -E '\.(cmake|pc|h)$'); do
        ! grep -n -e "$BUILD" -e "$stage" -e /opt/actfn "$prefix/$file" || fail "$file names a path"
    done
}

case_components()
{
    for component in runtime dev tools doc; do
        DESTDIR=$work/$component "$CMAKE" --install "$BUILD" --prefix /usr --component $component > "$work/log"
        mkdir -p "$work/$component"
        files "$work/$component" > "$work/$component.list"
    done
    cat > "$work/expected" <<-EOF
	usr/$LIBDIR/libactfn.so.0
	usr/$LIBDIR/libactfn.so.$VERSION
	EOF
    diff -u "$work/expected" "$work/runtime.list" || fail "component runtime"
    for file in include/actfn.h $LIBDIR/libactfn.a $LIBDIR/libactfn.so $LIBDIR/pkgconfig/actfn.pc \
            $LIBDIR/cmake/actfn/actfnConfig.cmake $LIBDIR/cmake/actfn/actfnConfigVersion.cmake; do
        grep -qx "usr/$file" "$work/dev.list" || fail "component dev has no $file"
    done
    ! grep -v -e '^usr/include/actfn\.h$' -e "^usr/$LIBDIR/libactfn\.\(a\|so\)$" -e "^usr/$LIBDIR/pkgconfig/" \
        -e "^usr/$LIBDIR/cmake/actfn/" "$work/dev.list" || fail "the above does not belong into component dev"
    ! grep -v '^usr/share/doc/actfn/' "$work/doc.list" || fail "the above does not belong into component doc"
    # The components together are the whole installation.
    sort "$work"/*.list | sed 's,^usr/,,' > "$work/all"
    files "$prefix" | diff - "$work/all" || fail "the components are not the whole"
    # The links lead to the file that a loader and a linker expect.
    [ "$(readlink "$libdir/libactfn.so")" = libactfn.so.0 ] || fail "libactfn.so"
    [ "$(readlink "$libdir/libactfn.so.0")" = "libactfn.so.$VERSION" ] || fail "libactfn.so.0"
}

case_strip()
{
    # As in README: a library without debug information keeps the symbols that it exports.
    DESTDIR=$work/stripped "$CMAKE" --install "$BUILD" --prefix /usr --component runtime --strip > "$work/log"
    library=$work/stripped/usr/$LIBDIR/libactfn.so.$VERSION
    readelf -S -W "$library" > "$work/sections"
    ! grep -e '\.debug_' -e '\.symtab' "$work/sections" || fail "the above is still in the library"
    readelf --dyn-syms -W "$library" | awk '$5 == "GLOBAL" && $7 != "UND" { print $8 }' | sort > "$work/names"
    readelf --dyn-syms -W "$libdir/libactfn.so.$VERSION" | awk '$5 == "GLOBAL" && $7 != "UND" { print $8 }' | sort |
        diff - "$work/names" || fail "exports"
    grep -q actfn_gelu_f32 "$work/names" || fail "no exports at all"
    # Debug information is the larger part of a library that was built with it.
    ! readelf -S -W "$libdir/libactfn.so.$VERSION" | grep -q '\.debug_info' ||
        [ "$(($(wc -c < "$library") * 2))" -lt "$(wc -c < "$libdir/libactfn.so.$VERSION")" ] || fail "not half as large"
    $CC "$here/consumer.c" $(pkg_config --cflags --libs actfn) -o "$work/consumer"
    LD_LIBRARY_PATH=$work/stripped/usr/$LIBDIR "$work/consumer"
}

case_find_package()
{
    configure -DVERSION_WANTED="${VERSION%.*}"
    "$CMAKE" --build "$work/build"
    needs_library "$work/build/consumer" || fail "not linked with the shared library"
    # A build tree has a search path to the library, so the program needs no help.
    "$work/build/consumer"
}

case_find_package_static()
{
    configure -DCOMPONENTS=static
    "$CMAKE" --build "$work/build"
    ! needs_library "$work/build/consumer" || fail "linked with the shared library"
    "$work/build/consumer"

    # If no shared library is installed, find_package without components falls back to the static one.
    cp -a "$prefix" "$work/static_only"
    rm "$work/static_only/$LIBDIR"/libactfn.so* "$work/static_only/$LIBDIR"/cmake/actfn/actfn-shared-*
    prefix=$work/static_only
    rm -r "$work/build"
    configure
    "$CMAKE" --build "$work/build"
    "$work/build/consumer"
}

case_find_package_refuses()
{
    for components in no_such_thing 'shared;no_such_thing'; do
        ! configure -DCOMPONENTS="$components" || fail "an unknown component was accepted"
        rm -rf "$work/build"
    done
    ! configure -DVERSION_WANTED=0.0 || fail "version 0.0 was accepted"
    rm -rf "$work/build"
    ! configure -DVERSION_WANTED=99 || fail "version 99 was accepted"
    rm -rf "$work/build"
    # The static library needs SLEEF's pkg-config file; the shared one does not.
    ! PKG_CONFIG_LIBDIR=$work configure -DCOMPONENTS=static || fail "the static library was found without SLEEF"
    rm -rf "$work/build"
    PKG_CONFIG_LIBDIR=$work configure -DCOMPONENTS=shared
}

case_pkg_config()
{
    pkg_config --validate actfn
    [ "$(pkg_config --modversion actfn)" = "$VERSION" ] || fail "version"
    $CC -Wall -Werror "$here/consumer.c" $(pkg_config --cflags --libs actfn) -o "$work/consumer"
    needs_library "$work/consumer" || fail "not linked with the shared library"
    run_with_library "$work/consumer"
    # If only the runtime of SLEEF is installed, sleef.pc does not exist, and the shared library does not need it.
    cp "$libdir/pkgconfig/actfn.pc" "$work/"
    for query in "--cflags --libs" "--exists" "--static --libs"; do
        PKG_CONFIG_LIBDIR=$work "$PKG_CONFIG" $query actfn > "$work/answer" 2>&1 ||
            fail "$query without sleef.pc: $(cat "$work/answer")"
    done
    case $(pkg_config --libs actfn) in *sleef*) fail "the shared library is linked with SLEEF again" ;; esac
}

case_pkg_config_static()
{
    # A distribution's package of static libraries would lie like this: without the shared one.
    cp -a "$prefix" "$work/static_only"
    libdir=$work/static_only/$LIBDIR
    rm "$libdir"/libactfn.so*
    $CC "$here/consumer.c" $(pkg_config --cflags --static --libs actfn) -o "$work/consumer"
    "$work/consumer"
    # -static as README describes it needs an archive of SLEEF, which Debian does not have.
    if $CC -static "$here/consumer.c" $(pkg_config --cflags --static --libs actfn) -o "$work/consumer" 2> "$work/log"; then
        "$work/consumer"
    elif [ "$($CC -print-file-name=libsleef.a)" != libsleef.a ] || ! grep sleef "$work/log"; then
        fail "-static: $(cat "$work/log")"
    fi
}

case_pkg_config_sleef_elsewhere()
{
    # An archive needs the SLEEF that CMake found, wherever it lies.
    mkdir -p "$work/elsewhere/lib/pkgconfig"
    echo "int none;" > "$work/none.c"
    $CC -shared -fPIC "$work/none.c" -o "$work/elsewhere/lib/libsleef.so"
    printf '%s\n' 'Name: SLEEF' 'Description: another one' 'Version: 3.6' "Libs: -L$work/elsewhere/lib -lsleef" \
        > "$work/elsewhere/lib/pkgconfig/sleef.pc"
    PKG_CONFIG_PATH=$work/elsewhere/lib/pkgconfig pc_of lib /usr
    case $(pkg_config --static --libs actfn) in
    *-L"$work"/elsewhere/lib*-lsleef*) ;;
    *) fail "--static --libs: $(pkg_config --static --libs actfn)" ;;
    esac
}

# refused TEXT...: configuring with only the files in $work/found and with $options fails, and the message has these words.
options=
refused()
{
    rm -rf "$work/configured"
    ! PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=$work/found "$CMAKE" -S "$SOURCE" -B "$work/configured" -G "$GENERATOR" \
        -DCMAKE_C_COMPILER="$CC" -DACTFN_BUILD_EXAMPLES=OFF $options > "$work/log" 2>&1 || fail "configured without $*"
    # CMake breaks lines anywhere between words.
    tr -s ' \n' ' ' < "$work/log" > "$work/words"
    for text in "$@"; do
        grep -q -e "$text" "$work/words" || fail "does not say \"$text\": $(cat "$work/log")"
    done
}

case_missing_packages()
{
    # The message names the missing package by the name under which it is installed.
    mkdir "$work/found"
    refused "SLEEF 3.5.1 or newer" "-DACTFN_SLEEF=OFF does without" "apt install libsleef-dev"
    printf '%s\n' 'Name: SLEEF' 'Description: an old one' 'Version: 3.4.0' 'Libs: -lsleef' > "$work/found/sleef.pc"
    refused "SLEEF 3.5.1 or newer" "-DACTFN_SLEEF=OFF does without" "apt install libsleef-dev"
    sed -i 's/3\.4\.0/3.5.1/' "$work/found/sleef.pc"
    refused "Check" "apt install check" "-DACTFN_BUILD_TESTS=OFF"
    printf '%s\n' 'Name: Check' 'Description: none' 'Version: 1' 'Libs: -lcheck' > "$work/found/check.pc"
    refused "MPFR" "apt install libmpfr-dev" "-DACTFN_BUILD_TESTS=OFF"
    options=-DPKG_CONFIG_EXECUTABLE=/no/such/program
    refused "apt install pkg-config"
}

# pc_of LIBDIR PREFIX: configures for LIBDIR, and puts the actfn.pc of that build where it would be installed.
pc_of()
{
    rm -rf "$work/configured" "$work/root"
    "$CMAKE" -S "$SOURCE" -B "$work/configured" -G "$GENERATOR" -DCMAKE_C_COMPILER="$CC" -DCMAKE_INSTALL_PREFIX="$2" \
        -DCMAKE_INSTALL_LIBDIR="$1" -DACTFN_BUILD_TESTS=OFF -DACTFN_BUILD_TOOLS=OFF > "$work/log" || fail "configure"
    case $1 in /*) libdir=$work/root ;; *) libdir=$work/root/$1 ;; esac
    mkdir -p "$libdir/pkgconfig"
    cp "$work/configured/actfn.pc" "$libdir/pkgconfig/"
}

case_pkg_config_directories()
{
    for name in lib lib64 lib/x86_64-linux-gnu; do
        pc_of $name /usr
        mkdir -p "$work/root/include"
        [ "$(cd "$(pkg_config --variable=prefix actfn)" && pwd -P)" = "$(cd "$work/root" && pwd -P)" ] || fail "prefix of $name"
        [ "$(cd "$(pkg_config --variable=libdir actfn)" && pwd -P)" = "$(cd "$libdir" && pwd -P)" ] || fail "libdir of $name"
    done
    pc_of /somewhere/lib /usr
    [ "$(pkg_config --variable=libdir actfn)" = /somewhere/lib ] || fail "an absolute libdir"
    [ "$(pkg_config --variable=includedir actfn)" = /usr/include ] || fail "includedir beside an absolute libdir"
}

case_cxx()
{
    for standard in c++11 c++20; do
        $CXX -std=$standard -Wall -Wextra -pedantic -Werror -x c++ "$here/consumer.c" -x none \
            $(pkg_config --cflags --libs actfn) -o "$work/consumer"
        run_with_library "$work/consumer"
    done
}

case_dlopen()
{
    $CC -Wall -Werror "$here/dlopen.c" -ldl -o "$work/dlopen"
    "$work/dlopen" "$libdir/libactfn.so.0"
}

# The kernels are optimized whatever the build type of the project around them.  Unoptimized they are 6 to 21 times slower.
kernels_are_optimized()
{
    "$CMAKE" -S "$here/subdirectory" -B "$work/flags" -G "$GENERATOR" -DCMAKE_C_COMPILER="$CC" -DACTFN_SOURCE="$SOURCE" \
        -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "-DCMAKE_BUILD_TYPE=$1" "-DEXPECTED_BUILD_TYPE=$1"
    commands=$(grep '"command": .*actfn_kernels_' "$work/flags/compile_commands.json")
    [ "$(echo "$commands" | wc -l)" -ge 7 ] || fail "the kernels are not found in the commands of a build"
    # The last -O option counts.
    others=$(echo "$commands" | grep -v -- ' -O2 ' || true)
    [ -z "$others" ] || fail "with the build type '$1' kernels are compiled without -O2: $others"
    others=$(echo "$commands" | grep -E -- ' -O2 .* -O[013sgz]' || true)
    [ -z "$others" ] || fail "with the build type '$1' kernels have another level behind -O2: $others"
}

case_subdirectory()
{
    kernels_are_optimized ''
    kernels_are_optimized Debug
    kernels_are_optimized Release
    "$CMAKE" -S "$here/subdirectory" -B "$work/build" -G "$GENERATOR" -DCMAKE_C_COMPILER="$CC" -DACTFN_SOURCE="$SOURCE"
    "$CMAKE" --build "$work/build" --target consumer
    "$work/build/consumer"
    # A user's own installation does not install our files.
    DESTDIR=$work/installed "$CMAKE" --install "$work/build"
    [ ! -e "$work/installed" ] || fail "installed with the user's program: $(files "$work/installed")"
}

case_readme()
{
    count=$(grep -c '^```c$' "$SOURCE/README.md") || fail "README.md has no block of C"
    for k in $(seq "$count"); do
        awk -v wanted="$k" '/^```$/ { inside = 0 } inside { print } /^```c$/ && ++block == wanted { inside = 1 }' \
            "$SOURCE/README.md" > "$work/example$k.c"
        $CC -std=c11 -Wall -Wextra -Werror "$work/example$k.c" $(pkg_config --cflags --libs actfn) -o "$work/example$k"
        run_with_library "$work/example$k"
    done
}

case $1 in
install) install_all ;;
*) "case_$1" ;;
esac
