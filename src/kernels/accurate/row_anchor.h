/* SPDX-License-Identifier: MIT */
/*
 * An anchor is what the exponentials of a row are relative to: its maximum m.
 *     anchor_exp(x, at)       e^(x - m)
 *     anchor_log(sum, at)     ln of a sum of them
 *     anchor_log_with(others, own, z, at)   the same of others + own, where own is that of z
 *     row_exp_one(high, low)  e^(high + low) of a number that is not far above 0
 * The fast mode's are in fast/row_anchor_fast.h.
 */
#ifndef ACTFN_ROW_ANCHOR_H
#define ACTFN_ROW_ANCHOR_H

#include "kernels/row_exponentials.h"

/* Nearer to 0 than 2^-40 it is 1, and the square of such a number may be subnormal. */
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
WORD vf anchor_exp(vf x, struct anchor at) { return row_exp_below(x, at.m, scaling_of(1.0f)); }
WORD vf anchor_log(vf sum, struct anchor at)
{
    (void)at;
    return v_log(sum);
}
/* Where that one is the largest, ln is as small as the others. */
WORD vf anchor_log_with(vf others, vf own, vf z, struct anchor at)
{
    (void)z, (void)at;
    return v_select(v_eq(own, ONE), v_log1p(others), v_log(others + own));
}

/*
 * Products with stat = 1 / sum that may be subnormal numbers: arithmetic with these takes some CPUs fifty times as long.  `least`
 * is what of the exponentials has a normal result, by a margin for rounding, here as an integer: an exponential may be
 * subnormal too, and a comparison would read it.
 */
struct least_share {
    vu bits;
};
WORD struct least_share least_share_of(vf sum)
{
    return (struct least_share) { u_bits(v_max(v_splat(FLT_MIN), sum * 0x1.000004p-126f)) };
}

/* A difference that wraps is larger than that of any float. */
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
