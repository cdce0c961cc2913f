/* SPDX-License-Identifier: MIT */
/* Cores: sigmoid, silu, softplus, log_sigmoid, mish. */
#ifndef ACTFN_LOGISTIC_CORES_H
#define ACTFN_LOGISTIC_CORES_H

#include "catalogue/params.h"
#include "math/fast/guard.h"
#include "math/fast/power.h"
#include "math/fast/segments.h"
#include "math/words.h"

/* ---- tails ----------------------------------------------------------------------------------------------------- */

/* e^-a is 0 from here on, and 200 e^-a too. */
#define FAR_END 115.0f

/* Beyond this end, dy times a slope may be a subnormal number, and exp_left_times makes the product. */
#define SLOPE_END 40.0f

/* For a > 8, ln(1 + e) = e (1 - e/2 + e^2/3) with e = e^-a, to the last bit.  NaN stays NaN. */
struct far_tail {
    vf power, e; /* -a, and e^-a, which is 0 where it is too small to change a sum */
};
WORD struct far_tail far_tail_of(vf x)
{
    const vf power = -v_abs(x);
    const struct far_tail t = { power, exp_that_counts(power) };
    return t;
}
WORD vf far_log1p(struct far_tail t) { return v_fma(t.e, v_fma(t.e, v_splat(0x1.555556p-2f), v_splat(-0.5f)), ONE); }

/* ---- sigmoid, silu --------------------------------------------------------------------------------------------- */

/* Beyond this end sigmoid is 1 on the right and e^x on the left, and silu is x on the right and x e^x on the left, all to the
 * last bit. */
#define LOGISTIC_END 32.0f

#define APPLIES_sigmoid(p) 1
#define GUARD_sigmoid_f LEFT, LOGISTIC_END, V_LANES < 16
WORD vf core_sigmoid(vf x) { return 1.0f / one_plus_exp(-1, v_min(v_splat(LOGISTIC_END), x)); }
WORD vf beyond_sigmoid(vf x) { return exp_left(x, ONE); }

/* e / (1 + e)^2, e = e^-|x|. */
#define GUARD_sigmoid_df EITHER, SLOPE_END, 0
WORD vf core_sigmoid_grad(vf x, vf dy)
{
    const vf e = exp_within(-1, v_abs(x), 1);
    const vf r = 1.0f / (e + 1.0f);
    return dy * v_min(v_splat(0.25f), e * r * r);
}
WORD vf beyond_sigmoid_grad(vf x, vf dy) { return exp_left_times(dy, -v_abs(x), ONE); }

/* dy s(x): the slope of softplus. */
#define GUARD_LOGISTIC_SLOPE EITHER, LOGISTIC_END, 0
WORD vf core_sigmoid_times(vf x, vf dy) { return dy * (1.0f / one_plus_exp(-1, x)); }
WORD vf beyond_sigmoid_times(vf x, vf dy)
{
    return v_select(v_lt(ZERO, x), dy, exp_left_times(dy, v_min(ZERO, x), ONE));
}

#define APPLIES_silu(p) 1
#define GUARD_silu_f LEFT, LOGISTIC_END, V_LANES < 16
WORD vf core_silu(vf x) { return x / one_plus_exp(-1, v_min(v_splat(LOGISTIC_END), x)); }
WORD vf beyond_silu(vf x) { return -exp_left(x, v_min(v_splat(FAR_END), -x)); }

/* s (1 + x (1 - s)) */
#define GUARD_silu_df EITHER, LOGISTIC_END, 0
WORD vf core_silu_grad(vf x, vf dy)
{
    const vf e = exp_within(-1, x, 0);
    const vf s = 1.0f / (e + 1.0f);
    return dy * v_fma(e * s * s, x, s);
}
WORD vf beyond_silu_grad(vf x, vf dy)
{
    const vf power = v_min(ZERO, x);
    return v_select(v_lt(ZERO, x), dy, exp_left_times(dy, power, 1.0f + v_max(v_splat(-FAR_END), power)));
}

