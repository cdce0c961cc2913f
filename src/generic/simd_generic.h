/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary on one lane, for any CPU.  The rules here hold for every vocabulary, and a test compares the others with them.
 *
 *   + - * / and unary minus are C operators, on vectors too.  One operand may be a float constant.
 *   v_load_n, v_store_n   read or write n < V_LANES elements and nothing else; v_load_n sets the other lanes to +0
 *   v_stream(p, a)        where V_STREAMS is 1: v_store that bypasses the caches.  p is aligned to a vector; v_stream_end()
 *                         follows the last v_stream
 *   v_min, v_max          return b where a or b is NaN, and where a equals b.  So pass x second, and a NaN x stays NaN
 *   v_copysign(a, sign)   |a| with the sign bit of `sign`, bit for bit, for NaN too; v_abs likewise
 *   v_fma(a, b, c)        a b + c, rounded once; the only way to a fused multiply-add
 *   v_round               nearest integer, ties to even, -0 from -0.5 <= x < 0
 *   v_lt v_le v_eq        false where a or b is NaN
 *   v_ne v_not_le         true where a or b is NaN
 *   v_select(m, a, b)     m ? a : b, bit for bit;  v_where(m, a) is m ? a : +0
 *   v_scale(a, k)         a 2^k, rounded once, for 0.5 <= |a| < 2 and whole k from -152 to 128; otherwise any value
 *   m_first(n)            true in the first n <= V_LANES lanes
 *   m_any(m)              1 if some lane is true
 *   v_interleave_low(a, b), v_interleave_high(a, b)   a0 b0 a1 b1 ... from the lower, or from the upper halves of a and b
 *   v_sum                 the sum of the lanes: adds the upper half to the lower until one lane is left
 *   v_top                 the largest lane, if no lane is NaN
 */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#include "dispatch/scalar_math.h"
#include "math/sixteen.h"
#include "math/word.h"
#include <math.h>
#include <string.h>

typedef float vf;
typedef int vm;
enum { V_LANES = 1 };
#define V_SCALAR

/* The call goes through a pointer, because the CPU's features decide between two sets of functions. */
#define SLEEF_NAME(function, ulp) (atomic_load_explicit(&actfn_scalar_math, memory_order_relaxed)->function)

WORD vf v_splat(float a) { return a; }
WORD vf v_load(const float *p) { return *p; }
WORD void v_store(float *p, vf a) { *p = a; }
#define V_STREAMS 0
WORD vf v_load_n(const float *p, size_t n) { return n ? *p : 0.0f; }
WORD void v_store_n(float *p, vf a, size_t n)
{
    if (n)
        *p = a;
}

WORD vf v_abs(vf a) { return fabsf(a); }
WORD vf v_copysign(vf a, vf sign) { return copysignf(a, sign); }
#ifdef __x86_64__
#define FLOAT_REGISTERS "x"
#else
#define FLOAT_REGISTERS "m"
#endif
WORD vf v_select(vm m, vf a, vf b)
{
    vf y = m ? a : b;
    OPAQUE_TO_CLANG(FLOAT_REGISTERS, y);
    return y;
}
WORD vf v_min(vf a, vf b) { return v_select(a < b, a, b); }
WORD vf v_max(vf a, vf b) { return v_select(a > b, a, b); }
WORD vf v_fma(vf a, vf b, vf c) { return fmaf(a, b, c); }
/* Without optimisation sqrtf is a call of the C library, which sets errno for a negative number. */
WORD vf v_sqrt(vf a) { return a < 0.0f ? NAN : sqrtf(a); }
WORD vf v_round(vf a) { return rintf(a); }

WORD vm v_lt(vf a, vf b) { return a < b; }
WORD vm v_le(vf a, vf b) { return a <= b; }
WORD vm v_eq(vf a, vf b) { return a == b; }
WORD vm v_ne(vf a, vf b) { return a != b; }
WORD vm v_not_le(vf a, vf b) { return !(a <= b); }
WORD vm m_and(vm a, vm b) { return a & b; }
WORD vf v_where(vm m, vf a) { return v_select(m, a, 0.0f); }

