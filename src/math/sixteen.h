/* SPDX-License-Identifier: MIT */
/*
 * bfloat16 and float16 by integer arithmetic, one number at a time.  Every CPU can do this, and the tests compare the words of
 * the vocabularies with it.  A bfloat16 is the upper half of a float.  A float16 has 5 bits of exponent and 10 of fraction.
 */
#ifndef ACTFN_SIXTEEN_H
#define ACTFN_SIXTEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t float_bits(float a)
{
    uint32_t bits;
    memcpy(&bits, &a, sizeof bits);
    return bits;
}

static inline float bits_float(uint32_t bits)
{
    float a;
    memcpy(&a, &bits, sizeof a);
    return a;
}

/* A doubt is settled for a finite x only.  For an infinite x, f is a limit, and floats are precise enough for the limit. */
static inline bool is_finite(float a) { return (float_bits(a) & 0x7f800000u) != 0x7f800000u; }

/* Without optimisation gcc does not see that a vocabulary of short vectors never copies 16 elements. */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif

/*
 * Copies n < 32 elements.  The compiler would turn a loop into a call of memcpy.  The function is always inlined: at a call of
 * a function that leaves the upper halves of vectors alone, gcc forgets that they are in use, and the caller returns without
 * vzeroupper.
 */
static inline __attribute__((always_inline)) void copy_some(uint16_t *to, const uint16_t *from, size_t n)
{
    if (n & 16)
        memcpy(to, from, 16 * sizeof *to);
    if (n & 8)
        memcpy(to + (n & 16), from + (n & 16), 8 * sizeof *to);
    if (n & 4)
        memcpy(to + (n & 24), from + (n & 24), 4 * sizeof *to);
    if (n & 2)
        memcpy(to + (n & 28), from + (n & 28), 2 * sizeof *to);
    if (n & 1)
        to[n - 1] = from[n - 1];
}
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic pop
#endif

/* The words bf16_load_n, bf16_store_n, f16_load_n ... of a vocabulary that has no masks for elements of 16 bits. */
#define SIXTEEN_TAILS(type)                                                                                            \
    WORD vf type##_load_n(const uint16_t *p, size_t n)                                                                 \
    {                                                                                                                  \
        uint16_t all[V_LANES] = { 0 };                                                                                 \
        copy_some(all, p, n);                                                                                          \
        return type##_load(all);                                                                                       \
    }                                                                                                                  \
    WORD void type##_store_n(uint16_t *p, vf a, size_t n)                                                              \
    {                                                                                                                  \
        uint16_t all[V_LANES];                                                                                         \
        type##_store(all, a);                                                                                          \
        copy_some(p, all, n);                                                                                          \
    }

static inline float float_of_bf16(uint16_t a) { return bits_float((uint32_t)a << 16); }

static inline uint16_t bf16_of_float(float a)
{
    const uint32_t bits = float_bits(a);
    if ((bits & 0x7fffffffu) > 0x7f800000u)
        return (uint16_t)(bits >> 16 | 0x0040u);
    return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1)) >> 16);
}

static inline float float_of_f16(uint16_t a)
{
    const uint32_t sign = (uint32_t)(a & 0x8000u) << 16, magnitude = a & 0x7fffu;
    if (magnitude >= 0x7c00u) /* infinite, or a NaN, which becomes quiet as the CPUs' instructions make it */
        return bits_float(sign | 0x7f800000u | (magnitude & 0x3ffu ? 0x00400000u : 0) | (magnitude & 0x3ffu) << 13);
    if (magnitude >= 0x0400u)
        return bits_float(sign | ((magnitude << 13) + ((127u - 15u) << 23)));
    /* A subnormal float16 is a whole number of 10 bits times 2^-24, which is a normal float. */
    const float value = (float)magnitude * 0x1p-24f;
    return bits_float(sign | float_bits(value));
}

static inline uint16_t f16_of_float(float a)
{
    const uint32_t bits = float_bits(a), sign = bits >> 16 & 0x8000u, magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u)
        return (uint16_t)(sign | 0x7e00u | (magnitude >> 13 & 0x3ffu));
    if (magnitude >= 0x47800000u) /* 65536 */
        return (uint16_t)(sign | 0x7c00u);
    if (magnitude >= 0x38800000u) { /* 2^-14; the rounding may lead to infinity */
        const uint32_t near = magnitude + 0xfffu + (magnitude >> 13 & 1);
        return (uint16_t)(sign | (near - ((127u - 15u) << 23)) >> 13);
    }
    /* The last bit of 1/2 is worth as much as the last bit of a subnormal float16, so the addition rounds. */
    return (uint16_t)(sign | (float_bits(bits_float(magnitude) + 0.5f) - 0x3f000000u));
}

/* True if some float within `reach` steps of a rounds to another number of 16 bits.  No float has a magnitude below zero. */
static inline bool f16_in_doubt(float a, uint32_t reach)
{
    const uint32_t bits = float_bits(a), down = bits & 0x7fffffffu ? reach : 0;
    return f16_of_float(bits_float(bits - down)) != f16_of_float(bits_float(bits + reach));
}
static inline bool bf16_in_doubt(float a, uint32_t reach)
{
    return ((float_bits(a) + 0x8000u + reach) & 0xffffu) <= 2 * reach;
}

/* a, rounded once to a number with `fraction` bits of fraction, and an exponent of 15 - fraction bits with this bias. */
static inline uint16_t sixteen_of_double(double a, int fraction, int bias)
{
    uint64_t bits;
    memcpy(&bits, &a, sizeof bits);
    const uint32_t sign = (uint32_t)(bits >> 48) & 0x8000u, infinite = (2u * (uint32_t)bias + 1) << fraction;
    const int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    const uint64_t rest = bits & ((UINT64_C(1) << 52) - 1), whole = rest | UINT64_C(1) << 52;
    if (exponent == 1024 && rest)
        return (uint16_t)(sign | infinite | 1u << (fraction - 1));
    if (exponent > bias)
        return (uint16_t)(sign | infinite);
    const int below = exponent < 1 - bias ? 1 - bias - exponent : 0, shift = 52 - fraction + below;
    if (shift > 54) /* less than half of the least number */
        return (uint16_t)sign;
    const uint64_t half = UINT64_C(1) << (shift - 1), left = whole & (2 * half - 1), kept = whole >> shift;
    const uint32_t rounded = (uint32_t)kept + (left > half || (left == half && (kept & 1)));
    return (uint16_t)(sign | (below ? rounded : ((uint32_t)(exponent + bias - 1) << fraction) + rounded));
}
static inline uint16_t bf16_of_double(double a) { return sixteen_of_double(a, 7, 127); }
static inline uint16_t f16_of_double(double a) { return sixteen_of_double(a, 10, 15); }

#endif
