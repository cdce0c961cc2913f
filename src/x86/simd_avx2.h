/* SPDX-License-Identifier: MIT */
/* The vocabulary on AVX2 with FMA: eight lanes; a mask is a vector whose lanes are all ones or 0.  The rules of each word:
 * generic/simd_generic.h. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__AVX2__) || !defined(__FMA__)
#error "simd_avx2.h needs -mavx2 -mfma"
#endif

#include "math/sixteen.h"
#include "math/word.h"
#include <immintrin.h>

typedef __m256 vf;
/* Comparisons are C operators on vectors, not intrinsics.  gcc 12 does not know that the result of an intrinsic is a mask,
 * and compares the result with 0 before a blend. */
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
#define V_STREAMS 1
WORD void v_stream(float *p, vf a) { _mm256_stream_ps(p, a); }
WORD void v_stream_end(void) { _mm_sfence(); }
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
} /* for v_where: gcc makes two instructions from ~(a <= b) */
WORD vm m_and(vm a, vm b) { return a & b; }
WORD vf v_select(vm m, vf a, vf b)
{
    vf y = _mm256_blendv_ps(b, a, (vf)m);
    OPAQUE_TO_CLANG("x", y);
    return y;
}
WORD vf v_where(vm m, vf a)
{
    vf y = _mm256_and_ps((vf)m, a);
    OPAQUE_TO_CLANG("x", y);
    return y;
}

/* Multiplies by two factors; the first product is exact. */
WORD vf v_scale(vf a, vf k)
{
    const __m256i whole = _mm256_cvtps_epi32(k), half = _mm256_srai_epi32(whole, 1), bias = _mm256_set1_epi32(127);
    const __m256i first = _mm256_slli_epi32(_mm256_add_epi32(half, bias), 23);
    const __m256i rest = _mm256_slli_epi32(_mm256_add_epi32(_mm256_sub_epi32(whole, half), bias), 23);
    return a * _mm256_castsi256_ps(first) * _mm256_castsi256_ps(rest);
}

WORD vm m_first(size_t n) { return (vm)v_first_n(n); }
WORD int m_any(vm m) { return _mm256_movemask_ps((vf)m) != 0; }
WORD vf v_interleave_low(vf a, vf b)
{
    return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x20);
}
WORD vf v_interleave_high(vf a, vf b)
{
    return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x31);
}
WORD float v_sum(vf a)
{
    const __m128 c = _mm256_castps256_ps128(a) + _mm256_extractf128_ps(a, 1), d = c + _mm_movehl_ps(c, c);
    return _mm_cvtss_f32(d) + _mm_cvtss_f32(_mm_movehdup_ps(d));
}
WORD float v_top(vf a)
{
    const __m128 c = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    const __m128 d = _mm_max_ps(c, _mm_movehl_ps(c, c));
    return _mm_cvtss_f32(_mm_max_ss(d, _mm_movehdup_ps(d)));
}

/* Integers, for Philox. */
typedef uint32_t vu __attribute__((vector_size(32)));
struct u_wide {
    vu high, low;
};
struct u_four {
    vu a, b, c, d;
};

WORD vu u_splat(uint32_t a) { return (vu)_mm256_set1_epi32((int32_t)a); }
WORD vu u_load(const uint32_t *p) { return (vu)_mm256_loadu_si256((const __m256i *)(const void *)p); }
WORD void u_store(uint32_t *p, vu a) { _mm256_storeu_si256((__m256i *)(void *)p, (__m256i)a); }
/* Multiplies the even lanes, then the odd lanes, and then collects the high and the low halves. */
WORD struct u_wide u_multiply(vu a, uint32_t m)
{
    const __m256i factor = _mm256_set1_epi32((int32_t)m), even = _mm256_mul_epu32((__m256i)a, factor);
    const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64((__m256i)a, 32), factor);
    return (struct u_wide) { (vu)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa),
                             (vu)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa) };
}
WORD vf v_from_u(vu a) { return _mm256_cvtepi32_ps((__m256i)a); }
WORD vu u_blocks(void) { return (vu) { 0, 2, 4, 6, 1, 3, 5, 7 }; }
/* Transposes within each 128 bits. */
WORD struct u_four u_in_order(struct u_four w)
{
    const __m256i ab_low = _mm256_unpacklo_epi32((__m256i)w.a, (__m256i)w.b);
    const __m256i ab_high = _mm256_unpackhi_epi32((__m256i)w.a, (__m256i)w.b);
    const __m256i cd_low = _mm256_unpacklo_epi32((__m256i)w.c, (__m256i)w.d);
    const __m256i cd_high = _mm256_unpackhi_epi32((__m256i)w.c, (__m256i)w.d);
    return (struct u_four) { (vu)_mm256_unpacklo_epi64(ab_low, cd_low), (vu)_mm256_unpackhi_epi64(ab_low, cd_low),
                             (vu)_mm256_unpacklo_epi64(ab_high, cd_high), (vu)_mm256_unpackhi_epi64(ab_high, cd_high) };
}

