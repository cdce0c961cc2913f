/* SPDX-License-Identifier: MIT */
/* The exponential of a row's elements, relative to the row's maximum. */
#ifndef ACTFN_ROW_EXPONENTIALS_H
#define ACTFN_ROW_EXPONENTIALS_H

#include "math/helpers.h"

/* e^(scale (x - m)) is +0, to the last bit, where x - m <= zero_below. */
struct scaling {
    float scale, octaves, zero_below;
};

WORD struct scaling scaling_of(float scale)
{
    /* e^-104 is less than half the least subnormal.  Of a small scale the quotient is -inf, where the limit holds too. */
    const float octaves = scale * 0x1.715476p+0f;
    const struct scaling s = { scale, octaves < FLT_MAX ? octaves : FLT_MAX, -104.0f / scale };
    return s;
}

/*
 * e^(scale (high + low)) for scale (high + low) up to 87, within 0.8 ulp: our own, since a call for each vector would
 * cost more than the function.  By tools/coefficients.py: ln 2 in two parts, and a polynomial of relative error 2^-26.8.
 * NaN stays NaN.
 */
WORD vf row_exp(vf high, vf low, struct scaling s)
{
    const vf k = v_round(high * s.octaves);
    const vf near = v_fma(v_splat(s.scale), high, k * v_splat(-0x1.62e4p-1f));
    const vf r = v_fma(v_splat(s.scale), low, v_fma(k, v_splat(-0x1.7f7d1cp-20f), near));
    vf q = v_splat(0x1.6ca764p-10f);
    q = v_fma(q, r, v_splat(0x1.120ccep-7f));
    q = v_fma(q, r, v_splat(0x1.55556ep-5f));
    q = v_fma(q, r, v_splat(0x1.5554dcp-3f));
    q = v_fma(q, r, v_splat(0x1p-1f));
    const vf e = v_scale(v_fma(q, r * r, r) + 1.0f, k);
    return v_where(v_not_le(high, v_splat(s.zero_below)), e);
}

/* The same of x - m, which rounds: of a spread of 100 that alone would be 60 ulp of the result. */
WORD vf row_exp_below(vf x, vf m, struct scaling s)
{
    const struct pair t = exact_sum(x, -m);
    return row_exp(t.high, t.low, s);
}

#endif
