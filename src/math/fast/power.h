/* SPDX-License-Identifier: MIT */
/*
 * e^x = 2^(N / 8) e^r: the fast mode's exponentials begin with these steps.  An addition of 1.5 2^(23 - GRID) rounds N, and
 * the low bits of the sum hold N.  The lower GRID bits of N are the index of a table.  All bits of N, shifted to the exponent's
 * place and added to the table's entry, give the power.  The script has subtracted from each entry what its index adds.
 *
 * No function here does arithmetic on a subnormal number, unless its argument is one: some CPUs take fifty times as long.
 */
#ifndef ACTFN_FAST_POWER_H
#define ACTFN_FAST_POWER_H

#include "math/fast/tables.h"
#include "math/simd.h"
#include "math/tiny.h"

#define GRID_MAGIC (0x1.8p23f / (float)(1 << GRID))

struct power {
    vf t, n, r; /* N in its low bits; N / 2^GRID; the rest */
};

/* The parts of e^(factor x).  The factor is a power of two, or minus one; |factor x| is at most some 2^15.  If `exact`, the rest
 * has an error of half an ulp; if not, the rest has a further error of 1.9e-9 |n|. */
WORD struct power power_of(float factor, vf x, int exact)
{
    struct power p;
    p.t = v_fma(x, v_splat(factor * 0x1.715476p+0f), v_splat(GRID_MAGIC));
    p.n = p.t - GRID_MAGIC;
    vf product = v_splat(factor) * x;
    if (factor == 1)
        product = x;
    else if (factor == -1)
        product = -x;
    p.r = v_fma(p.n, v_splat(-0x1.62e43p-1f), product);
    if (exact)
        p.r = v_fma(p.n, v_splat(0x1.05c61p-29f), p.r);
    return p;
}

/* 2^(N / 2^GRID), where that is a normal number. */
WORD vf power_raised(struct power p) { return v_bits(u_bits(v_pick(power_less, p.t)) + (u_bits(p.t) << (23 - GRID))); }

/* 2^(N / 2^GRID - floor(N / 2^GRID)) */
WORD vf power_fraction(struct power p) { return v_pick(power_part, p.t); }

/* The error of the rounded table entry, relative to the entry: power_raised() and power_fraction() both have this error. */
WORD vf power_rest(struct power p) { return v_pick(power_low, p.t); }

/* (e^r - 1) / r, precise enough for e^r. */
WORD vf power_series(vf r) { return v_fma(v_fma(v_splat(POWER_2), r, v_splat(POWER_1)), r, ONE); }

/* (e^r - 1) / r, precise enough for e^r - 1. */
WORD vf power_series_1(vf r)
{
    const vf q = v_fma(v_fma(v_splat(POWER_1_3), r, v_splat(POWER_1_2)), r, v_splat(POWER_1_1));
    return v_fma(q, r, ONE);
}

/* e^(factor x) where that is a normal number. */
WORD vf exp_within(float factor, vf x, int exact)
{
    const struct power p = power_of(factor, x, exact);
    const vf power = power_raised(p);
    return v_fma(power * p.r, power_series(p.r), power);
}

/* 1 + e^(factor x), where the exponential is a normal number. */
WORD vf one_plus_exp(float factor, vf x)
{
    const struct power p = power_of(factor, x, 0);
    const vf power = power_raised(p);
    return v_fma(power * p.r, power_series(p.r), power + 1.0f);
}

/* e^(factor x) - 1, where the exponential is a normal number. */
WORD vf expm1_within(float factor, vf x)
{
    const struct power p = power_of(factor, x, 0);
    const vf power = power_raised(p);
    /* 1 - power is +0 at x = -0, and its negative keeps the sign of the result. */
    return v_fma(power * p.r, power_series_1(p.r), v_fma(power, power_rest(p), -(1.0f - power)));
}

/* ---- small results ------------------------------------------------------------------------------------------------- */

/* e^x = part 2^floor(n).  `power` holds floor(n) at the place of a float's exponent: added to a float's bits as an integer it
 * multiplies the float by 2^floor(n). */
struct exponent {
    vf part;
    vu power;
};
WORD struct exponent exponent_of(vf x)
{
    const struct power p = power_of(1, v_max(v_splat(-115.0f), x), 1);
    const vf fraction = power_fraction(p);
    const struct exponent e = { v_fma(fraction * p.r, power_series(p.r), fraction), (u_bits(p.t) & u_splat(0xfffffff8u))
                                                                                        << (23 - GRID) };
    return e;
}

/* e^x, for x <= 0, and 0 below -80. */
WORD vf exp_that_counts(vf x)
{
    const struct exponent e = exponent_of(x);
    return v_where(v_not_le(x, v_splat(-80.0f)), v_bits(u_bits(e.part) + e.power));
}

/* Whole numbers that are added to a float's exponent. */
#define EXPONENT(n) u_splat((uint32_t)(n) << 23)

/*
 * p 2^power, rounded once, for 2^-72 <= |p| <= 2^72, 0 or NaN, and powers of exponent_of(x <= 0).  The exponent is added in nine
 * bits, more by 120 than it is, so that it is not negative.
 */
WORD vf small_product(vf p, vu power)
{
    const vu magnitude = u_bits(v_abs(p)), biased = magnitude + power + EXPONENT(120);
    const vm low = u_above(EXPONENT(121), biased);
    vf y = v_bits(biased - EXPONENT(120));
    if (m_any(low)) {
        const vf units = v_select(low, v_bits(biased + EXPONENT(149 - 120)), ONE);
        y = v_select(low, subnormal_of(units + 0x1p23f), y);
    }
    const vm ordinary = u_above(EXPONENT(255) - u_splat(1), magnitude - u_splat(1));
    return v_select(ordinary, v_copysign(y, p), p);
}

/* factor e^x for x <= 0, down to the last subnormal number; the factor is from 2^-12 to 2^9, of either sign. */
WORD vf exp_left(vf x, vf factor)
{
    const struct exponent e = exponent_of(x);
    return small_product(e.part * factor, e.power);
}

/* dy factor e^x for any dy, with the x and the factors of exp_left.  A product of dy with a result of exp_left might read or
 * make a subnormal number.  Where dy is out of small_product's range, tiny_product makes the result. */
WORD vf exp_left_times(vf dy, vf x, vf factor)
{
    const struct exponent e = exponent_of(x);
    const vm out = m_and(u_above(u_bits(v_abs(dy)) - EXPONENT(127 - 60), EXPONENT(120)), v_ne(dy, ZERO));
    const vf p = e.part * factor;
    if (!m_any(out))
        return small_product(dy * p, e.power);
    return v_select(out, tiny_product(dy, exp_left(x, factor)), small_product(v_select(out, ONE, dy) * p, e.power));
}

#endif
