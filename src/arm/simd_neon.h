/* SPDX-License-Identifier: MIT */
/* The vocabulary on AArch64's NEON: four lanes.  The instructions FMIN and FMAX have other rules for zeros and NaN than the
 * vocabulary, so v_min and v_max are a comparison and a selection.  The rules of each word: generic/simd_generic.h. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "simd_neon.h is for AArch64"
#endif

#include "math/sixteen.h"
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
/* The instruction picks bytes; entry i has the bytes 4i to 4i + 3. */
WORD vf v_pick(const float *table, vf at)
{
    const uint32x4_t entry = vandq_u32(u_bits(at), vdupq_n_u32(7));
    const uint32x4_t bytes = vmlaq_u32(vdupq_n_u32(0x03020100u), entry, vdupq_n_u32(0x04040404u));
    const uint8x16x2_t entries = { { vreinterpretq_u8_f32(vld1q_f32(table)),
                                     vreinterpretq_u8_f32(vld1q_f32(table + 4)) } };
    return vreinterpretq_f32_u8(vqtbl2q_u8(entries, vreinterpretq_u8_u32(bytes)));
}
enum { V_WIDE_TABLES = 0 };
WORD vf v_pick_16(const float *table, vf at)
{
    const uint32x4_t entry = vandq_u32(u_bits(at), vdupq_n_u32(15));
    const uint32x4_t bytes = vmlaq_u32(vdupq_n_u32(0x03020100u), entry, vdupq_n_u32(0x04040404u));
    const uint8x16x4_t entries = { { vreinterpretq_u8_f32(vld1q_f32(table)), vreinterpretq_u8_f32(vld1q_f32(table + 4)),
                                     vreinterpretq_u8_f32(vld1q_f32(table + 8)),
                                     vreinterpretq_u8_f32(vld1q_f32(table + 12)) } };
    return vreinterpretq_f32_u8(vqtbl4q_u8(entries, vreinterpretq_u8_u32(bytes)));
}
WORD vf v_floor(vf a) { return vrndmq_f32(a); }
WORD vf v_scale_floor(vf a, vf k) { return v_scale(a, v_floor(k)); }
enum { V_PARTS_OF_ANY = 0 };
WORD vm m_odd(vu a) { return vtstq_u32(a, vdupq_n_u32(1)); }
WORD vf v_exponent(vf a) { return vcvtq_f32_s32(vshrq_n_s32(vreinterpretq_s32_u32(u_bits(a) - 0x3f400000u), 23)); }
WORD vf v_mantissa(vf a) { return v_bits(((u_bits(a) - 0x3f400000u) & 0x007fffffu) + 0x3f400000u); }

/* Storage in 16 bits. */
WORD vf bf16_load(const uint16_t *p) { return vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p), 16)); }
WORD void bf16_store(uint16_t *p, vf a)
{
    const vu bits = u_bits(a), last = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    const vu near = bits + last + 0x7fffu, quiet = vorrq_u32(bits, vdupq_n_u32(0x00400000));
    vst1_u16(p, vshrn_n_u32(vbslq_u32(v_eq(a, a), near, quiet), 16));
}
WORD vf f16_load(const uint16_t *p)
{
    vf wide = vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p)));
    /* Otherwise a store that follows would undo the conversion, and a signalling NaN would not become quiet. */
    OPAQUE("w", wide);
    return wide;
}
WORD uint16x4_t f16_of(vf a) { return vreinterpret_u16_f16(vcvt_f16_f32(a)); }
WORD void f16_store(uint16_t *p, vf a) { vst1_u16(p, f16_of(a)); }
SIXTEEN_TAILS(bf16)
SIXTEEN_TAILS(f16)
/* No float has a magnitude below 0. */
WORD vm f16_doubt(vf a, uint32_t reach)
{
    const vu down = vandq_u32(v_ne(a, vdupq_n_f32(0.0f)), vdupq_n_u32(reach));
    const uint16x4_t same = vceq_u16(f16_of(v_bits(u_bits(a) - down)), f16_of(v_bits(u_bits(a) + reach)));
    return vmvnq_u32(vreinterpretq_u32_s32(vmovl_s16(vreinterpret_s16_u16(same))));
}

struct v_pair {
    vf a, b;
};
WORD uint32_t m_bits(vm m)
{
    static const uint32_t bits[] = { 1, 2, 4, 8 };
    return vaddvq_u32(vandq_u32(m, vld1q_u32(bits)));
}
WORD struct v_pair bf16_load_pair(const uint16_t *p)
{
    const vu both = vreinterpretq_u32_u16(vld1q_u16(p));
    return (struct v_pair) { v_bits(vshlq_n_u32(both, 16)), v_bits(vandq_u32(both, vdupq_n_u32(0xffff0000u))) };
}
/* `near`, or a quiet a where a is NaN.  The upper half of the result goes to memory. */
WORD vu or_nan(vf a, vu near) { return vbslq_u32(v_eq(a, a), near, vorrq_u32(u_bits(a), vdupq_n_u32(0x00400000))); }
WORD void bf16_store_upper(uint16_t *p, vu a, vu b) { vst1q_u16(p, vreinterpretq_u16_u32(vsriq_n_u32(b, a, 16))); }
WORD vu to_upper(vf a)
{
    return or_nan(a, u_bits(a) + (vandq_u32(vshrq_n_u32(u_bits(a), 16), vdupq_n_u32(1)) + 0x7fffu));
}
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
WORD int f16_store_near_pair(uint16_t *p, struct v_pair v, uint32_t reach)
{
    f16_store_pair(p, v);
    return m_any(vorrq_u32(f16_doubt(v.a, reach), f16_doubt(v.b, reach)));
}

#endif
