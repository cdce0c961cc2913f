/* SPDX-License-Identifier: MIT */
/* AArch64: FMA is in the base instruction set.  Only Linux's HWCAP can say that Advanced SIMD is absent. */
#include "dispatch/cpu.h"

#include <stddef.h>

#if defined(__linux__)
#include <sys/auxv.h>

#ifndef HWCAP_ASIMD
#define HWCAP_ASIMD (1 << 1)
#endif

static int has_simd(void) { return (getauxval(AT_HWCAP) & HWCAP_ASIMD) != 0; }
#else
/* macOS and Windows run only on CPUs with Advanced SIMD, and have no HWCAP. */
static int has_simd(void) { return 1; }
#endif

uint32_t actfn_cpu_features(void) { return CPU_FMA | (has_simd() ? (uint32_t)CPU_NEON : 0u); }

const char *actfn_cpu_lacks(uint32_t has, uint32_t needs)
{
    if (needs & ~has & CPU_NEON)
        return "this CPU lacks Advanced SIMD";
    /* A feature without a text above, and a feature of another architecture, must not count as present. */
    return needs & ~has ? "this CPU lacks a feature" : NULL;
}
