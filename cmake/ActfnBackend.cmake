# SPDX-License-Identifier: MIT
# actfn_add_backend(SOURCE [FLAGS...]): one instruction set's kernels, with its flags, compiled once for each mode.  No other
# object of the library is compiled with such flags, and none but these includes the formulas.
function(actfn_add_backend source)
    get_filename_component(name ${source} NAME_WE)
    # A parameter that decides between two forms of a formula does so outside the loop; clang does it unasked.
    # Where a release has debug information, the kernels have the lines alone: what variables live where, in functions
    # that are inlined to such a depth, takes gcc more than half as long as all the rest.  The code does not depend on it.
    # Without optimisation gcc's intrinsics are macros, which are warned of as if they were ours.
    set(flags ${ARGN} $<$<C_COMPILER_ID:GNU>:-funswitch-loops> $<$<CONFIG:RelWithDebInfo>:-g1>
        $<$<AND:$<C_COMPILER_ID:GNU>,$<CONFIG:Debug>>:-Wno-sign-conversion>)
    # What is undefined would be so in the generic kernels too, which are made of the same text; for vectors those checks
    # take Clang minutes, and so do AddressSanitizer's as branches instead of calls: ten for a file of AVX-512.  Options of
    # what is linked stand behind -fsanitize.  The fast kernels of vectors have the loops of the others, and Valgrind and
    # pages without access see to them: those, the dearest of all, go without.
    set(cheaper_reproducible)
    set(cheaper_fast)
    if(ARGN AND ACTFN_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang")
        set(cheaper_reproducible actfn_cheaper_checks)
        set(cheaper_fast actfn_no_checks)
        if(NOT TARGET actfn_cheaper_checks)
            add_library(actfn_cheaper_checks INTERFACE)
            target_compile_options(actfn_cheaper_checks INTERFACE -fno-sanitize=undefined
                "SHELL:-mllvm -asan-instrumentation-with-call-threshold=0")
            add_library(actfn_no_checks INTERFACE)
            target_compile_options(actfn_no_checks INTERFACE -fno-sanitize=all)
        endif()
    endif()
    foreach(mode reproducible fast)
        set(kernels actfn_${name}_${mode})
        add_library(${kernels} OBJECT ${source})
        set_target_properties(${kernels} PROPERTIES POSITION_INDEPENDENT_CODE ON)
        target_include_directories(${kernels} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
        target_compile_options(${kernels} PRIVATE ${flags})
        target_link_libraries(${kernels} PRIVATE actfn_common ${cheaper_${mode}} PkgConfig::SLEEF)
        set_property(GLOBAL APPEND PROPERTY actfn_kernel_objects $<TARGET_OBJECTS:${kernels}>)
    endforeach()
    target_compile_definitions(actfn_${name}_fast PRIVATE ACTFN_KERNELS_FAST)
endfunction()
