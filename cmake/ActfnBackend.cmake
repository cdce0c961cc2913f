# SPDX-License-Identifier: MIT
# actfn_add_backend(SOURCE [FLAGS...]): one translation unit of kernels, with the flags of its instruction set.  No other
# object of the library is compiled with such flags, and none but these includes the formulas.
function(actfn_add_backend source)
    target_sources(actfn_objects PRIVATE ${source})
    # A parameter that decides between two forms of a formula does so outside the loop; clang does it unasked.
    set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${ARGN};$<$<C_COMPILER_ID:GNU>:-funswitch-loops>")
endfunction()
