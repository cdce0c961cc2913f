/* SPDX-License-Identifier: MIT */
/* Cores: exp, tanh, elu, selu. */
#ifndef ACTFN_EXPONENTIAL_CORES_H
#define ACTFN_EXPONENTIAL_CORES_H

#include "math/exponential.h"
#include "math/fast/guard.h"
#include "math/fast/logistic_cores.h"
#include "math/fast/power.h"
#include "math/fast/segments.h"

/* ---- exp ----------------------------------------------------------------------------------------------------- */

#define APPLIES_exp(p) 1
/* Further to the left the product power * r may be a subnormal number. */
#define GUARD_exp_f EITHER, 70.0f, 0
WORD vf core_exp(vf x) { return exp_within(1, x, 1); }
WORD vf beyond_exp(vf x) { return v_exp(x); }
#define GUARD_exp_df EITHER, SLOPE_END, 0
WORD vf core_exp_grad(vf x, vf dy) { return dy * core_exp(x); }
WORD vf beyond_exp_grad(vf x, vf dy)
{
    const vf left = exp_left_times(dy, v_min(ZERO, x), ONE);
    return v_select(v_lt(ZERO, x), dy * v_exp(v_max(ZERO, x)), left);
}

/* ---- tanh ------------------------------------------------------------------------------------------------------ */

/* 1 to the last bit. */
#define TANH_END 9.5f

#define APPLIES_tanh(p) 1
#define GUARD_tanh_f NEVER, 0, V_LANES < 16
#define beyond_tanh core_tanh
WORD vf core_tanh(vf x)
{
    const vf a = v_min(v_splat(TANH_END), v_abs(x));
    return v_copysign(by_octave(tanh_octaves, 6, TANH_OCTAVES, a), x);
}

/* 4e / (1 + e)^2, e = e^-2a. */
#define GUARD_tanh_df EITHER, 0.5f * SLOPE_END, 0
WORD vf core_tanh_grad(vf x, vf dy)
{
    const vf e = exp_within(-2, v_abs(x), 0);
    const vf r = 1.0f / (e + 1.0f);
    return dy * v_min(ONE, 4.0f * e * r * r);
}
WORD vf beyond_tanh_grad(vf x, vf dy)
{
    return exp_left_times(dy, -2.0f * v_min(v_splat(FAR_END), v_abs(x)), v_splat(4.0f));
}

/* ---- elu, selu ------------------------------------------------------------------------------------------------- */

/* e^x - 1 for x <= 0, and 0 for x > 0. */
WORD vf expm1_left(vf x) { return expm1_within(1, v_max(v_splat(-20.0f), v_min(ZERO, x))); }
WORD vf not_below_zero(vf x) { return v_max(x, v_splat(-0.0f)); }

/* exp_left_times takes these alphas as factors. */
#define APPLIES_elu(p) (fabsf((p)->alpha) >= 0x1p-12f && fabsf((p)->alpha) <= 0x1p9f)
#define GUARD_elu_f NEVER, 0, V_LANES < 16
#define beyond_elu core_elu
WORD vf core_elu(vf x, const struct elu_params *p)
{
    return v_fma(v_splat(p->alpha), expm1_left(x), not_below_zero(x));
}
#define GUARD_elu_df LEFT, SLOPE_END, 0
WORD vf core_elu_grad(vf x, vf dy, const struct elu_params *p)
{
    return v_select(v_lt(ZERO, x), dy, dy * (p->alpha * exp_within(1, v_min(ZERO, x), 0)));
}
WORD vf beyond_elu_grad(vf x, vf dy, const struct elu_params *p) { return exp_left_times(dy, x, v_splat(p->alpha)); }

#define APPLIES_selu(p) 1
#define GUARD_selu_f NEVER, 0, V_LANES < 16
#define beyond_selu core_selu
WORD vf core_selu(vf x) { return v_fma(v_splat(SELU_LAMBDA_ALPHA), expm1_left(x), SELU_LAMBDA * not_below_zero(x)); }
#define GUARD_selu_df LEFT, SLOPE_END, 0
WORD vf core_selu_grad(vf x, vf dy)
{
    return dy * v_select(v_lt(ZERO, x), v_splat(SELU_LAMBDA), SELU_LAMBDA_ALPHA * exp_within(1, v_min(ZERO, x), 0));
}
WORD vf beyond_selu_grad(vf x, vf dy) { return exp_left_times(dy, x, v_splat(SELU_LAMBDA_ALPHA)); }

#endif
