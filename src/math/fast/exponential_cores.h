/* SPDX-License-Identifier: MIT */
/* Cores: exp, tanh, elu, selu. */
#ifndef ACTFN_EXPONENTIAL_CORES_H
#define ACTFN_EXPONENTIAL_CORES_H

#include "math/exponential.h"
#include "math/fast/guard.h"
#include "math/fast/power.h"

/* ---- exp ----------------------------------------------------------------------------------------------------- */

#define APPLIES_exp(p) 1
#if V_PICKS >= 32
#define GUARD_exp_f LEFT, 87.0f, 0
WORD vf core_exp(vf x)
{
    const struct exponential e = exponential_of(v_min(v_splat(89.0f), x));
    return v_scale_floor(e.part, e.n);
}
WORD vf beyond_exp(vf x) { return exp_left(x, ONE); }
#else
#define GUARD_exp_f EITHER, 87.0f, 0
WORD vf core_exp(vf x) { return exp_within(1, x, 1); }
WORD vf beyond_exp(vf x) { return v_select(v_lt(ZERO, x), v_exp(x), exp_left(x, ONE)); }
#endif
#define GUARD_exp_df GUARD_exp_f
WORD vf core_exp_grad(vf x, vf dy) { return dy * core_exp(x); }
WORD vf beyond_exp_grad(vf x, vf dy) { return dy * beyond_exp(x); }

/* ---- tanh ------------------------------------------------------------------------------------------------------ */

/* 1 to the last bit. */
#define TANH_END 9.5f

#define APPLIES_tanh(p) 1
#define GUARD_tanh_f NEVER, 0, V_LANES < 16
#define beyond_tanh core_tanh
#if V_PICKS >= 32
/* A polynomial of degree 5 in each of 16 segments, four to an octave of a + const: fine where tanh bends. */
WORD vf core_tanh(vf x)
{
    const vf a = v_min(v_splat(TANH_END), v_abs(x));
    const vf at = v_bits(u_bits(v_fma(a, v_splat(1.57f), ONE)) >> 21), d = a - v_pick(tanh_centre, 16, at);
    vf y = v_pick(tanh_5, 16, at);
    y = v_fma(y, d, v_pick(tanh_4, 16, at));
    y = v_fma(y, d, v_pick(tanh_3, 16, at));
    y = v_fma(y, d, v_pick(tanh_2, 16, at));
    y = v_fma(y, d, v_pick(tanh_1, 16, at));
    return v_copysign(v_fma(y, d, v_pick(tanh_0, 16, at)), x);
}
#else
/* E / (E + 2), E = e^2a - 1. */
WORD vf core_tanh(vf x)
{
    const vf e = expm1_within(2, v_min(v_splat(TANH_END), v_abs(x)));
    return v_copysign(e / (e + 2.0f), x);
}
#endif

/* 4e / (1 + e)^2, e = e^-2a. */
#define GUARD_tanh_df EITHER, 43.0f, 0
WORD vf core_tanh_grad(vf x, vf dy)
{
    const vf e = exp_within(-2, v_abs(x), 0);
    const vf r = 1.0f / (e + 1.0f);
    return dy * v_min(ONE, 4.0f * e * r * r);
}
WORD vf beyond_tanh_grad(vf x, vf dy)
{
    return dy * exp_left(-2.0f * v_min(v_splat(FLT_MAX / 2), v_abs(x)), v_splat(4.0f));
}

/* ---- elu, selu ------------------------------------------------------------------------------------------------- */

/* e^x - 1 for x <= 0. */
WORD vf expm1_left(vf x) { return expm1_within(1, v_max(v_splat(-20.0f), x)); }

/* exp_left takes no larger factor. */
#define APPLIES_elu(p) (fabsf((p)->alpha) <= 0x1p8f)
#define GUARD_elu_f NEVER, 0, V_LANES < 16
#define beyond_elu core_elu
WORD vf core_elu(vf x, const struct elu_params *p) { return v_select(v_lt(ZERO, x), x, p->alpha * expm1_left(x)); }
#define GUARD_elu_df LEFT, 87.0f, 0
WORD vf core_elu_grad(vf x, vf dy, const struct elu_params *p)
{
    return v_select(v_lt(ZERO, x), dy, dy * (p->alpha * exp_within(1, v_min(ZERO, x), 0)));
}
WORD vf beyond_elu_grad(vf x, vf dy, const struct elu_params *p)
{
    return dy * v_copysign(exp_left(x, v_splat(fabsf(p->alpha))), v_splat(p->alpha));
}

#define APPLIES_selu(p) 1
#define GUARD_selu_f NEVER, 0, V_LANES < 16
#define beyond_selu core_selu
WORD vf core_selu(vf x) { return v_select(v_lt(ZERO, x), SELU_LAMBDA * x, SELU_LAMBDA_ALPHA * expm1_left(x)); }
#define GUARD_selu_df LEFT, 87.0f, 0
WORD vf core_selu_grad(vf x, vf dy)
{
    return dy * v_select(v_lt(ZERO, x), v_splat(SELU_LAMBDA), SELU_LAMBDA_ALPHA * exp_within(1, v_min(ZERO, x), 0));
}
WORD vf beyond_selu_grad(vf x, vf dy) { return dy * exp_left(x, v_splat(SELU_LAMBDA_ALPHA)); }

#endif