/* v_scale multiplies by two factors; the first product is exact. */
WORD float two_to(int32_t k)
{
    const uint32_t bits = (uint32_t)(k + 127) << 23;
    float a;
    memcpy(&a, &bits, sizeof a);
    return a;
}
WORD vf v_scale(vf a, vf k)
{
    const int32_t whole = k >= -152.0f && k <= 128.0f ? (int32_t)k : 0, half = whole / 2;
    return a * two_to(half) * two_to(whole - half);
}

WORD vm m_first(size_t n) { return n > 0; }
WORD int m_any(vm m) { return m; }
WORD vf v_interleave_low(vf a, vf b)
{
    (void)b;
    return a;
}
WORD vf v_interleave_high(vf a, vf b)
{
    (void)a;
    return b;
}
WORD float v_sum(vf a) { return a; }
WORD float v_top(vf a) { return a; }

/*
 * Integers, for Philox.
 *
 *   + ^ & | ~ >>          C operators, modulo 2^32
 *   u_multiply(a, m)      the 64 bits of a m, as two words
 *   v_from_u(a)           a as a float, for a < 2^24
 *   u_blocks              lane k computes block number u_blocks()[k] of V_LANES blocks
 *   u_in_order(w)         w.a holds word 0 of each block, ..., w.d word 3.  The result has the 4 V_LANES words in the order
 *                         of the blocks.  Each vocabulary has the u_blocks that makes its u_in_order cheap
 */
typedef uint32_t vu;
struct u_wide {
    vu high, low;
};
struct u_four {
    vu a, b, c, d;
};

WORD vu u_splat(uint32_t a) { return a; }
WORD vu u_load(const uint32_t *p) { return *p; }
WORD void u_store(uint32_t *p, vu a) { *p = a; }
WORD struct u_wide u_multiply(vu a, uint32_t m)
{
    const uint64_t product = (uint64_t)a * m;
    return (struct u_wide) { (uint32_t)(product >> 32), (uint32_t)product };
}
WORD vf v_from_u(vu a) { return (float)a; }
WORD vu u_blocks(void) { return 0; }
WORD struct u_four u_in_order(struct u_four w) { return w; }

/*
 * Bits and tables, for the fast mode.
 *
 *   u_bits, v_bits        the same 32 bits, as an integer and as a float
 *   u_max, u_above        compare unsigned integers; u_above(a, b) is a > b
 *   v_pick(table, at)     an element of a table of eight floats, which is aligned to 32 bytes.  The low three bits of `at` are
 *                         the index; the other bits may have any value
 *   v_pick_16             the same for sixteen floats, which are aligned to 64 bytes, and four bits.  Where V_WIDE_TABLES is 1,
 *                         v_pick_16 takes no longer than v_pick
 *   v_floor               the largest whole number not above a
 *   v_scale_floor(a, k)   v_scale(a, v_floor(k))
 *   m_odd(u)              the lowest bit
 *   v_exponent, v_mantissa  e and m with a = m 2^e and 0.75 <= m < 1.5, for a positive normal a.  Where V_PARTS_OF_ANY is
 *                         1, also for a subnormal a; then 0 gives m = 1, e = -inf, inf gives m = 1, e = inf, and a negative
 *                         or NaN a gives m = NaN.  For any other a the results may have any value
 */
enum { V_PARTS_OF_ANY = 0 };
WORD vu u_bits(vf a)
{
    vu bits;
    memcpy(&bits, &a, sizeof bits);
    return bits;
}
WORD vf v_bits(vu a)
{
    vf value;
    memcpy(&value, &a, sizeof value);
    return value;
}
WORD vu u_max(vu a, vu b) { return a > b ? a : b; }
WORD vm u_above(vu a, vu b) { return a > b; }
WORD vf v_pick(const float *table, vf at) { return table[u_bits(at) & 7]; }
enum { V_WIDE_TABLES = 1 };
WORD vf v_pick_16(const float *table, vf at) { return table[u_bits(at) & 15]; }
WORD vf v_floor(vf a) { return floorf(a); }
WORD vf v_scale_floor(vf a, vf k) { return v_scale(a, v_floor(k)); }
WORD vm m_odd(vu a) { return a & 1; }
WORD vf v_exponent(vf a) { return (float)((int32_t)(u_bits(a) - 0x3f400000u) >> 23); }
WORD vf v_mantissa(vf a) { return v_bits(((u_bits(a) - 0x3f400000u) & 0x007fffffu) + 0x3f400000u); }

