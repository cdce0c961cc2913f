/* SPDX-License-Identifier: MIT */
/*
 * e^x = 2^(N / 8) e^r: what the fast mode's exponentials begin with.  N is rounded by an addition of 1.5 2^(23 - GRID), in
 * whose low bits N then stands.  The lower GRID bits are the index of a table.  All of them, shifted to the exponent's place,
 * make the table's entry the power: the entry's bits have been lessened by what the index adds there.
 *
 * No function here does arithmetic on a subnormal number, unless its argument is one: some CPUs take fifty times as long.
 */
#ifndef ACTFN_FAST_POWER_H
#define ACTFN_FAST_POWER_H

#include "math/fast/tables.h"
#include "math/simd.h"

#define GRID_MAGIC (0x1.8p23f / (float)(1 << GRID))

struct power {
    vf t, n, r; /* N in its low bits; N / 2^GRID; the rest */
};

/* Of e^(factor x), for a factor that is a power of two or minus one, and |factor x| up to 2^15 or so.  `exact`: the rest to
 * half an ulp; otherwise an error of 1.9e-9 |n| goes into it. */
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

/* What rounding left off either, relative to it. */
WORD vf power_rest(struct power p) { return v_pick(power_low, p.t); }

/* (e^r - 1) / r, good for e^r. */
WORD vf power_series(vf r) { return v_fma(v_fma(v_splat(POWER_2), r, v_splat(POWER_1)), r, ONE); }

/* The same, good for e^r - 1. */
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

/* 1 + e^(factor x), likewise. */
WORD vf one_plus_exp(float factor, vf x)
{
    const struct power p = power_of(factor, x, 0);
    const vf power = power_raised(p);
    return v_fma(power * p.r, power_series(p.r), power + 1.0f);
}

/* e^(factor x) - 1, likewise. */
WORD vf expm1_within(float factor, vf x)
{
    const struct power p = power_of(factor, x, 0);
    const vf power = power_raised(p);
    /* The minuses are where they are so that -0 stays -0. */
    return v_fma(power * p.r, power_series_1(p.r), v_fma(power, power_rest(p), -(1.0f - power)));
}

/* e^x as part 2^floor(n), with n any number. */
struct exponential {
    vf part, n;
};
WORD struct exponential exponential_of(vf x)
{
    const struct power p = power_of(1, x, 1);
    const vf fraction = power_fraction(p);
    const struct exponential e = { v_fma(fraction * p.r, power_series(p.r), fraction), p.n };
    return e;
}

/* ---- small results ------------------------------------------------------------------------------------------------- */

/* Part of e^x, and floor(n) where a float has its exponent: a float's bits and it have their product as a sum. */
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
 * bits, more by 120 than it is, so that it is not negative.  A subnormal result is so many units of 2^-149: an addition leaves
 * them in its low bits.
 */
WORD vf small_product(vf p, vu power)
{
    const vu magnitude = u_bits(v_abs(p)), biased = magnitude + power + EXPONENT(120);
    const vm low = u_above(EXPONENT(121), biased);
    vf y = v_bits(biased - EXPONENT(120));
    if (m_any(low)) {
        const vf units = v_select(low, v_bits(biased + EXPONENT(149 - 120)), ONE);
        y = v_select(low, v_bits(u_bits(units + 0x1p23f) - EXPONENT(150)), y);
    }
    const vm ordinary = u_above(EXPONENT(255) - u_splat(1), magnitude - u_splat(1));
    return v_select(ordinary, v_copysign(y, p), p);
}

/* factor e^x for x <= 0, down to the last subnormal number; the factor is from 2^-12 to 2^9. */
WORD vf exp_left(vf x, vf factor)
{
    const struct exponent e = exponent_of(x);
    return small_product(e.part * factor, e.power);
}

/* dy factor e^x for a dy that is not between 2^-60 and 2^60: by its mantissa and exponent.  Below -110 the slope is 0,
 * whatever dy. */
PASS vf exp_left_strange(vf dy, vf x, vf factor)
{
    const struct exponential e = exponential_of(v_max(v_splat(-115.0f), x));
    const vu magnitude = u_bits(v_abs(dy));
    const vm subnormal = u_above(EXPONENT(1), magnitude), special = u_above(magnitude, EXPONENT(255) - u_splat(1));
    const vm none = v_lt(x, v_splat(-110.0f));
    const vu bits = u_bits(v_select(subnormal, v_bits(magnitude) * 0x1p24f, v_bits(magnitude)));
    const vf mantissa = v_bits((bits & u_splat(0x007fffffu)) | u_splat(0x3f800000u));
    const vf p = v_select(v_eq(dy, ZERO), ZERO, v_select(none, ZERO, mantissa * (e.part * v_abs(factor))));
    const vf k = v_floor(e.n) + (v_from_u(bits >> 23) - v_select(subnormal, v_splat(151.0f), v_splat(127.0f)));
    const vf magic = v_splat(0x1.8p23f), small = v_max(v_splat(-180.0f), v_min(v_splat(-60.0f), k));
    const vf tiny = small_product(p, (u_bits(small + magic) - u_bits(magic)) << 23);
    vf t = v_select(v_lt(k, v_splat(-60.0f)), tiny, v_scale_floor(p, v_max(v_splat(-60.0f), k)));
    t = v_copysign(t, v_bits(u_bits(factor) ^ u_bits(dy)));
    return v_select(special, dy * v_copysign(v_select(none, ZERO, ONE), factor), t);
}

/* dy factor e^x, likewise, for any dy and a factor of either sign: a product of dy with a result of exp_left could be one
 * with a subnormal number. */
WORD vf exp_left_times(vf dy, vf x, vf factor)
{
    const struct exponent e = exponent_of(x);
    const vu magnitude = u_bits(v_abs(dy));
    const vm strange = m_and(u_above(magnitude - EXPONENT(127 - 60), EXPONENT(120)), v_ne(dy, ZERO));
    const vf p = e.part * factor;
    if (m_any(strange)) {
        const vf y = small_product(v_select(strange, ONE, dy) * p, e.power);
        return v_select(m_and(strange, v_eq(x, x)), exp_left_strange(dy, x, factor), y);
    }
    return small_product(dy * p, e.power);
}

#endif
