/* SPDX-License-Identifier: MIT */
/* The vocabulary on AVX-512: sixteen lanes, masks in k registers.  The rules of each word: generic/simd_generic.h. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__AVX512F__) || !defined(__AVX512DQ__) || !defined(__AVX512BW__) || !defined(__AVX512VL__)
#error "simd_avx512.h needs -mavx512f -mavx512dq -mavx512bw -mavx512vl"
#endif

#include "math/sixteen.h"
#include "math/word.h"
#include <immintrin.h>

typedef __m512 vf;
typedef __mmask16 vm;
enum { V_LANES = 16 };
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##16_##ulp##avx512f

WORD vf v_splat(float a) { return _mm512_set1_ps(a); }
WORD vf v_load(const float *p) { return _mm512_loadu_ps(p); }
WORD void v_store(float *p, vf a) { _mm512_storeu_ps(p, a); }
WORD vm v_first_n(size_t n) { return (vm)((1u << n) - 1); }
#define V_STREAMS 1
WORD void v_stream(float *p, vf a) { _mm512_stream_ps(p, a); }
WORD void v_stream_end(void) { _mm_sfence(); }
WORD vf v_load_n(const float *p, size_t n) { return _mm512_maskz_loadu_ps(v_first_n(n), p); }
WORD void v_store_n(float *p, vf a, size_t n) { _mm512_mask_storeu_ps(p, v_first_n(n), a); }

WORD vf v_abs(vf a) { return _mm512_abs_ps(a); }
WORD vf v_copysign(vf a, vf sign)
{
    /* 0xe4 takes each bit from the first operand where the third operand has a 1, else from the second. */
    return _mm512_castsi512_ps(_mm512_ternarylogic_epi32(_mm512_castps_si512(sign), _mm512_castps_si512(a),
                                                         _mm512_castps_si512(_mm512_set1_ps(-0.0f)), 0xe4));
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
WORD vf v_select(vm m, vf a, vf b)
{
    vf y = _mm512_mask_mov_ps(b, m, a);
    OPAQUE_TO_CLANG("v", y);
    return y;
}
WORD vf v_where(vm m, vf a)
{
    vf y = _mm512_maskz_mov_ps(m, a);
    OPAQUE_TO_CLANG("v", y);
    return y;
}
WORD vf v_scale(vf a, vf k) { return _mm512_scalef_ps(a, k); }

WORD vm m_first(size_t n) { return v_first_n(n); }
WORD int m_any(vm m) { return m != 0; }
WORD vf v_interleave_low(vf a, vf b)
{
    const __m512i lanes = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    return _mm512_permutex2var_ps(a, lanes, b);
}
WORD vf v_interleave_high(vf a, vf b)
{
    const __m512i lanes = _mm512_set_epi32(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8);
    return _mm512_permutex2var_ps(a, lanes, b);
}
WORD float v_sum(vf a)
{
    const __m256 b = _mm512_castps512_ps256(a) + _mm512_extractf32x8_ps(a, 1);
    const __m128 c = _mm256_castps256_ps128(b) + _mm256_extractf128_ps(b, 1), d = c + _mm_movehl_ps(c, c);
    return _mm_cvtss_f32(d) + _mm_cvtss_f32(_mm_movehdup_ps(d));
}
WORD float v_top(vf a)
{
    const __m256 b = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    const __m128 c = _mm_max_ps(_mm256_castps256_ps128(b), _mm256_extractf128_ps(b, 1));
    const __m128 d = _mm_max_ps(c, _mm_movehl_ps(c, c));
    return _mm_cvtss_f32(_mm_max_ss(d, _mm_movehdup_ps(d)));
}

/* Integers, for Philox. */
typedef uint32_t vu __attribute__((vector_size(64)));
struct u_wide {
    vu high, low;
};
struct u_four {
    vu a, b, c, d;
};