/*
 * Storage in 16 bits.  A type consists of these words; all computation is in floats.
 *
 *   bf16_load, bf16_load_n, f16_load, f16_load_n       exact; lanes beyond n are loaded as +0
 *   bf16_store, bf16_store_n, f16_store, f16_store_n   rounded once, to nearest even, subnormals kept; a NaN becomes quiet
 *   bf16_load_pair, f16_load_pair     2 V_LANES elements in two vectors: for bfloat16 the even elements and the odd elements,
 *                                     for float16 the lower and the upper half of the elements
 *   bf16_store_pair, f16_store_pair   store such a pair, rounded as by store
 *   bf16_store_near_pair(p, v, reach), f16_store_near_pair   the same, but a lane in doubt (bf16_doubt, f16_doubt) may store any
 *                                     value.  The result is not 0 if a lane is in doubt
 *   m_bits(m)             one bit for each lane; the bit of the first lane is 1
 *   f16_doubt(a, reach)   true in the lanes where some float within `reach` steps of a is stored as another number than a.
 *                         Other lanes may be true, too, where |a| is subnormal
 */
WORD vf bf16_load(const uint16_t *p) { return float_of_bf16(*p); }
WORD vf bf16_load_n(const uint16_t *p, size_t n) { return n ? float_of_bf16(*p) : 0.0f; }
WORD void bf16_store(uint16_t *p, vf a) { *p = bf16_of_float(a); }
WORD void bf16_store_n(uint16_t *p, vf a, size_t n)
{
    if (n)
        bf16_store(p, a);
}
/* The conversion of a float16 by integers is long, so each conversion has one copy. */
PASS float float_from_f16(uint16_t a) { return float_of_f16(a); }
PASS uint16_t f16_from_float(float a) { return f16_of_float(a); }
PASS int f16_is_in_doubt(float a, uint32_t reach) { return f16_in_doubt(a, reach); }
WORD vf f16_load(const uint16_t *p) { return float_from_f16(*p); }
WORD vf f16_load_n(const uint16_t *p, size_t n) { return n ? float_from_f16(*p) : 0.0f; }
WORD void f16_store(uint16_t *p, vf a) { *p = f16_from_float(a); }
WORD void f16_store_n(uint16_t *p, vf a, size_t n)
{
    if (n)
        f16_store(p, a);
}
WORD vm f16_doubt(vf a, uint32_t reach) { return f16_is_in_doubt(a, reach); }

struct v_pair {
    vf a, b;
};
WORD uint32_t m_bits(vm m) { return m != 0; }
WORD struct v_pair bf16_load_pair(const uint16_t *p) { return (struct v_pair) { bf16_load(p), bf16_load(p + 1) }; }
WORD void bf16_store_pair(uint16_t *p, struct v_pair v)
{
    bf16_store(p, v.a);
    bf16_store(p + 1, v.b);
}
WORD int bf16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    bf16_store_pair(p, v);
    return bf16_in_doubt(v.a, reach) || bf16_in_doubt(v.b, reach);
}
WORD struct v_pair f16_load_pair(const uint16_t *p) { return (struct v_pair) { f16_load(p), f16_load(p + 1) }; }
WORD void f16_store_pair(uint16_t *p, struct v_pair v)
{
    f16_store(p, v.a);
    f16_store(p + 1, v.b);
}
WORD int f16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    f16_store_pair(p, v);
    return f16_is_in_doubt(v.a, reach) || f16_is_in_doubt(v.b, reach);
}

#endif
