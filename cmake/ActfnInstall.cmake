# SPDX-License-Identifier: MIT
# The installation has four components: runtime (the shared library), dev (everything for compiling and linking), tools
# (see tools/CMakeLists.txt) and doc.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/actfn)

install(TARGETS actfn_shared EXPORT actfn_shared_targets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
install(TARGETS actfn_static EXPORT actfn_static_targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
install(FILES include/actfn.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)

# One file for each kind, so that a user of the shared library need not have SLEEF's development files.
foreach(kind shared static)
    install(EXPORT actfn_${kind}_targets NAMESPACE actfn:: FILE actfn-${kind}-targets.cmake
        DESTINATION ${package_dir} COMPONENT dev)
endforeach()

# Before 1.0, a minor version may break the promises of the version before.
configure_package_config_file(cmake/actfnConfig.cmake.in actfnConfig.cmake INSTALL_DESTINATION ${package_dir}
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(actfnConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/actfnConfig.cmake ${PROJECT_BINARY_DIR}/actfnConfigVersion.cmake
    DESTINATION ${package_dir} COMPONENT dev)

# actfn.pc finds the prefix from its own directory, because `cmake --install --prefix` does not rewrite files.  The depth of
# that directory depends on the name of the library directory.  A directory given as an absolute path stays unchanged.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
    set(pc_libdir "${CMAKE_INSTALL_LIBDIR}")
else()
    file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
    string(REGEX REPLACE "/$" "" up "${up}")
    set(pc_prefix "\${pcfiledir}/${up}")
    set(pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    set(pc_includedir "${CMAKE_INSTALL_INCLUDEDIR}")
else()
    set(pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
string(JOIN " " pc_sleef ${SLEEF_STATIC_LDFLAGS})
configure_file(cmake/actfn.pc.in actfn.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/actfn.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

install(FILES README.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc FILES_MATCHING PATTERN "*.md")
