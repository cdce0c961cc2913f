# SPDX-License-Identifier: MIT
# actfn_pkg_config(PREFIX NAME DEBIAN MODULE...): the target PkgConfig::PREFIX, or an error that says what is missing and
# how to get it.  The error of pkg-config names neither a package nor a place.
macro(actfn_pkg_config prefix name debian)
    find_package(PkgConfig)
    if(NOT PKG_CONFIG_FOUND)
        message(FATAL_ERROR "libactfn is built with pkg-config, and there is none here (Debian: apt install pkg-config)")
    endif()
    pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${ARGN})
    if(NOT ${prefix}_FOUND)
        message(FATAL_ERROR "${name} is missing: pkg-config finds no ${ARGN}.\n"
            "On Debian: apt install ${debian}.  Where it is installed, PKG_CONFIG_PATH is the directory of its .pc file.")
    endif()
endmacro()
