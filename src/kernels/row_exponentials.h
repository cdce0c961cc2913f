/* SPDX-License-Identifier: MIT */
/* The exponential of a row's elements, relative to the row's maximum. */
#ifndef ACTFN_ROW_EXPONENTIALS_H
#define ACTFN_ROW_EXPONENTIALS_H

#include "math/helpers.h"
#include "math/tiny.h"

/* e^(scale (x - m)) is +0, to the last bit, where x - m <= zero_below. */
struct scaling {
    float scale, octaves, zero_below;
};

WORD struct scaling scaling_of(float scale)
{
    /* e^-104 is less than half the least subnormal.  For a small scale the quotient is -inf, and the limit holds there, too. */
    const float octaves = scale * 0x1.715476p+0f;
    const struct scaling s = { scale, octaves < FLT_MAX ? octaves : FLT_MAX, -104.0f / scale };
    return s;
}

/* e^(scale (high + low)) = p 2^k, where the exponential is not 0. */
struct row_power {
    vf p, k;
};

/*
 * For scale (high + low) up to 87, within 0.8 ulp.  SLEEF is not used, because a call for each vector would cost more than the
 * function.  tools/coefficients.py gives ln 2 in two parts, and a polynomial of relative error 2^-26.8.  NaN stays NaN.
 */
WORD struct row_power row_power_of(vf high, vf low, struct scaling s)
{
    const vf k = v_round(high * s.octaves);
    const vf near = v_fma(v_splat(s.scale), high, k * v_splat(-0x1.62e4p-1f));
    const vf r = v_fma(v_splat(s.scale), low, v_fma(k, v_splat(-0x1.7f7d1cp-20f), near));
    vf q = v_splat(0x1.6ca764p-10f);
    q = v_fma(q, r, v_splat(0x1.120ccep-7f));
    q = v_fma(q, r, v_splat(0x1.55556ep-5f));
    q = v_fma(q, r, v_splat(0x1.5554dcp-3f));
    q = v_fma(q, r, v_splat(0x1p-1f));
    return (struct row_power) { v_fma(q, r * r, r) + 1.0f, k };
}

/* p 2^k where the results of some lanes are subnormal. */
PASS vf row_exp_far(vf p, vf k)
{
    const vm tiny = v_lt(k, v_select(v_lt(p, ONE), v_splat(-125.0f), v_splat(-126.0f)));
    const vf normal = v_scale(v_select(tiny, ONE, p), v_max(v_splat(-126.0f), k));
    const vf units_k = v_max(v_splat(-3.0f), v_min(v_splat(24.0f), k + 149.0f));
    return v_select(tiny, tiny_of(v_scale(v_select(tiny, p, ONE), units_k)), normal);
}

WORD vf row_exp(vf high, vf low, struct scaling s)
{
    const struct row_power e = row_power_of(high, low, s);
    const vf power = any_far(v_lt(e.k, v_splat(-125.0f))) ? row_exp_far(e.p, e.k) : v_scale(e.p, e.k);
    return v_where(v_not_le(high, v_splat(s.zero_below)), power);
}

/* For a sum that is at least 1.  An exponential below e^-60 is 0, so the rounding errors of the sum are normal numbers. */
WORD vf row_exp_for_sum(vf high, vf low, struct scaling s)
{
    const struct row_power e = row_power_of(high, low, s);
    return v_where(v_not_le(high, v_splat(s.zero_below * (60.0f / 104.0f))),
                   v_scale(e.p, v_max(v_splat(-100.0f), e.k)));
}

/* For a sum of tiny exponentials only, many of which may underflow: each is multiplied by 2^64, and so never subnormal. */
WORD vf row_exp_lifted(vf high, vf low, struct scaling s)
{
    const struct row_power e = row_power_of(high, low, s);
    return v_where(v_not_le(high, v_splat(s.zero_below * (115.0f / 104.0f))),
                   v_scale(e.p, v_max(v_splat(-110.0f), e.k + 64.0f)));
}

/* row_exp of x - m as two floats.  With a spread of 100, the rounding of x - m to one float would cost 60 ulp of the result. */
WORD vf row_exp_below(vf x, vf m, struct scaling s)
{
    const struct pair t = exact_sum(x, -m);
    return row_exp(t.high, t.low, s);
}

WORD vf row_exp_below_for_sum(vf x, vf m, struct scaling s)
{
    const struct pair t = exact_sum(x, -m);
    return row_exp_for_sum(t.high, t.low, s);
}

#endif
