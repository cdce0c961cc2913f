/* SPDX-License-Identifier: MIT */
/* AArch64: FMA is in the base instruction set, and Advanced SIMD may be absent only where Linux's HWCAP says so. */
#include "dispatch/cpu.h"

#include <stddef.h>

#if defined(__linux__)
#include <sys/auxv.h>

#ifndef HWCAP_ASIMD
#define HWCAP_ASIMD (1 << 1)
#endif

static int has_simd(void) { return (getauxval(AT_HWCAP) & HWCAP_ASIMD) != 0; }
#else
/* No other system runs without it: macOS and Windows ask for it, and have no HWCAP. */
static int has_simd(void) { return 1; }
#endif

uint32_t actfn_cpu_features(void) { return CPU_FMA | (has_simd() ? (uint32_t)CPU_NEON : 0u); }

const char *actfn_cpu_lacks(uint32_t has, uint32_t needs)
{
    if (needs & ~has & CPU_NEON)
        return "this CPU lacks Advanced SIMD";
    /* Also what has no text yet, or is no feature of such a CPU, must not run. */
    return needs & ~has ? "this CPU lacks a feature" : NULL;
}
