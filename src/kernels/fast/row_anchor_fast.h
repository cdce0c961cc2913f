/* SPDX-License-Identifier: MIT */
/*
 * The anchor of a row (accurate/row_anchor.h) in the fast mode.
 *
 * An exponential is e^x 2^(SPARE - K), where m is the maximum and K is m / ln 2, rounded.  K is a part of the constant that
 * rounds x / ln 2, so the subtraction of the maximum costs no instruction and loses no bits.  As one float, x - m could be wrong
 * by 8 units of 2^-24 where x - m is 16.  The spare octaves keep an exponential a normal number until the last product, which
 * may make the result subnormal or 0.
 */
#ifndef ACTFN_ROW_ANCHOR_FAST_H
#define ACTFN_ROW_ANCHOR_FAST_H

#include "math/tiny.h"
#include "math/words.h"

#include <math.h>

/* The rounding error of a sum of e^-105 2^SPARE is a normal number.  So is the reciprocal of 2^31 times the largest term. */
enum { SPARE = 64 };

#define LN_2_NEAR 0x1.62e43p-1f /* as in power_of, so that K ln 2 has the same error */

/* For e^(scale x).  m is the maximum, `shift` is subtracted from x first, `octaves` is K, `magic` rounds x / ln 2, and `floor` is
 * the least x. */
struct anchor {
    int shifted;
    float scale;
    vf m, shift, octaves, magic, floor;
};

/* For |m| up to 200 the error of x - n ln 2 that comes from n stays below 5 units, relative to the row's other elements.  For a
 * larger |m|, x - m is exact wherever e^(x - m) is not 0.  A row of one element is always shifted, and has e^0. */
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

/* Below the floor the result is that of the floor, which the last product makes 0. */
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

/* The same, but 0 below the floor, for callers whose arithmetic needs the 0 itself. */
WORD vf anchor_exp(vf x, struct anchor at)
{
    const vf shifted = x - at.shift;
    return v_where(v_not_le(shifted, at.floor), anchor_exp_floored(shifted, 0, at));
}

/* ln of a sum of e^(x - m), where `sum` is the sum of anchor_exp. */
WORD vf anchor_log(vf sum, struct anchor at)
{
    const vf off = at.shift - at.m, product = at.scale * off;
    const vf rest = v_fma(v_splat(at.scale), off, -product);
    return v_log(sum * 0x1p-64f) + (v_fma(at.octaves, v_splat(LN_2_NEAR), product) + rest);
}

/* e^(high + low) where the results of some lanes are below e^-80. */
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

/* As in accurate/row_anchor.h, but a float, because no exponential is subnormal here. */
struct least_share {
    vf least;
};
WORD struct least_share least_share_of(vf sum) { return (struct least_share) { sum * 0x1.000004p-126f }; }
WORD vm small_of_four(vf a, vf b, vf c, vf d, struct least_share least)
{
    return v_lt(v_min(v_min(a, b), v_min(c, d)), least.least);
}

/* A subnormal result comes from an addition, and is the low bits of the sum. */
WORD vf small_share_of(vf e, vf stat, struct least_share least)
{
    const vf large = v_max(least.least, e) * stat;
    const vf units = v_min(e, least.least) * (stat * 0x1p126f) * 0x1p23f;
    return v_select(v_lt(e, least.least), subnormal_of(units + 0x1p23f), large);
}

#endif
