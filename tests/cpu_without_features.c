/* SPDX-License-Identifier: MIT */
/* Linked with --wrap: replaces the library's detection of the CPU for the library and the tests. */
#include "dispatch/cpu.h"

#include <actfn.h>
#include <stdlib.h>

uint32_t __wrap_actfn_cpu_features(void);
uint32_t __wrap_actfn_cpu_features(void) { return 0; }

/* Checks that the library uses this detection: otherwise the same kernels would be tested twice. */
__attribute__((constructor)) static void check(void)
{
    if (actfn_isa_available("avx2"))
        abort();
}
