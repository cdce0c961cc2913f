/* SPDX-License-Identifier: MIT */
/*
 * e^x = 2^(N / 2^GRID) e^r: what the fast mode's exponentials begin with.  N is rounded by an addition of 1.5 2^(23 - GRID), in
 * whose low bits it then stands: the lower GRID of them are the index of a table, and all of them, shifted to the exponent's
 * place, make the table's entry the power (its bits have been lessened by what the index adds there).
 */
#ifndef ACTFN_FAST_POWER_H
#define ACTFN_FAST_POWER_H

#include "math/fast/tables.h"
#include "math/simd.h"

/* An octave has 2^GRID parts: as many as a table in one register has entries. */
#if V_PICKS >= 16
enum { GRID = 4 };
#elif V_PICKS == 8
enum { GRID = 3 };
#else
enum { GRID = 0 };
#endif

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
WORD vf power_raised(struct power p)
{
#if V_PICKS
    const vf less = v_pick(power_less, 1 << GRID, p.t);
#else
    const vf less = ONE;
#endif
    return v_bits(u_bits(less) + (u_bits(p.t) << (23 - GRID)));
}

/* 2^(N / 2^GRID - floor(N / 2^GRID)) */
WORD vf power_fraction(struct power p)
{
    (void)p;
#if V_PICKS
    return v_pick(power_part, 1 << GRID, p.t);
#else
    return ONE;
#endif
}

/* What rounding left off either, relative to it. */
WORD vf power_rest(struct power p)
{
    (void)p;
#if V_PICKS
    return v_pick(power_low, 1 << GRID, p.t);
#else
    return v_splat(-0.0f);
#endif
}

/* (e^r - 1) / r, good for e^r. */
WORD vf power_series(vf r)
{
#if V_PICKS
    const vf q = v_fma(v_splat(POWER_2), r, v_splat(POWER_1));
#else
    vf q = v_fma(v_splat(POWER_5), r, v_splat(POWER_4));
    q = v_fma(q, r, v_splat(POWER_3));
    q = v_fma(q, r, v_splat(POWER_2));
    q = v_fma(q, r, v_splat(POWER_1));
#endif
    return v_fma(q, r, ONE);
}

/* The same, good for e^r - 1. */
WORD vf power_series_1(vf r)
{
#if V_PICKS
    const vf q = v_fma(v_fma(v_splat(POWER_1_3), r, v_splat(POWER_1_2)), r, v_splat(POWER_1_1));
#else
    vf q = v_fma(v_splat(POWER_1_5), r, v_splat(POWER_1_4));
    q = v_fma(q, r, v_splat(POWER_1_3));
    q = v_fma(q, r, v_splat(POWER_1_2));
    q = v_fma(q, r, v_splat(POWER_1_1));
#endif
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

/* e^x as part 2^floor(n), with n any number: v_scale_floor or scale_tiny makes a float of it. */
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

/* a 2^floor(n) for 0 <= a < 2^100 and -200 < n < -22, rounded once, and no subnormal number is an operand or result of
 * arithmetic: some CPUs take fifty times as long over them.  By an addition, whose low bits are the subnormal number. */
WORD vf scale_tiny(vf a, vf n)
{
    const vf units = v_scale_floor(a, n + 149.0f), least = v_splat(0x1p23f); /* of 2^-149 */
    const vf subnormal = v_bits(u_bits(units + least) - u_bits(least));
    return v_select(v_lt(units, least), subnormal, v_max(least, units) * 0x1p-75f * 0x1p-74f);
}

/* factor e^x for x <= -16 and 0 <= factor <= 2^8, down to the last subnormal number. */
WORD vf exp_left(vf x, vf factor)
{
    const struct exponential e = exponential_of(v_max(v_splat(-120.0f), x));
    return scale_tiny(e.part * factor, e.n);
}

#endif
