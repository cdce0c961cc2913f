/* SPDX-License-Identifier: MIT */
/*
 * The anchor of a row (accurate/row_anchor.h) in the fast mode.
 *
 * An exponential is e^x 2^(SPARE - K), K = m / ln 2 rounded and m the maximum.  K stands in the constant that rounds
 * x / ln 2, so taking the maximum off costs no instruction, and no bits: x - m as one float may be off by 8 units of 2^-24
 * where it is 16.  The spare octaves keep what will be a subnormal number, or 0, a normal one until the last product.
 */
#ifndef ACTFN_ROW_ANCHOR_FAST_H
#define ACTFN_ROW_ANCHOR_FAST_H

#include "math/tiny.h"
#include "math/words.h"

#include <math.h>

/* What rounding leaves off a sum of e^-105 2^SPARE is a normal number, and so is the reciprocal of 2^31 times the largest
 * term. */
enum { SPARE = 64 };

#define LN_2_NEAR 0x1.62e43p-1f /* as power_of has it, whose error K ln 2 then shares */

/* Of e^(scale x): m, what is taken off x before, K, what rounds and is least. */
struct anchor {
    int shifted;
    float scale;
    vf m, shift, octaves, magic, floor;
};

/* Up to 200 the error that n carries into x - n ln 2 stays below 5 units, relative to the row's others; and from there on
 * x - m is exact wherever e^(x - m) is not 0.  A row of one element has e^0. */
WORD struct anchor anchor_of_row(vf m, float scale, size_t n)
{
    struct anchor p = { .scale = scale, .m = m };
    p.shift = v_where(v_not_le(v_abs(m), v_splat(n == 1 ? -1.0f : 200.0f / scale)), m);
    const vf rest = m - p.shift;
    p.octaves = v_round(rest * (scale * 0x1.715476p+0f));
    p.magic = (GRID_MAGIC + SPARE) - p.octaves;
    p.floor = rest - 105.0f / scale;
    p.shifted = m_any(v_ne(p.shift, ZERO));
    return p;
}

/* Below the floor it is what the last product makes 0 of. */
WORD vf anchor_exp_floored(vf shifted, int scaled, struct anchor at)
{
    const vf x = v_max(at.floor, shifted);
    struct power p;
    p.t = v_fma(x, v_splat((scaled ? at.scale : 1.0f) * 0x1.715476p+0f), at.magic);
    p.n = p.t - at.magic;
    if (!scaled)
        p.r = v_fma(p.n, v_splat(-LN_2_NEAR), x);
    else {
        const vf product = at.scale * x;
        p.r = v_fma(p.n, v_splat(-LN_2_NEAR), product) + v_fma(v_splat(at.scale), x, -product);
    }
    const vf power = power_raised(p);
    return v_fma(power, p.r * power_series(p.r), power); /* power r might be subnormal */
}

/* 0 there.  For arithmetic that has no other care for it. */
WORD vf anchor_exp(vf x, struct anchor at)
{
    const vf shifted = x - at.shift;
    return v_where(v_not_le(shifted, at.floor), anchor_exp_floored(shifted, 0, at));
}

/* ln of a sum of e^(x - m), given as it was added. */
WORD vf anchor_log(vf sum, struct anchor at)
{
    const vf off = at.shift - at.m, product = at.scale * off;
    const vf rest = v_fma(v_splat(at.scale), off, -product);
    return v_log(sum * 0x1p-64f) + (v_fma(at.octaves, v_splat(LN_2_NEAR), product) + rest);
}

/* Where one is the largest, ln is as small as the others. */
WORD vf anchor_log_with(vf others, vf own, vf z, struct anchor at)
{
    return v_select(v_eq(z, at.m), v_log1p(others / own), anchor_log(others + own, at));
}

/* e^(high + low) where some are below e^-80. */
PASS vf row_exp_one_far(vf high, vf low)
{
    const vm far = v_lt(high, v_splat(-80.0f));
    struct power p = power_of(1, v_max(v_splat(-80.0f), high), 1);
    p.r = p.r + low;
    const vf power = power_raised(p), near = v_fma(power, p.r * power_series(p.r), power);
    p = power_of(1, v_max(v_splat(-104.5f), v_min(v_splat(-80.0f), high)), 1);
    p.r = p.r + low;
    const vf fraction = power_fraction(p);
    const vf part = v_fma(fraction, p.r * power_series(p.r), fraction);
    const vf tiny = from_least_units(v_scale_floor(part, p.n + 149.0f));
    return v_where(v_not_le(high, v_splat(-104.0f)), v_select(far, tiny, near));
}

/* e^(high + low), high <= 87. */
WORD vf row_exp_one(vf high, vf low)
{
    if (any_far(v_lt(high, v_splat(-80.0f))))
        return row_exp_one_far(high, low);
    struct power p = power_of(1, high, 1);
    p.r = p.r + low;
    const vf power = power_raised(p);
    return v_fma(power, p.r * power_series(p.r), power);
}

/* As accurate/row_anchor.h has it; no exponential is subnormal. */
struct least_share {
    vf least;
};
WORD struct least_share least_share_of(vf sum) { return (struct least_share) { sum * 0x1.000004p-126f }; }
WORD vm small_of_four(vf a, vf b, vf c, vf d, struct least_share least)
{
    return v_lt(v_min(v_min(a, b), v_min(c, d)), least.least);
}

/* By an addition, in whose low bits a subnormal result then stands. */
WORD vf small_share_of(vf e, vf stat, struct least_share least)
{
    const vf large = v_max(least.least, e) * stat;
    const vf units = v_min(e, least.least) * (stat * 0x1p126f) * 0x1p23f;
    return v_select(v_lt(e, least.least), subnormal_of(units + 0x1p23f), large);
}

#endif
