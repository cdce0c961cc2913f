/* SPDX-License-Identifier: MIT */
#ifndef ACTFN_CPU_X86_H
#define ACTFN_CPU_X86_H

#include "dispatch/cpu.h"

/* The answers of CPUID and XGETBV.  A leaf beyond max_leaf is not used, and xcr0 is not used without OSXSAVE. */
struct x86_registers {
    uint32_t max_leaf;
    uint32_t leaf1_ecx;
    uint32_t leaf7_ebx;
    uint64_t xcr0;
};

/* The CPU_* bits that the registers mean.  The function reads nothing else, so a test can pass invented registers. */
uint32_t actfn_x86_decode(const struct x86_registers *r);

#endif
