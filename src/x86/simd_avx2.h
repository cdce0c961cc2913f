/* SPDX-License-Identifier: MIT */
/* The vocabulary on AVX2 with FMA: eight lanes, masks as vectors of all-ones or zero. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__AVX2__) || !defined(__FMA__)
#error "simd_avx2.h needs -mavx2 -mfma"
#endif

#include "../words.h"
#include <immintrin.h>
#include <sleef.h>

typedef __m256 vf;
/* The compiler's own comparison, not the intrinsic: gcc 12 takes the mask of an intrinsic for any integers and compares
 * it with 0 before it blends. */
typedef int32_t vm __attribute__((vector_size(32)));
enum { V_LANES = 8 };
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##8_##ulp##avx2

WORD __m256i v_first_n(size_t n)
{
    static const int32_t window[16] = { -1, -1, -1, -1, -1, -1, -1, -1 };
    return _mm256_loadu_si256((const __m256i *)(window + 8 - n));
}

WORD vf v_splat(float a) { return _mm256_set1_ps(a); }
WORD vf v_load(const float *p) { return _mm256_loadu_ps(p); }
WORD void v_store(float *p, vf a) { _mm256_storeu_ps(p, a); }
WORD vf v_load_n(const float *p, size_t n) { return _mm256_maskload_ps(p, v_first_n(n)); }
WORD void v_store_n(float *p, vf a, size_t n) { _mm256_maskstore_ps(p, v_first_n(n), a); }

WORD vf v_abs(vf a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
WORD vf v_copysign(vf a, vf sign)
{
    vf bit = _mm256_set1_ps(-0.0f);
    return _mm256_or_ps(_mm256_andnot_ps(bit, a), _mm256_and_ps(bit, sign));
}
WORD vf v_min(vf a, vf b) { return _mm256_min_ps(a, b); }
WORD vf v_max(vf a, vf b) { return _mm256_max_ps(a, b); }
WORD vf v_fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
WORD vf v_sqrt(vf a) { return _mm256_sqrt_ps(a); }
WORD vf v_round(vf a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

WORD vm v_lt(vf a, vf b) { return a < b; }
WORD vm v_le(vf a, vf b) { return a <= b; }
WORD vm v_eq(vf a, vf b) { return a == b; }
WORD vm v_ne(vf a, vf b) { return a != b; }
WORD vm v_not_le(vf a, vf b)
{
    return (vm)_mm256_cmp_ps(a, b, _CMP_NLE_UQ);
} /* for v_where: gcc makes two of ~(a <= b) */
WORD vm m_and(vm a, vm b) { return a & b; }
WORD vf v_select(vm m, vf a, vf b) { return _mm256_blendv_ps(b, a, (vf)m); }
WORD vf v_where(vm m, vf a) { return _mm256_and_ps((vf)m, a); }

#endif