/* Bits and tables, for the fast mode. */
WORD vu u_bits(vf a) { return (vu)_mm256_castps_si256(a); }
WORD vf v_bits(vu a) { return _mm256_castsi256_ps((__m256i)a); }
WORD vu u_max(vu a, vu b) { return (vu)_mm256_max_epu32((__m256i)a, (__m256i)b); }
WORD vm u_above(vu a, vu b) { return (vm)(u_max(a, b) != b); }
WORD vf v_pick(const float *table, vf at)
{
    return _mm256_permutevar8x32_ps(_mm256_load_ps(table), _mm256_castps_si256(at));
}
enum { V_WIDE_TABLES = 0 };
WORD vf v_pick_16(const float *table, vf at)
{
    const vf upper = (vf)((vu)_mm256_castps_si256(at) << 28u); /* the sign is the fourth bit */
    return _mm256_blendv_ps(v_pick(table, at), v_pick(table + 8, at), upper);
}
WORD vf v_floor(vf a) { return _mm256_floor_ps(a); }
WORD vf v_scale_floor(vf a, vf k) { return v_scale(a, v_floor(k)); }
enum { V_PARTS_OF_ANY = 0 };
WORD vm m_odd(vu a) { return (vm)(a << 31u) >> 31; }
WORD vf v_exponent(vf a) { return _mm256_cvtepi32_ps(_mm256_srai_epi32((__m256i)(u_bits(a) - 0x3f400000u), 23)); }
WORD vf v_mantissa(vf a) { return v_bits(((u_bits(a) - 0x3f400000u) & 0x007fffffu) + 0x3f400000u); }

/* Storage in 16 bits. */
WORD vf bf16_load(const uint16_t *p)
{
    const __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(wide, 16));
}
WORD void bf16_store(uint16_t *p, vf a)
{
    const __m256i bits = _mm256_castps_si256(a),
                  last = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i near = _mm256_add_epi32(bits, _mm256_add_epi32(last, _mm256_set1_epi32(0x7fff)));
    const __m256i quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x00400000));
    const __m256i kept = (__m256i)v_select(v_eq(a, a), (vf)near, (vf)quiet), high = _mm256_srli_epi32(kept, 16);
    _mm_storeu_si128((__m128i *)(void *)p,
                     _mm_packus_epi32(_mm256_castsi256_si128(high), _mm256_extracti128_si256(high, 1)));
}
WORD vf f16_load(const uint16_t *p)
{
    vf wide = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)p));
    OPAQUE_TO_CLANG("x", wide);
    return wide;
}
WORD __m128i f16_of(vf a) { return _mm256_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
WORD void f16_store(uint16_t *p, vf a) { _mm_storeu_si128((__m128i *)(void *)p, f16_of(a)); }
SIXTEEN_TAILS(bf16)
SIXTEEN_TAILS(f16)
/* No float has a magnitude below 0. */
WORD vm f16_doubt(vf a, uint32_t reach)
{
    const vu down = reach & (vu)v_ne(a, v_splat(0.0f));
    const __m128i same = _mm_cmpeq_epi16(f16_of(v_bits(u_bits(a) - down)), f16_of(v_bits(u_bits(a) + reach)));
    return ~(vm)_mm256_cvtepi16_epi32(same);
}

struct v_pair {
    vf a, b;
};
WORD uint32_t m_bits(vm m) { return (uint32_t)_mm256_movemask_ps((vf)m); }
WORD struct v_pair bf16_load_pair(const uint16_t *p)
{
    const __m256i both = _mm256_loadu_si256((const __m256i *)(const void *)p);
    return (struct v_pair) { _mm256_castsi256_ps(_mm256_slli_epi32(both, 16)),
                             _mm256_castsi256_ps(_mm256_and_si256(both, _mm256_set1_epi32((int32_t)0xffff0000u))) };
}
/* `near`, or a quiet a where a is NaN.  The upper half of the result goes to memory. */
WORD vu or_nan(vf a, vu near) { return u_bits(v_select(v_ne(a, a), v_bits(u_bits(a) | 0x00400000u), v_bits(near))); }
WORD void bf16_store_upper(uint16_t *p, vu a, vu b)
{
    _mm256_storeu_si256((__m256i *)(void *)p, _mm256_blend_epi16(_mm256_srli_epi32((__m256i)a, 16), (__m256i)b, 0xaa));
}
WORD vu to_upper(vf a) { return or_nan(a, u_bits(a) + ((u_bits(a) >> 16u & 1u) + 0x7fffu)); }
WORD void bf16_store_pair(uint16_t *p, struct v_pair v) { bf16_store_upper(p, to_upper(v.a), to_upper(v.b)); }
/* The lower half of each lane decides, as in bf16_doubt. */
WORD int bf16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    const vu shift = u_splat(0x7fffu - reach), limit = u_splat((0xfffeu - 2 * reach) << 16 | 0xffffu);
    const vu low = u_max((u_bits(v.a) + shift) << 16u, (u_bits(v.b) + shift) << 16u);
    bf16_store_upper(p, or_nan(v.a, u_bits(v.a) + 0x8000u), or_nan(v.b, u_bits(v.b) + 0x8000u));
    return m_any(u_above(low, limit));
}
WORD struct v_pair f16_load_pair(const uint16_t *p) { return (struct v_pair) { f16_load(p), f16_load(p + V_LANES) }; }
WORD void f16_store_pair(uint16_t *p, struct v_pair v)
{
    f16_store(p, v.a);
    f16_store(p + V_LANES, v.b);
}
/* *up is the float16 of the float that is `reach` steps above a.  The result is 0 in the lanes that are not in doubt. */
WORD __m128i f16_other(vf a, uint32_t reach, __m128i *up)
{
    const vu down = reach & (vu)v_ne(a, v_splat(0.0f));
    *up = f16_of(v_bits(u_bits(a) + reach));
    return _mm_xor_si128(*up, f16_of(v_bits(u_bits(a) - down)));
}
WORD int f16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    __m128i a, b;
    const __m128i other = _mm_or_si128(f16_other(v.a, reach, &a), f16_other(v.b, reach, &b));
    _mm_storeu_si128((__m128i *)(void *)p, a);
    _mm_storeu_si128((__m128i *)(void *)(p + V_LANES), b);
    return !_mm_testz_si128(other, other);
}

#endif
