# SPDX-License-Identifier: MIT
# actfn_pkg_config(PREFIX NAME DEBIAN MODULE...): makes the target PkgConfig::PREFIX, or stops with an error that names the
# missing package and the command to install it.  pkg-config's own error does not.
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
