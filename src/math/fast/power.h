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

/* The float of so many units of 2^-149, rounded once: an addition leaves the subnormal number in its low bits. */
WORD vf from_least_units(vf units)
{
    const vf least = v_splat(0x1p23f), subnormal = v_bits(u_bits(units + least) - u_bits(least));
    return v_select(v_lt(units, least), subnormal, v_max(least, units) * 0x1p-75f * 0x1p-74f);
}

/* a 2^floor(n) for a = 0 or 2^-100 < a < 2^20, and -200 < n <= -44, rounded once. */
WORD vf scale_tiny(vf a, vf n) { return from_least_units(v_scale_floor(a, n + 149.0f)); }

/* factor e^x for -120 <= x <= -70 and 0 <= factor <= 2^9, down to the last subnormal number. */
PASS vf exp_tiny(vf x, vf factor)
{
    const struct exponential e = exponential_of(v_max(v_splat(-120.0f), v_min(v_splat(-70.0f), x)));
    return scale_tiny(e.part * factor, e.n);
}

/* The same for x <= 0, and below -120, where it is 0.  A factor below 2^-12 is 0. */
WORD vf exp_left(vf x, vf factor)
{
    const vf y = factor * exp_within(1, v_max(v_splat(-70.0f), x), 1);
    const vm tiny = v_lt(x, v_splat(-70.0f));
    return m_any(tiny) ? v_select(tiny, exp_tiny(x, factor), y) : y;
}

/* dy factor e^x for -110 <= x <= -40.  dy is taken apart first: its product with a result of exp_tiny would be one with a
 * subnormal number.  Further left the slope is 0, whatever dy. */
PASS vf exp_tiny_times(vf dy, vf x, vf factor)
{
    const vu all = u_bits(dy) & 0x7fffffffu;
    const vm subnormal = u_above(u_splat(0x00800000u), all), special = u_above(all, u_splat(0x7f7fffffu));
    const vm none = v_lt(x, v_splat(-110.0f));
    const vu bits = u_bits(v_select(subnormal, v_bits(all) * 0x1p24f, v_bits(all)));
    const vf mantissa = v_where(u_above(bits, u_splat(0)), v_bits((bits & 0x007fffffu) | 0x3f800000u));
    const struct exponential e = exponential_of(v_max(v_splat(-120.0f), v_min(v_splat(-40.0f), x)));
    const vf part = v_select(none, v_splat(0.0f), mantissa * (e.part * v_abs(factor)));
    const vf n = v_floor(e.n) + (v_from_u(bits >> 23) - v_select(subnormal, v_splat(151.0f), v_splat(127.0f)));
    const vf far = v_splat(-60.0f), tiny = scale_tiny(part, v_max(v_splat(-199.0f), v_min(far, n)));
    const vf t = v_copysign(v_select(v_lt(n, far), tiny, v_scale_floor(part, v_max(far, n))),
                            v_bits(u_bits(factor) ^ u_bits(dy)));
    return v_select(special, dy * v_copysign(v_select(none, v_splat(0.0f), ONE), factor), t);
}

/* The same for x <= 0.  The factor may be negative. */
WORD vf exp_left_times(vf dy, vf x, vf factor)
{
    const vf y = dy * (factor * exp_within(1, v_max(v_splat(-40.0f), x), 1));
    const vm small = v_lt(x, v_splat(-40.0f));
    return m_any(small) ? v_select(small, exp_tiny_times(v_select(small, dy, ONE), x, factor), y) : y;
}

#endif