/* ---- softplus, log_sigmoid ------------------------------------------------------------------------------------- */

WORD vf softplus_tail_of(vf x)
{
    const vf a = v_abs(x);
    return by_nearest(softplus_tail, 6, SOFTPLUS_TAIL_WIDTH, a);
}

#define APPLIES_log_sigmoid(p) 1
#define GUARD_log_sigmoid_f EITHER, SOFTPLUS_END, V_LANES < 16
WORD vf core_log_sigmoid(vf x) { return v_min(ZERO, x) - softplus_tail_of(x); }
WORD vf beyond_log_sigmoid(vf x)
{
    const struct far_tail t = far_tail_of(x);
    return v_select(v_lt(x, ZERO), v_fma(-t.e, far_log1p(t), x), -exp_left(t.power, far_log1p(t)));
}
#define GUARD_log_sigmoid_df GUARD_LOGISTIC_SLOPE
WORD vf core_log_sigmoid_grad(vf x, vf dy) { return core_sigmoid_times(-x, dy); }
WORD vf beyond_log_sigmoid_grad(vf x, vf dy) { return beyond_sigmoid_times(-x, dy); }

/* The core is for beta = 1. */
#define APPLIES_softplus(p) ((p)->beta == 1.0f)
#define GUARD_softplus_f EITHER, SOFTPLUS_END, V_LANES < 16
WORD vf core_softplus(vf x, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), x, v_max(ZERO, x) + softplus_tail_of(x));
}
WORD vf beyond_softplus(vf x, const struct softplus_params *p)
{
    const struct far_tail t = far_tail_of(x);
    const vf curve = v_select(v_lt(ZERO, x), v_fma(t.e, far_log1p(t), x), exp_left(t.power, far_log1p(t)));
    return v_select(v_lt(v_splat(p->threshold), x), x, curve);
}
#define GUARD_softplus_df GUARD_LOGISTIC_SLOPE
WORD vf core_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), dy, core_sigmoid_times(x, dy));
}
WORD vf beyond_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), dy, beyond_sigmoid_times(x, dy));
}

/* ---- mish ------------------------------------------------------------------------------------------------------ */

/* e^x, with the rounding error of the table's entry added: mish doubles the errors of w. */
WORD vf mish_exp(vf x)
{
    const struct power p = power_of(1, v_min(v_splat(20.0f), x), 1);
    const vf power = power_raised(p);
    return v_fma(power * p.r, power_series(p.r), v_fma(power, power_rest(p), power));
}

/* x n / (n + 2), n = w (w + 2), w = e^x; for x > 20 the quotient is 1.  Left of -MISH_END the quotient is w (1 - w / 2) to the
 * last bit, which has fewer roundings. */
#define MISH_END 8.0f
#define APPLIES_mish(p) 1
#define GUARD_mish_f LEFT, MISH_END, V_LANES < 16
WORD vf core_mish(vf x)
{
    const vf w = mish_exp(x);
    const vf n = v_fma(w, w, w + w);
    return x * (n / (n + 2.0f));
}
WORD vf beyond_mish(vf x)
{
    const struct far_tail t = far_tail_of(x);
    return -exp_left(t.power, v_min(v_splat(FAR_END), -x) * v_fma(t.e, v_splat(-0.5f), ONE));
}

/* n / (n + 2) + 4x w (1 + w) / (n + 2)^2 */
#define GUARD_mish_df EITHER, LOGISTIC_END, 0
WORD vf core_mish_grad(vf x, vf dy)
{
    const vf w = mish_exp(x);
    const vf n = v_fma(w, w, w + w), r = 1.0f / (n + 2.0f);
    const vf slope = 4.0f * x * v_fma(w, w, w) * r;
    return dy * ((slope + n) * r);
}
WORD vf beyond_mish_grad(vf x, vf dy) { return beyond_silu_grad(x, dy); }

#endif
