/* SPDX-License-Identifier: MIT */
/*
 * The floating-point environment as a number that can be compared.  Not fenv_t: on x86 fenv_t contains the address of the last
 * x87 instruction, which some CPUs forget when a process is interrupted.
 */
#ifndef ACTFN_FUZZ_ENVIRONMENT_H
#define ACTFN_FUZZ_ENVIRONMENT_H

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

static inline uint64_t environment(void)
{
    uint16_t control, status;
    __asm__ volatile("fnstcw %0\n\tfnstsw %1" : "=m"(control), "=m"(status));
    return (uint64_t)_mm_getcsr() << 32 | (uint64_t)control << 16 | status;
}

#elif defined(__aarch64__)

static inline uint64_t environment(void)
{
    uint64_t control, status;
    __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(control), "=r"(status));
    return control << 32 | status;
}

#else
#include <fenv.h>

static inline uint64_t environment(void)
{
    return (uint64_t)fegetround() << 32 | (uint64_t)fetestexcept(FE_ALL_EXCEPT);
}
#endif

#endif
