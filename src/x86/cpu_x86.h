/* SPDX-License-Identifier: MIT */
#ifndef ACTFN_CPU_X86_H
#define ACTFN_CPU_X86_H

#include "dispatch/cpu.h"

/* What CPUID and XGETBV said; a leaf beyond max_leaf is not looked at, nor is xcr0 without OSXSAVE. */
struct x86_registers {
    uint32_t max_leaf;
    uint32_t leaf1_ecx;
    uint32_t leaf7_ebx;
    uint64_t xcr0;
};

/* CPU_* bits.  Pure: it decodes invented registers as well. */
uint32_t actfn_x86_decode(const struct x86_registers *r);

#endif
