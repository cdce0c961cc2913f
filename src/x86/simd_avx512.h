/* SPDX-License-Identifier: MIT */
/* The vocabulary on AVX-512: sixteen lanes, masks in k registers.  The rules of each word: generic/simd_generic.h. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__AVX512F__) || !defined(__AVX512DQ__) || !defined(__AVX512BW__) || !defined(__AVX512VL__)
#error "simd_avx512.h needs -mavx512f -mavx512dq -mavx512bw -mavx512vl"
#endif

#include "../words.h"
#include <immintrin.h>
#include <sleef.h>

typedef __m512 vf;
typedef __mmask16 vm;
enum { V_LANES = 16 };
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##16_##ulp##avx512f

WORD vf v_splat(float a) { return _mm512_set1_ps(a); }
WORD vf v_load(const float *p) { return _mm512_loadu_ps(p); }
WORD void v_store(float *p, vf a) { _mm512_storeu_ps(p, a); }
WORD vm v_first_n(size_t n) { return (vm)((1u << n) - 1); }
WORD vf v_load_n(const float *p, size_t n) { return _mm512_maskz_loadu_ps(v_first_n(n), p); }
WORD void v_store_n(float *p, vf a, size_t n) { _mm512_mask_storeu_ps(p, v_first_n(n), a); }

WORD vf v_abs(vf a) { return _mm512_abs_ps(a); }
WORD vf v_copysign(vf a, vf sign)
{
    /* 0xe4 picks the first operand where the third is set, else the second. */
    return _mm512_castsi512_ps(_mm512_ternarylogic_epi32(_mm512_castps_si512(sign), _mm512_castps_si512(a),
                                                         _mm512_set1_epi32((int)0x80000000u), 0xe4));
}
WORD vf v_min(vf a, vf b) { return _mm512_min_ps(a, b); }
WORD vf v_max(vf a, vf b) { return _mm512_max_ps(a, b); }
WORD vf v_fma(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }
WORD vf v_sqrt(vf a) { return _mm512_sqrt_ps(a); }
WORD vf v_round(vf a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

WORD vm v_lt(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
WORD vm v_le(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
WORD vm v_eq(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
WORD vm v_ne(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_NEQ_UQ); }
WORD vm v_not_le(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_NLE_UQ); }
WORD vm m_and(vm a, vm b) { return (vm)(a & b); }
WORD vf v_select(vm m, vf a, vf b) { return _mm512_mask_mov_ps(b, m, a); }
WORD vf v_where(vm m, vf a) { return _mm512_maskz_mov_ps(m, a); }

#endif
