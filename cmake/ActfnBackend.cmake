# SPDX-License-Identifier: MIT
# actfn_add_backend(SOURCE [FLAGS...]): one instruction set's kernels, with its flags, compiled once for each mode.  No other
# object of the library is compiled with such flags, and none but these includes the formulas.
function(actfn_add_backend source)
    get_filename_component(name ${source} NAME_WE)
    # A parameter that decides between two forms of a formula does so outside the loop; clang does it unasked.
    # Where a release has debug information, the kernels have the lines alone: what variables live where, in functions
    # that are inlined to such a depth, takes gcc more than half as long as all the rest.  The code does not depend on it.
    set(flags ${ARGN} $<$<C_COMPILER_ID:GNU>:-funswitch-loops> $<$<CONFIG:RelWithDebInfo>:-g1>)
    # What is undefined would be so in the generic kernels too, which are made of the same text; for vectors those checks
    # take a compiler minutes.  An option of what is linked stands behind -fsanitize.
    set(no_checks)
    if(ARGN AND ACTFN_SANITIZE MATCHES "undefined")
        set(no_checks actfn_without_undefined)
        if(NOT TARGET actfn_without_undefined)
            add_library(actfn_without_undefined INTERFACE)
            target_compile_options(actfn_without_undefined INTERFACE -fno-sanitize=undefined)
        endif()
    endif()
    foreach(mode reproducible fast)
        set(kernels actfn_${name}_${mode})
        add_library(${kernels} OBJECT ${source})
        set_target_properties(${kernels} PROPERTIES POSITION_INDEPENDENT_CODE ON)
        target_include_directories(${kernels} PRIVATE ${PROJECT_SOURCE_DIR}/include)
        target_compile_options(${kernels} PRIVATE ${flags})
        target_link_libraries(${kernels} PRIVATE actfn_common ${no_checks} PkgConfig::SLEEF)
        set_property(GLOBAL APPEND PROPERTY actfn_kernel_objects $<TARGET_OBJECTS:${kernels}>)
    endforeach()
    target_compile_definitions(actfn_${name}_fast PRIVATE ACTFN_KERNELS_FAST)
endfunction()
