/* SPDX-License-Identifier: MIT */
/* AArch64: FMA is in the base instruction set, and Advanced SIMD may be absent only where HWCAP says so. */
#include "dispatch/cpu.h"

#include <stddef.h>
#include <sys/auxv.h>

#ifndef HWCAP_ASIMD
#define HWCAP_ASIMD (1 << 1)
#endif

uint32_t actfn_cpu_features(void) { return CPU_FMA | (getauxval(AT_HWCAP) & HWCAP_ASIMD ? (uint32_t)CPU_NEON : 0u); }

const char *actfn_cpu_lacks(uint32_t has, uint32_t needs)
{
    return needs & ~has & CPU_NEON ? "this CPU lacks Advanced SIMD" : NULL;
}