WORD vu u_splat(uint32_t a) { return (vu)_mm512_set1_epi32((int32_t)a); }
WORD vu u_load(const uint32_t *p) { return (vu)_mm512_loadu_si512(p); }
WORD void u_store(uint32_t *p, vu a) { _mm512_storeu_si512(p, (__m512i)a); }
/* Multiplies the even lanes, then the odd lanes, and then collects the high and the low halves. */
WORD struct u_wide u_multiply(vu a, uint32_t m)
{
    const __m512i factor = _mm512_set1_epi32((int32_t)m), even = _mm512_mul_epu32((__m512i)a, factor);
    const __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64((__m512i)a, 32), factor);
    return (struct u_wide) { (vu)_mm512_mask_shuffle_epi32(odd, 0x5555, even, _MM_PERM_CDAB),
                             (vu)_mm512_mask_shuffle_epi32(even, 0xaaaa, odd, _MM_PERM_CDAB) };
}
WORD vf v_from_u(vu a) { return _mm512_cvtepi32_ps((__m512i)a); }
WORD vu u_blocks(void) { return (vu) { 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15 }; }
/* Transposes within each 128 bits. */
WORD struct u_four u_in_order(struct u_four w)
{
    const __m512i ab_low = _mm512_unpacklo_epi32((__m512i)w.a, (__m512i)w.b);
    const __m512i ab_high = _mm512_unpackhi_epi32((__m512i)w.a, (__m512i)w.b);
    const __m512i cd_low = _mm512_unpacklo_epi32((__m512i)w.c, (__m512i)w.d);
    const __m512i cd_high = _mm512_unpackhi_epi32((__m512i)w.c, (__m512i)w.d);
    return (struct u_four) { (vu)_mm512_unpacklo_epi64(ab_low, cd_low), (vu)_mm512_unpackhi_epi64(ab_low, cd_low),
                             (vu)_mm512_unpacklo_epi64(ab_high, cd_high), (vu)_mm512_unpackhi_epi64(ab_high, cd_high) };
}

/* Bits and tables, for the fast mode. */
WORD vu u_bits(vf a) { return (vu)_mm512_castps_si512(a); }
WORD vf v_bits(vu a) { return _mm512_castsi512_ps((__m512i)a); }
WORD vu u_max(vu a, vu b) { return (vu)_mm512_max_epu32((__m512i)a, (__m512i)b); }
WORD vm u_above(vu a, vu b) { return _mm512_cmpgt_epu32_mask((__m512i)a, (__m512i)b); }
/* The permutation takes four bits as the index, so both halves hold the table. */
WORD vf v_pick(const float *table, vf at)
{
    return _mm512_permutexvar_ps(_mm512_castps_si512(at), _mm512_broadcast_f32x8(_mm256_load_ps(table)));
}
enum { V_WIDE_TABLES = 1 };
WORD vf v_pick_16(const float *table, vf at)
{
    return _mm512_permutexvar_ps(_mm512_castps_si512(at), _mm512_load_ps(table));
}
WORD vf v_floor(vf a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC); }
WORD vf v_scale_floor(vf a, vf k) { return _mm512_scalef_ps(a, k); }
enum { V_PARTS_OF_ANY = 1 };
WORD vm m_odd(vu a) { return _mm512_test_epi32_mask((__m512i)a, _mm512_set1_epi32(1)); }
WORD vf v_mantissa(vf a)
{
    /* 3 is two bits, for NaN where a is negative, but 1 for both zeros.  The enumeration has no name for both bits together. */
    return _mm512_getmant_ps(a, _MM_MANT_NORM_p75_1p5, (_MM_MANTISSA_SIGN_ENUM)3);
}
WORD vf v_exponent(vf a) { return _mm512_getexp_ps(a) - _mm512_getexp_ps(v_mantissa(a)); }

