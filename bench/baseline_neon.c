/* SPDX-License-Identifier: MIT */
/* The words of baseline_simd.h in NEON. */
#include <arm_neon.h>
#include <sleef.h>
#include <string.h>

typedef float32x4_t vec;
enum { LANES = 4 };
#define BASELINE baseline_neon
#define SLEEF(function) Sleef_finz_##function##f4_u10advsimd

static inline vec load_rest(const float *p, size_t n)
{
    float block[LANES] = { 0 };
    memcpy(block, p, n * sizeof *p);
    return vld1q_f32(block);
}
static inline void store_rest(float *p, vec a, size_t n)
{
    float block[LANES];
    vst1q_f32(block, a);
    memcpy(p, block, n * sizeof *p);
}

#define LOAD(p) vld1q_f32(p)
#define STORE(p, a) vst1q_f32(p, a)
#define LOAD_REST(p, n) load_rest(p, n)
#define STORE_REST(p, a, n) store_rest(p, a, n)
#define SPLAT(a) vdupq_n_f32(a)
#define ABS(a) vabsq_f32(a)
#define MIN(a, b) vminq_f32(a, b)
#define MAX(a, b) vmaxq_f32(a, b)
#define FMA(a, b, c) vfmaq_f32(c, a, b)
#define IF_GREATER(x, y, a, b) vbslq_f32(vcgtq_f32(x, y), a, b)

#include "baseline_simd.h"
