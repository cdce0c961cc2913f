# SPDX-License-Identifier: MIT
# actfn_add_exhaustive(TARGET): adds the program that walks over all floats.
function(actfn_add_exhaustive target)
    set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
    add_library(${target}_walk STATIC ${here}/main.c ${here}/measure.c ${here}/sweep.c ${here}/../oracle.c
        ${here}/../mpfr_reference.c)
    target_include_directories(${target}_walk PUBLIC ${here} ${here}/..)
    target_link_libraries(${target}_walk PUBLIC actfn_common actfn::actfn PkgConfig::MPFR Threads::Threads m)
    target_compile_options(${target}_walk PRIVATE -O3 -fno-math-errno -fno-trapping-math
        $<$<NOT:$<BOOL:${CMAKE_CROSSCOMPILING}>>:-march=native>)
    target_link_libraries(${target} PRIVATE ${target}_walk)
endfunction()
