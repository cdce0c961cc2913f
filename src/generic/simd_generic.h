/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary on one lane, for any CPU, and the rules that every other vocabulary is tested against.
 *
 *   + - * / and unary minus are C's own, on vectors too, mixed with a float constant where that reads well.
 *   v_load_n, v_store_n   touch n < V_LANES elements and nothing else; lanes beyond n are loaded as +0
 *   v_min, v_max          return b where a or b is NaN, and where they are equal: put x second and NaN comes through
 *   v_copysign(a, sign)   |a| with the sign bit of `sign`, bit for bit, NaN included; v_abs likewise
 *   v_fma(a, b, c)        a b + c, rounded once; the only way to a fused multiply-add
 *   v_round               nearest integer, ties to even, -0 from -0.5 <= x < 0
 *   v_lt v_le v_eq        false where a or b is NaN
 *   v_ne v_not_le         true where a or b is NaN
 *   v_select(m, a, b)     m ? a : b, bit for bit;  v_where(m, a) is m ? a : +0
 */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#include "../words.h"
#include <math.h>
/* sleef.h shows the purecfma functions only where the compiler says that FMA is fast, which for baseline x86 it does
 * not. */
#if defined(GENERIC_FMA) && !defined(FP_FAST_FMA)
#define FP_FAST_FMA
#endif
#include <sleef.h>

typedef float vf;
typedef int vm;
enum { V_LANES = 1 };

/* SLEEF's scalar code for CPUs with FMA gives the vector functions' bits, and itself holds FMA instructions. */
#ifdef GENERIC_FMA
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##1_##ulp##purecfma
#else
#define SLEEF_NAME(function, ulp) Sleef_cinz_##function##1_##ulp##purec
#endif

WORD vf v_splat(float a) { return a; }
WORD vf v_load(const float *p) { return *p; }
WORD void v_store(float *p, vf a) { *p = a; }
WORD vf v_load_n(const float *p, size_t n) { return n ? *p : 0.0f; }
WORD void v_store_n(float *p, vf a, size_t n)
{
    if (n)
        *p = a;
}

WORD vf v_abs(vf a) { return fabsf(a); }
WORD vf v_copysign(vf a, vf sign) { return copysignf(a, sign); }
WORD vf v_min(vf a, vf b) { return a < b ? a : b; }
WORD vf v_max(vf a, vf b) { return a > b ? a : b; }
WORD vf v_fma(vf a, vf b, vf c) { return fmaf(a, b, c); }
WORD vf v_sqrt(vf a) { return sqrtf(a); }
WORD vf v_round(vf a) { return rintf(a); }

WORD vm v_lt(vf a, vf b) { return a < b; }
WORD vm v_le(vf a, vf b) { return a <= b; }
WORD vm v_eq(vf a, vf b) { return a == b; }
WORD vm v_ne(vf a, vf b) { return a != b; }
WORD vm v_not_le(vf a, vf b) { return !(a <= b); }
WORD vm m_and(vm a, vm b) { return a & b; }
WORD vf v_select(vm m, vf a, vf b) { return m ? a : b; }
WORD vf v_where(vm m, vf a) { return m ? a : 0.0f; }

#endif
