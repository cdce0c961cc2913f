/* SPDX-License-Identifier: MIT */
/* The words of baseline_simd.h in AVX-512.  They are not the library's words, so that a flaw of those shows here. */
#include <immintrin.h>
#include <sleef.h>

typedef __m512 vec;
enum { LANES = 16 };
#define BASELINE baseline_avx512
#define SLEEF(function) Sleef_finz_##function##f16_u10avx512f

#define LOAD(p) _mm512_loadu_ps(p)
#define STORE(p, a) _mm512_storeu_ps(p, a)
#define STREAM(p, a) _mm512_stream_ps(p, a)
#define STREAM_END() _mm_sfence()
#define REST(n) ((__mmask16)((1u << (n)) - 1))
#define LOAD_REST(p, n) _mm512_maskz_loadu_ps(REST(n), p)
#define STORE_REST(p, a, n) _mm512_mask_storeu_ps(p, REST(n), a)
#define SPLAT(a) _mm512_set1_ps(a)
#define ABS(a) _mm512_abs_ps(a)
/* If one of the operands of these two words is NaN, the result is the second operand. */
#define MIN(a, b) _mm512_min_ps(a, b)
#define MAX(a, b) _mm512_max_ps(a, b)
#define FMA(a, b, c) _mm512_fmadd_ps(a, b, c)
#define IF_GREATER(x, y, a, b) _mm512_mask_mov_ps(b, _mm512_cmp_ps_mask(x, y, _CMP_GT_OQ), a)

#include "baseline_simd.h"
