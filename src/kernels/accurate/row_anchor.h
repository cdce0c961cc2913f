/* SPDX-License-Identifier: MIT */
/*
 * The exponentials of a row are relative to an anchor, the row's maximum m.
 *     anchor_exp(x, at)       2^64 e^(x - m), or 0 where this is below some 2^-100, so that no exponential is a subnormal number
 *     anchor_log(sum, at)     ln of the sum of e^(x - m), where `sum` is the sum of the row's anchor_exp
 *     row_exp_one(high, low)  e^(high + low) for a number that is not far above 0
 * fast/row_anchor_fast.h has the anchor of the fast mode.
 */
#ifndef ACTFN_ROW_ANCHOR_H
#define ACTFN_ROW_ANCHOR_H

#include "kernels/row_exponentials.h"

/* For |high| <= 2^-40 the result is 1.  The square of such a number might be subnormal, so 0 takes its place. */
WORD vf row_exp_one(vf high, vf low)
{
    return row_exp(v_where(v_not_le(v_abs(high), v_splat(0x1p-40f)), high), low, scaling_of(1.0f));
}

struct anchor {
    vf m;
};
WORD struct anchor anchor_of_row(vf m, float scale, size_t n)
{
    (void)scale, (void)n;
    return (struct anchor) { m };
}
WORD vf anchor_exp(vf x, struct anchor at)
{
    const struct pair t = exact_sum(x, -at.m);
    return row_exp_lifted(t.high, t.low, scaling_of(1.0f));
}
WORD vf anchor_log(vf sum, struct anchor at)
{
    (void)at;
    return v_log(sum * 0x1p-64f);
}

/*
 * An exponential times stat = 1 / sum may be a subnormal number, and arithmetic with such numbers takes some CPUs fifty times as
 * long.  `least` is the least exponential whose product is a normal number, with a margin for rounding.  `least` is an integer
 * here, because an exponential may be subnormal, too, and a comparison of floats would read the exponential.
 */
struct least_share {
    vu bits;
};
WORD struct least_share least_share_of(vf sum)
{
    return (struct least_share) { u_bits(v_max(v_splat(FLT_MIN), sum * 0x1.000004p-126f)) };
}

/* A difference of bits that wraps is larger than any difference that does not. */
WORD vm small_of_four(vf a, vf b, vf c, vf d, struct least_share least)
{
    const vu ab = u_max(u_bits(a) - least.bits, u_bits(b) - least.bits);
    const vu cd = u_max(u_bits(c) - least.bits, u_bits(d) - least.bits);
    return u_above(u_max(ab, cd), u_splat(0x7fffffff));
}
WORD vf small_share_of(vf e, vf stat, struct least_share least)
{
    return product_where(u_above(u_bits(e) - least.bits, u_splat(0x7fffffff)), e, stat);
}

#endif
