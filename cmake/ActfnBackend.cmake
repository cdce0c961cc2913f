# SPDX-License-Identifier: MIT
# actfn_add_backend(NAME VOCABULARY HEADER [FLAGS FLAG...]): the kernels of one instruction set, with its vocabulary and its
# flags.  light.c, bf16.c and f16.c of src/kernels are compiled once, the other files once for each mode.  rows.c is compiled once
# more, for the rows of the 16-bit types that come in pages.  No other object of the library is compiled with such flags, and
# no other object includes the formulas.

# The same level in every build type: by measurement, -O3 makes the kernels larger and none of them faster.
set(ACTFN_KERNEL_OPTIMIZATION "-O2" CACHE STRING "How the kernels are optimized, in every build type")
mark_as_advanced(ACTFN_KERNEL_OPTIMIZATION)

function(actfn_add_backend name)
    cmake_parse_arguments(PARSE_ARGV 1 backend "" "VOCABULARY" "FLAGS")
    # -funswitch-loops: where a parameter decides between two forms of a formula, the branch is outside the loop.  Clang does
    # so by itself.
    # In a release with debug information the kernels have line numbers only.  The locations of variables, in functions that
    # are inlined so deeply, would take gcc more than half of the remaining time.  The code does not depend on them.
    # Without optimisation gcc's intrinsics are macros, and gcc warns about macros as if they were the library's code.
    # Fields that are copied one by one must stay separate copies: see row_copy() in src/kernels/row_traversal.h.
    set(flags ${backend_FLAGS} ${ACTFN_KERNEL_OPTIMIZATION} -fno-tree-slp-vectorize $<$<C_COMPILER_ID:GNU>:-funswitch-loops>
        $<$<CONFIG:RelWithDebInfo>:-g1> $<$<C_COMPILER_ID:GNU>:-Wno-sign-conversion>)
    # Vector kernels have no UndefinedBehaviorSanitizer: the generic kernels are made of the same text and have it, and for
    # vectors it takes Clang minutes.  AddressSanitizer's checks are calls: as branches they take Clang ten minutes for a
    # file of AVX-512.  The fast kernels of vectors, the slowest to compile, have no AddressSanitizer.  They have the loops of
    # the others, and Valgrind and the tests with pages that fault check them.
    # The options of a linked target come after -fsanitize on the command line, so that they can remove checks.
    set(cheaper_light)
    set(cheaper_accurate)
    set(cheaper_fast)
    set(cheaper_paged)
    if(backend_FLAGS AND ACTFN_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang")
        set(cheaper_light actfn_cheaper_checks)
        set(cheaper_accurate actfn_cheaper_checks)
        set(cheaper_fast actfn_no_checks)
        set(cheaper_paged actfn_no_checks)
        if(NOT TARGET actfn_cheaper_checks)
            add_library(actfn_cheaper_checks INTERFACE)
            target_compile_options(actfn_cheaper_checks INTERFACE -fno-sanitize=undefined
                "SHELL:-mllvm -asan-instrumentation-with-call-threshold=0")
            add_library(actfn_no_checks INTERFACE)
            target_compile_options(actfn_no_checks INTERFACE -fno-sanitize=all)
        endif()
    endif()
    set(modes light fast paged)
    if(ACTFN_SLEEF)
        list(APPEND modes accurate)
    endif()
    foreach(mode IN LISTS modes)
        set(kernels actfn_kernels_${name}_${mode})
        if(mode STREQUAL light)
            add_library(${kernels} OBJECT kernels/light.c kernels/bf16.c kernels/f16.c)
        elseif(mode STREQUAL paged)
            add_library(${kernels} OBJECT kernels/rows.c)
        else()
            add_library(${kernels} OBJECT kernels/elementwise.c kernels/gates.c kernels/rows.c)
        endif()
        set_target_properties(${kernels} PROPERTIES POSITION_INDEPENDENT_CODE ON)
        target_include_directories(${kernels} PRIVATE ${PROJECT_SOURCE_DIR}/include ${CMAKE_CURRENT_SOURCE_DIR})
        target_compile_definitions(${kernels} PRIVATE ACTFN_BACKEND=${name} "ACTFN_VOCABULARY=\"${backend_VOCABULARY}\"")
        target_compile_options(${kernels} PRIVATE ${flags})
        target_link_libraries(${kernels} PRIVATE actfn_common ${cheaper_${mode}})
        # The accurate mode alone calls SLEEF; what both share includes its header.
        if(NOT mode MATCHES "fast|paged")
            target_link_libraries(${kernels} PRIVATE ${ACTFN_SLEEF_TARGET})
        endif()
        set_property(GLOBAL APPEND PROPERTY actfn_kernel_objects $<TARGET_OBJECTS:${kernels}>)
    endforeach()
    target_compile_definitions(actfn_kernels_${name}_fast PRIVATE ACTFN_KERNELS_FAST)
    target_compile_definitions(actfn_kernels_${name}_paged PRIVATE ACTFN_KERNELS_FAST ACTFN_ROWS_IN_PAGES)
endfunction()