/* Storage in 16 bits.  vcvtneps2bf16 is not used, because the instruction takes subnormal numbers for 0. */
WORD vf bf16_load(const uint16_t *p)
{
    const __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)p));
    return _mm512_castsi512_ps(_mm512_slli_epi32(wide, 16));
}
WORD vf bf16_load_n(const uint16_t *p, size_t n)
{
    const __m512i wide = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(v_first_n(n), p));
    return _mm512_castsi512_ps(_mm512_slli_epi32(wide, 16));
}
WORD __m256i bf16_of(vf a)
{
    const __m512i bits = _mm512_castps_si512(a), high = _mm512_srli_epi32(bits, 16);
    const __m512i last = _mm512_and_si512(high, _mm512_set1_epi32(1));
    const __m512i near =
        _mm512_srli_epi32(_mm512_add_epi32(bits, _mm512_add_epi32(last, _mm512_set1_epi32(0x7fff))), 16);
    return _mm512_cvtepi32_epi16(_mm512_mask_or_epi32(near, v_ne(a, a), high, _mm512_set1_epi32(0x0040)));
}
WORD void bf16_store(uint16_t *p, vf a) { _mm256_storeu_si256((__m256i *)(void *)p, bf16_of(a)); }
WORD void bf16_store_n(uint16_t *p, vf a, size_t n) { _mm256_mask_storeu_epi16(p, v_first_n(n), bf16_of(a)); }
WORD vf f16_wide(__m256i a)
{
    vf wide = _mm512_cvtph_ps(a);
    OPAQUE_TO_CLANG("v", wide);
    return wide;
}
WORD vf f16_load(const uint16_t *p) { return f16_wide(_mm256_loadu_si256((const __m256i *)(const void *)p)); }
WORD vf f16_load_n(const uint16_t *p, size_t n) { return f16_wide(_mm256_maskz_loadu_epi16(v_first_n(n), p)); }
WORD __m256i f16_of(vf a) { return _mm512_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
WORD void f16_store(uint16_t *p, vf a) { _mm256_storeu_si256((__m256i *)(void *)p, f16_of(a)); }
WORD void f16_store_n(uint16_t *p, vf a, size_t n) { _mm256_mask_storeu_epi16(p, v_first_n(n), f16_of(a)); }
/* No float has a magnitude below 0. */
WORD vm f16_doubt(vf a, uint32_t reach)
{
    const __m512i bits = _mm512_castps_si512(a), step = _mm512_set1_epi32((int32_t)reach);
    const __mmask16 other = _mm512_test_epi32_mask(bits, _mm512_set1_epi32(0x7fffffff));
    const __m512i down = _mm512_mask_sub_epi32(bits, other, bits, step), up = _mm512_add_epi32(bits, step);
    return _mm256_cmpneq_epi16_mask(f16_of(_mm512_castsi512_ps(down)), f16_of(_mm512_castsi512_ps(up)));
}

struct v_pair {
    vf a, b;
};
WORD uint32_t m_bits(vm m) { return m; }
WORD struct v_pair bf16_load_pair(const uint16_t *p)
{
    const __m512i both = _mm512_loadu_si512(p), upper = _mm512_set1_epi32((int32_t)0xffff0000u);
    return (struct v_pair) { _mm512_castsi512_ps(_mm512_slli_epi32(both, 16)),
                             _mm512_castsi512_ps(_mm512_and_si512(both, upper)) };
}
/* `near`, or a quiet a where a is NaN.  The upper half of the result goes to memory. */
WORD __m512i or_nan(vf a, __m512i near)
{
    return _mm512_mask_or_epi32(near, v_ne(a, a), _mm512_castps_si512(a), _mm512_set1_epi32(0x00400000));
}
/* 0xf8 means: first operand | (second operand & third operand). */
WORD void bf16_store_upper(uint16_t *p, __m512i a, __m512i b)
{
    const __m512i upper = _mm512_set1_epi32((int32_t)0xffff0000u);
    _mm512_storeu_si512(p, _mm512_ternarylogic_epi32(_mm512_srli_epi32(a, 16), b, upper, 0xf8));
}
WORD __m512i to_upper(vf a)
{
    const __m512i bits = _mm512_castps_si512(a),
                  last = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    return or_nan(a, _mm512_add_epi32(bits, _mm512_add_epi32(last, _mm512_set1_epi32(0x7fff))));
}
WORD void bf16_store_pair(uint16_t *p, struct v_pair v) { bf16_store_upper(p, to_upper(v.a), to_upper(v.b)); }
/* The lower half of each lane decides, as in bf16_doubt. */
WORD int bf16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    const vu shift = u_splat(0x7fffu - reach), limit = u_splat((0xfffeu - 2 * reach) << 16 | 0xffffu);
    const vu low = u_max((u_bits(v.a) + shift) << 16u, (u_bits(v.b) + shift) << 16u);
    bf16_store_upper(p, or_nan(v.a, (__m512i)(u_bits(v.a) + 0x8000u)), or_nan(v.b, (__m512i)(u_bits(v.b) + 0x8000u)));
    return m_any(u_above(low, limit));
}
WORD struct v_pair f16_load_pair(const uint16_t *p) { return (struct v_pair) { f16_load(p), f16_load(p + V_LANES) }; }
WORD void f16_store_pair(uint16_t *p, struct v_pair v)
{
    f16_store(p, v.a);
    f16_store(p + V_LANES, v.b);
}
/* *up is the float16 of the float that is `reach` steps above a.  The result is 0 in the lanes that are not in doubt. */
WORD __m256i f16_other(vf a, __m512i step, __m256i *up)
{
    const __m512i bits = _mm512_castps_si512(a);
    const __mmask16 other = _mm512_test_epi32_mask(bits, _mm512_set1_epi32(0x7fffffff));
    *up = f16_of(_mm512_castsi512_ps(_mm512_add_epi32(bits, step)));
    return _mm256_xor_si256(*up, f16_of(_mm512_castsi512_ps(_mm512_mask_sub_epi32(bits, other, bits, step))));
}
WORD int f16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    const __m512i step = _mm512_set1_epi32((int32_t)reach);
    __m256i a, b;
    const __m256i other = _mm256_or_si256(f16_other(v.a, step, &a), f16_other(v.b, step, &b));
    _mm256_storeu_si256((__m256i *)(void *)p, a);
    _mm256_storeu_si256((__m256i *)(void *)(p + V_LANES), b);
    return !_mm256_testz_si256(other, other);
}

#endif
