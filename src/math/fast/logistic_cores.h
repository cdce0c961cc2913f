/* SPDX-License-Identifier: MIT */
/* Cores: sigmoid, silu, softplus, log_sigmoid, mish. */
#ifndef ACTFN_LOGISTIC_CORES_H
#define ACTFN_LOGISTIC_CORES_H

#include "catalogue/params.h"
#include "math/fast/guard.h"
#include "math/fast/power.h"
#include "math/words.h"

/* Beyond it 1 + e^-|x| is 1, and the left tail e^x, to the last bit of a float and some more. */
#define LOGISTIC_END 32.0f

/* ---- sigmoid, silu --------------------------------------------------------------------------------------------- */

#define APPLIES_sigmoid(p) 1
#define GUARD_sigmoid_f LEFT, LOGISTIC_END, V_LANES < 16
WORD vf core_sigmoid(vf x) { return 1.0f / one_plus_exp(-1, v_min(v_splat(LOGISTIC_END), x)); }
WORD vf beyond_sigmoid(vf x) { return v_select(v_lt(ZERO, x), ONE, exp_left(x, ONE)); }

/* e / (1 + e)^2, e = e^-|x|. */
#define GUARD_sigmoid_df EITHER, 87.0f, 0
WORD vf core_sigmoid_grad(vf x, vf dy)
{
    const vf e = exp_within(-1, v_abs(x), 1);
    const vf r = 1.0f / (e + 1.0f);
    return dy * v_min(v_splat(0.25f), e * r * r);
}
WORD vf beyond_sigmoid_grad(vf x, vf dy) { return dy * exp_left(-v_abs(x), ONE); }

#define APPLIES_silu(p) 1
#define GUARD_silu_f LEFT, LOGISTIC_END, V_LANES < 16
WORD vf core_silu(vf x) { return x / one_plus_exp(-1, v_min(v_splat(LOGISTIC_END), x)); }
WORD vf beyond_silu(vf x) { return v_select(v_lt(ZERO, x), x, -exp_left(x, v_min(v_splat(200.0f), -x))); }

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
    const vf left = -exp_left(x, v_min(v_splat(200.0f), -x - 1.0f));
    return dy * v_select(v_lt(ZERO, x), ONE, left);
}

/* ---- softplus, log_sigmoid ------------------------------------------------------------------------------------- */

/* log1p(e^-a) for 0 <= a <= 87: 2 atanh(e / (2 + e)) (tools/coefficients.py). */
WORD vf log1p_exp_minus(vf a)
{
    const vf e = exp_within(-1, a, 1);
    const vf s = e / (e + 2.0f), t = s * s, t2 = t * t;
    const vf low = v_fma(v_splat(0x1.99976p-3f), t, v_splat(0x1.555556p-2f));
    const vf middle = v_fma(v_splat(0x1.a95e32p-4f), t, v_splat(0x1.252d3ap-3f));
    const vf high = v_fma(v_splat(-0x1.58185p-3f), t, v_splat(0x1.4eb276p-3f));
    const vf q = v_fma(v_fma(high, t2, middle), t2, low), twice = s + s;
    return v_fma(twice * t, q, twice);
}

#define APPLIES_log_sigmoid(p) 1
#define GUARD_log_sigmoid_f EITHER, 87.0f, 1
WORD vf core_log_sigmoid(vf x) { return v_min(ZERO, x) - log1p_exp_minus(v_abs(x)); }
WORD vf beyond_log_sigmoid(vf x) { return v_select(v_lt(x, ZERO), x, -exp_left(-x, ONE)); }
#define GUARD_log_sigmoid_df EITHER, LOGISTIC_END, 0
WORD vf core_log_sigmoid_grad(vf x, vf dy) { return dy * (1.0f / one_plus_exp(1, x)); }
WORD vf beyond_log_sigmoid_grad(vf x, vf dy) { return dy * beyond_sigmoid(-x); }

/* With beta = 1, and the threshold where the straight line is within the bound, or beyond it. */
#define APPLIES_softplus(p) ((p)->beta == 1.0f)
#define GUARD_softplus_f EITHER, 87.0f, 1
WORD vf core_softplus(vf x, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), x, v_max(ZERO, x) + log1p_exp_minus(v_abs(x)));
}
WORD vf beyond_softplus(vf x, const struct softplus_params *p)
{
    const vf curve = v_select(v_lt(ZERO, x), x, exp_left(x, ONE));
    return v_select(v_lt(v_splat(p->threshold), x), x, curve);
}
#define GUARD_softplus_df EITHER, LOGISTIC_END, 0
WORD vf core_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), dy, dy * (1.0f / one_plus_exp(-1, x)));
}
WORD vf beyond_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    return v_select(v_lt(v_splat(p->threshold), x), dy, dy * beyond_sigmoid(x));
}

/* ---- mish ------------------------------------------------------------------------------------------------------ */

/* e^x, with what rounding left off the table's entry: mish doubles its errors. */
WORD vf mish_exp(vf x)
{
    const struct power p = power_of(1, v_min(v_splat(20.0f), x), 1);
    const vf power = power_raised(p);
    return v_fma(power * p.r, power_series(p.r), v_fma(power, power_rest(p), power));
}

/* x n / (n + 2), n = w (w + 2), w = e^x; above 20 the quotient is 1. */
#define APPLIES_mish(p) 1
#define GUARD_mish_f LEFT, LOGISTIC_END, V_LANES < 16
WORD vf core_mish(vf x)
{
    const vf w = mish_exp(x);
    const vf n = v_fma(w, w, w + w);
    return x * (n / (n + 2.0f));
}
WORD vf beyond_mish(vf x) { return beyond_silu(x); }

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
