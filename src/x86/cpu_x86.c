/* SPDX-License-Identifier: MIT */
/* CPUID and XCR0.  One function reads, another decides, so that a test can decide on the registers of an invented machine. */
#include "x86/cpu_x86.h"

#include <cpuid.h>
#include <stddef.h>

enum {
    LEAF1_ECX_FMA = 1 << 12,
    LEAF1_ECX_OSXSAVE = 1 << 27,
    LEAF1_ECX_AVX = 1 << 28,
    LEAF1_ECX_F16C = 1 << 29,
    LEAF7_EBX_AVX2 = 1 << 5,
    LEAF7_EBX_AVX512F = 1 << 16,
    LEAF7_EBX_AVX512DQ = 1 << 17,
    LEAF7_EBX_AVX512BW = 1 << 30,
    XCR0_YMM = 0x06, /* XMM and the upper halves of YMM */
    XCR0_ZMM = 0xe6  /* XCR0_YMM, the masks, the upper halves of ZMM and ZMM16 to ZMM31 */
};
#define LEAF7_EBX_AVX512VL (1u << 31)

uint32_t actfn_x86_decode(const struct x86_registers *r)
{
    uint32_t features = 0;
    /* XGETBV exists only where the operating system has set OSXSAVE; elsewhere XCR0 has no meaning. */
    if (r->max_leaf < 1 || !(r->leaf1_ecx & LEAF1_ECX_OSXSAVE) || !(r->leaf1_ecx & LEAF1_ECX_AVX))
        return 0;
    if ((r->xcr0 & XCR0_YMM) != XCR0_YMM)
        return 0;
    features |= CPU_OS_YMM;
    if (r->leaf1_ecx & LEAF1_ECX_FMA)
        features |= CPU_FMA;
    if (r->leaf1_ecx & LEAF1_ECX_F16C)
        features |= CPU_F16C;
    if (r->max_leaf < 7)
        return features;
    if (r->leaf7_ebx & LEAF7_EBX_AVX2)
        features |= CPU_AVX2;
    if (r->leaf7_ebx & LEAF7_EBX_AVX512F)
        features |= CPU_AVX512F;
    if (r->leaf7_ebx & LEAF7_EBX_AVX512DQ)
        features |= CPU_AVX512DQ;
    if (r->leaf7_ebx & LEAF7_EBX_AVX512BW)
        features |= CPU_AVX512BW;
    if (r->leaf7_ebx & LEAF7_EBX_AVX512VL)
        features |= CPU_AVX512VL;
    if ((r->xcr0 & XCR0_ZMM) == XCR0_ZMM)
        features |= CPU_OS_ZMM;
    return features;
}

static uint64_t read_xcr0(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

uint32_t actfn_cpu_features(void)
{
    struct x86_registers r = { 0 };
    uint32_t eax, ebx, ecx, edx;
    r.max_leaf = (uint32_t)__get_cpuid_max(0, NULL);
    if (r.max_leaf >= 1 && __get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
        r.leaf1_ecx = ecx;
        if (ecx & LEAF1_ECX_OSXSAVE)
            r.xcr0 = read_xcr0();
    }
    if (r.max_leaf >= 7 && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx))
        r.leaf7_ebx = ebx;
    return actfn_x86_decode(&r);
}

const char *actfn_cpu_lacks(uint32_t has, uint32_t needs)
{
    /* The operating system's lines stand first, because a system that does not save the registers may hide the instructions. */
    static const struct {
        uint32_t bit;
        const char *text;
    } lacks[] = {
        { CPU_OS_YMM, "this CPU has no AVX, or the operating system does not save YMM registers" },
        { CPU_AVX2, "this CPU lacks AVX2" },
        { CPU_FMA, "this CPU lacks FMA" },
        { CPU_F16C, "this CPU lacks F16C" },
        { CPU_AVX512F, "this CPU lacks AVX-512F" },
        { CPU_AVX512DQ, "this CPU lacks AVX-512DQ" },
        { CPU_AVX512BW, "this CPU lacks AVX-512BW" },
        { CPU_AVX512VL, "this CPU lacks AVX-512VL" },
        { CPU_OS_ZMM, "the operating system does not save ZMM registers" },
    };
    for (size_t i = 0; i < sizeof lacks / sizeof lacks[0]; i++)
        if (needs & ~has & lacks[i].bit)
            return lacks[i].text;
    /* A feature without a text above, and a feature of another architecture, must not count as present. */
    return needs & ~has ? "this CPU lacks a feature" : NULL;
}
