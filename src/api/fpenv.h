/* SPDX-License-Identifier: MIT */
/*
 * Saves and restores the caller's floating-point environment.  SLEEF is right in round-to-nearest only, and raises flags
 * that a caller would take for errors in the data.  The functions read and write the registers directly, because fegetenv
 * takes longer than a small buffer.
 * FTZ and DAZ (FZ on Arm) stay as the caller has them.
 */
#ifndef ACTFN_FPENV_H
#define ACTFN_FPENV_H

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#elif !defined(__aarch64__)
#include <fenv.h>
#endif

#if defined(__x86_64__)

enum { MXCSR_MASKS = 0x1f80, MXCSR_ROUNDING = 0x6000, MXCSR_INEXACT = 0x20 };

/* Sets round-to-nearest and masks the traps.  Returns the caller's state. */
static inline uint64_t fpenv_enter(void)
{
    const uint32_t was = _mm_getcsr();
    if ((was & (MXCSR_MASKS | MXCSR_ROUNDING)) != MXCSR_MASKS)
        _mm_setcsr((was | MXCSR_MASKS) & ~(uint32_t)MXCSR_ROUNDING);
    return was;
}

/*
 * Restores the caller's state, sticky flags included.  A write of the register waits until all computation has ended, so
 * an unchanged register is not written.  But a read of a flag that has just been raised takes longer than a write, and
 * nearly all kernels raise "inexact".  So where the caller's state lacks "inexact", the register is written without a read.
 */
static inline void fpenv_leave(uint64_t was)
{
    if (!(was & MXCSR_INEXACT) || _mm_getcsr() != (uint32_t)was)
        _mm_setcsr((uint32_t)was);
}

#elif defined(__aarch64__)

#define FPCR_ROUNDING 0x00c00000u
#define FPCR_TRAPS 0x00009f00u

static inline uint64_t fpenv_enter(void)
{
    uint64_t control, status;
    __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(control), "=r"(status));
    if (control & (FPCR_ROUNDING | FPCR_TRAPS))
        __asm__ volatile("msr fpcr, %0" : : "r"(control & ~(uint64_t)(FPCR_ROUNDING | FPCR_TRAPS)) : "memory");
    return control << 32 | status;
}

static inline void fpenv_leave(uint64_t was)
{
    __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, %1" : : "r"(was >> 32), "r"(was & 0xffffffffu) : "memory");
}

#else

/* For other CPUs: the C library's functions, which are slow. */
static inline uint64_t fpenv_enter(void)
{
    const int rounding = fegetround();
    fesetround(FE_TONEAREST);
    return (uint64_t)rounding;
}

static inline void fpenv_leave(uint64_t was) { fesetround((int)was); }
#endif

#endif
