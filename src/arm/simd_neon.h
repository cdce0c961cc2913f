/* SPDX-License-Identifier: MIT */
/* The vocabulary on AArch64's NEON: four lanes.  FMIN and FMAX treat zeros and NaN by rules of their own, so min and
 * max are a comparison and a selection here. */
#ifndef ACTFN_SIMD_H
#define ACTFN_SIMD_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "simd_neon.h is for AArch64"
#endif

#include "../words.h"
#include <arm_neon.h>
#include <sleef.h>

typedef float32x4_t vf;
typedef uint32x4_t vm;
enum { V_LANES = 4 };
#define SLEEF_NAME(function, ulp) Sleef_finz_##function##4_##ulp##advsimd

WORD vf v_splat(float a) { return vdupq_n_f32(a); }
WORD vf v_load(const float *p) { return vld1q_f32(p); }
WORD void v_store(float *p, vf a) { vst1q_f32(p, a); }
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

#endif
