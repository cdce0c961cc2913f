/* SPDX-License-Identifier: MIT */
/* The floating-point environment as registers, because fenv.h hides the bits that it does not know. */
#ifndef ACTFN_TEST_FP_ENVIRONMENT_H
#define ACTFN_TEST_FP_ENVIRONMENT_H

#include <stdint.h>

/* The register for vectors, and on x86 also the control word of x87, which no kernel uses. */
struct environment {
    uint64_t control, flags;
    uint16_t x87;
};

#if defined(__x86_64__)
#include <xmmintrin.h>

enum {
    FLAGS = 0x3f,
    INEXACT = 0x20,
    ROUNDINGS = 4,
    ROUNDING_SHIFT = 13,
    FLUSH = 0x8040,
    HAS_REGISTER = 1,
    HAS_X87 = 1
};
#define NO_TRAPS 0x1f80

static inline void set_environment(struct environment e)
{
    __asm__ volatile("fldcw %0" : : "m"(e.x87));
    _mm_setcsr((unsigned)(e.control | e.flags));
}

static inline struct environment get_environment(void)
{
    const unsigned csr = _mm_getcsr();
    uint16_t x87;
    __asm__ volatile("fnstcw %0" : "=m"(x87));
    return (struct environment) { csr & ~(unsigned)FLAGS, csr & FLAGS, x87 };
}

#elif defined(__aarch64__)

/* Most cores have no traps: FPCR then ignores the bits that would unmask them. */
enum {
    FLAGS = 0x9f,
    INEXACT = 0x10,
    ROUNDINGS = 4,
    ROUNDING_SHIFT = 22,
    FLUSH = 1 << 24,
    HAS_REGISTER = 1,
    HAS_X87 = 0
};
#define NO_TRAPS 0

static inline void set_environment(struct environment e)
{
    __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, %1" : : "r"(e.control), "r"(e.flags) : "memory");
}

static inline struct environment get_environment(void)
{
    struct environment e = { 0, 0, 0 };
    __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(e.control), "=r"(e.flags) : : "memory");
    e.flags &= FLAGS;
    return e;
}

#else
enum { FLAGS = 0, INEXACT = 0, ROUNDINGS = 1, ROUNDING_SHIFT = 0, FLUSH = 0, HAS_REGISTER = 0, HAS_X87 = 0 };
#define NO_TRAPS 0
static inline void set_environment(struct environment e) { (void)e; }
static inline struct environment get_environment(void) { return (struct environment) { 0, 0, 0 }; }
#endif

#endif
