/* SPDX-License-Identifier: MIT */
/* The features that the CPU and the operating system offer together.  dispatch.c chooses among the backends that can run. */
#ifndef ACTFN_CPU_H
#define ACTFN_CPU_H

#include <stdint.h>

/* One bit for each feature.  On x86, a register file that the operating system must save is a feature too. */
enum {
    CPU_FMA = 1 << 0,
    CPU_AVX2 = 1 << 1,
    CPU_F16C = 1 << 2,
    CPU_AVX512F = 1 << 3,
    CPU_AVX512DQ = 1 << 4,
    CPU_AVX512BW = 1 << 5,
    CPU_AVX512VL = 1 << 6,
    CPU_OS_YMM = 1 << 7,
    CPU_OS_ZMM = 1 << 8,
    CPU_NEON = 1 << 9,

    CPU_AVX2_GROUP = CPU_OS_YMM | CPU_AVX2 | CPU_FMA | CPU_F16C,
    CPU_AVX512_GROUP = CPU_AVX2_GROUP | CPU_OS_ZMM | CPU_AVX512F | CPU_AVX512DQ | CPU_AVX512BW | CPU_AVX512VL
};

/* The features of this machine.  Reads CPUID or HWCAP each time; the caller keeps the answer. */
uint32_t actfn_cpu_features(void);

/* Why a machine with the features `has` cannot run a backend that needs `needs`: "this CPU lacks AVX2"; NULL if the machine
 * can run the backend. */
const char *actfn_cpu_lacks(uint32_t has, uint32_t needs);

#endif
