/* SPDX-License-Identifier: MIT */
/* The vocabulary on AArch64's NEON: four lanes.  The instructions FMIN and FMAX have other rules for zeros and NaN than the
 * vocabulary, so v_min and v_max are a comparison and a selection.  The rules of each word: generic/simd_generic.h. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "simd_neon.h is for AArch64"
#endif

#include "math/word.h"
#include <arm_neon.h>

typedef float32x4_t vf;
typedef uint32x4_t vm;
enum { V_LANES = 4 };
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##4_##ulp##advsimd

WORD vf v_splat(float a) { return vdupq_n_f32(a); }
WORD vf v_load(const float *p) { return vld1q_f32(p); }
WORD void v_store(float *p, vf a) { vst1q_f32(p, a); }
#define V_STREAMS 0 /* ordinary stores already write whole lines without reading them */
WORD vf v_load_n(const float *p, size_t n)
{
    vf a = vdupq_n_f32(0.0f);
    if (n > 0)
        a = vld1q_lane_f32(p, a, 0);
    if (n > 1)
        a = vld1q_lane_f32(p + 1, a, 1);
    if (n > 2)
        a = vld1q_lane_f32(p + 2, a, 2);
    return a;
}
WORD void v_store_n(float *p, vf a, size_t n)
{
    if (n > 0)
        vst1q_lane_f32(p, a, 0);
    if (n > 1)
        vst1q_lane_f32(p + 1, a, 1);
    if (n > 2)
        vst1q_lane_f32(p + 2, a, 2);
}

WORD vm v_lt(vf a, vf b) { return vcltq_f32(a, b); }
WORD vm v_le(vf a, vf b) { return vcleq_f32(a, b); }
WORD vm v_eq(vf a, vf b) { return vceqq_f32(a, b); }
WORD vm v_ne(vf a, vf b) { return vmvnq_u32(vceqq_f32(a, b)); }
WORD vm v_not_le(vf a, vf b) { return vmvnq_u32(vcleq_f32(a, b)); }
WORD vm m_and(vm a, vm b) { return vandq_u32(a, b); }
WORD vf v_select(vm m, vf a, vf b) { return vbslq_f32(m, a, b); }
WORD vf v_where(vm m, vf a) { return vreinterpretq_f32_u32(vandq_u32(m, vreinterpretq_u32_f32(a))); }

WORD vf v_abs(vf a) { return vabsq_f32(a); }
WORD vf v_copysign(vf a, vf sign) { return vbslq_f32(vdupq_n_u32(0x80000000u), sign, a); }
WORD vf v_min(vf a, vf b) { return v_select(v_lt(a, b), a, b); }
WORD vf v_max(vf a, vf b) { return v_select(v_lt(b, a), a, b); }
WORD vf v_fma(vf a, vf b, vf c) { return vfmaq_f32(c, a, b); }
WORD vf v_sqrt(vf a) { return vsqrtq_f32(a); }
WORD vf v_round(vf a) { return vrndnq_f32(a); }

/* Multiplies by two factors; the first product is exact. */
WORD vf v_scale(vf a, vf k)
{
    const int32x4_t whole = vcvtq_s32_f32(k), half = vshrq_n_s32(whole, 1), bias = vdupq_n_s32(127);
    const int32x4_t first = vshlq_n_s32(vaddq_s32(half, bias), 23);
    const int32x4_t rest = vshlq_n_s32(vaddq_s32(vsubq_s32(whole, half), bias), 23);
    return a * vreinterpretq_f32_s32(first) * vreinterpretq_f32_s32(rest);
}

WORD vm m_first(size_t n)
{
    static const uint32_t lanes[] = { 0, 1, 2, 3 };
    return vcltq_u32(vld1q_u32(lanes), vdupq_n_u32((uint32_t)n));
}
WORD int m_any(vm m) { return vmaxvq_u32(m) != 0; }
WORD vf v_interleave_low(vf a, vf b) { return vzip1q_f32(a, b); }
WORD vf v_interleave_high(vf a, vf b) { return vzip2q_f32(a, b); }
WORD float v_sum(vf a)
{
    const float32x2_t b = vadd_f32(vget_low_f32(a), vget_high_f32(a));
    return vget_lane_f32(b, 0) + vget_lane_f32(b, 1);
}
WORD float v_top(vf a) { return vmaxvq_f32(a); }

/* Integers, for Philox. */
typedef uint32x4_t vu;
struct u_wide {
    vu high, low;
};
struct u_four {
    vu a, b, c, d;
};

WORD vu u_splat(uint32_t a) { return vdupq_n_u32(a); }
WORD vu u_load(const uint32_t *p) { return vld1q_u32(p); }
WORD void u_store(uint32_t *p, vu a) { vst1q_u32(p, a); }
WORD struct u_wide u_multiply(vu a, uint32_t m)
{
    const uint32x4_t first = vreinterpretq_u32_u64(vmull_n_u32(vget_low_u32(a), m));
    const uint32x4_t second = vreinterpretq_u32_u64(vmull_high_n_u32(a, m));
    return (struct u_wide) { vuzp2q_u32(first, second), vuzp1q_u32(first, second) };
}
WORD vf v_from_u(vu a) { return vcvtq_f32_u32(a); }
WORD vu u_blocks(void) { return (vu) { 0, 1, 2, 3 }; }
/* Transposes. */
WORD struct u_four u_in_order(struct u_four w)
{
    const uint32x4_t ac_low = vzip1q_u32(w.a, w.c), ac_high = vzip2q_u32(w.a, w.c);
    const uint32x4_t bd_low = vzip1q_u32(w.b, w.d), bd_high = vzip2q_u32(w.b, w.d);
    return (struct u_four) { vzip1q_u32(ac_low, bd_low), vzip2q_u32(ac_low, bd_low), vzip1q_u32(ac_high, bd_high),
                             vzip2q_u32(ac_high, bd_high) };
}

/* Bits and tables, for the fast mode. */
WORD vu u_bits(vf a) { return vreinterpretq_u32_f32(a); }
WORD vf v_bits(vu a) { return vreinterpretq_f32_u32(a); }
WORD vu u_max(vu a, vu b) { return vmaxq_u32(a, b); }
WORD vm u_above(vu a, vu b) { return vcgtq_u32(a, b); }
/* By bytes: entry i has the bytes 4i to 4i + 3. */
WORD vf v_pick(const float *table, vf at)
{
    const uint32x4_t entry = vandq_u32(u_bits(at), vdupq_n_u32(7));
    const uint32x4_t bytes = vmlaq_u32(vdupq_n_u32(0x03020100u), entry, vdupq_n_u32(0x04040404u));
    const uint8x16x2_t entries = { { vreinterpretq_u8_f32(vld1q_f32(table)),
                                     vreinterpretq_u8_f32(vld1q_f32(table + 4)) } };
    return vreinterpretq_f32_u8(vqtbl2q_u8(entries, vreinterpretq_u8_u32(bytes)));
}
WORD vf v_floor(vf a) { return vrndmq_f32(a); }
WORD vf v_scale_floor(vf a, vf k) { return v_scale(a, v_floor(k)); }
enum { V_PARTS_OF_ANY = 0 };
WORD vm m_odd(vu a) { return vtstq_u32(a, vdupq_n_u32(1)); }
WORD vf v_exponent(vf a) { return vcvtq_f32_s32(vshrq_n_s32(vreinterpretq_s32_u32(u_bits(a) - 0x3f400000u), 23)); }
WORD vf v_mantissa(vf a) { return v_bits(((u_bits(a) - 0x3f400000u) & 0x007fffffu) + 0x3f400000u); }

#endif
