/* SPDX-License-Identifier: MIT */
/* Expressions that several formulas use. */
#ifndef ACTFN_HELPERS_H
#define ACTFN_HELPERS_H

#include "catalogue/params.h"
#include "math/words.h"

#include <float.h>
#include <math.h>

/* m ? a : +0, but NaN where x is NaN.  For gradients that are 0, or dy itself, by definition. */
WORD vf zero_unless(vm m, vf a, vf x) { return v_select(v_ne(x, x), x, v_where(m, a)); }

/* dy, bit for bit, but NaN where x is NaN.  For the gradient where f is the identity. */
WORD vf pass(vf dy, vf x) { return v_select(v_ne(x, x), x, dy); }

/* The number of [-limit, limit] that is nearest to x; NaN stays NaN. */
WORD vf clamp(vf x, float limit) { return v_max(v_splat(-limit), v_min(v_splat(limit), x)); }

/* x for a product with a parameter c.  If c is 0, an infinite x becomes finite, so that the product is 0 and not NaN. */
WORD vf for_factor(float c, vf x) { return clamp(x, c == 0 ? FLT_MAX : INFINITY); }

/* slope x for x <= 0, the left branch of leaky_relu and the like.  A slope of 0 gives +0, as relu does, and not -0 or NaN. */
WORD vf slope_times(float slope, vf x)
{
    if (slope == 0)
        return v_where(v_ne(x, x), x);
    return v_splat(slope) * x;
}

/* dy slope, for the same branch; a slope of 0 gives +0 for every dy. */
WORD vf slope_grad(float slope, vf dy)
{
    if (slope == 0)
        return ZERO;
    return v_splat(slope) * dy;
}

/* 2 c x + b; 2 c alone may overflow. */
WORD vf twice_product_plus(float c, vf x, float b)
{
    if (fabsf(c) > 0.5f * FLT_MAX)
        return v_fma(v_splat(c), x + x, v_splat(b));
    return v_fma(v_splat(2.0f * c), x, v_splat(b));
}

/* t / 6, rounded once, unless t is huge or tiny.  t times the rounding error of fl(1/6) is added before the rounding. */
WORD vf sixth(vf t) { return v_fma(t, v_splat(0x1.555556p-3f), t * v_splat(-0x1.555556p-28f)); }

/*
 * e^u = p (1 + low) s.  p is in the normal range down to u = -150, and 0 below.  s is a power of two.  A factor multiplies p
 * before s does (`scaled_where`), so that a result that becomes subnormal is rounded once.  `far` is u < -42; elsewhere s is 1.
 * Down to u = -42 the rounding errors of the products of p are normal numbers, too.  Below -42, e^u does not count beside 1.
 * Below -64, u is shifted by 92 ln 2.  The high part of 92 ln 2 is a multiple of 2^-17, so the sum is exact for u in (-128, -64).
 * The low part becomes `low` (tools/coefficients.py); elsewhere low is 0.
 */
struct scaled {
    vf p, low, s;
    vm far;
};

#define SHIFT_HIGH 0x1.fe2804p+5f
#define SHIFT_LOW 0x1.d0f668p-20f
#define SHIFT_SCALE 0x1p-92f

WORD struct scaled exp_shifted(vf u) /* s is 1 down to u = -64 here, and `far` begins there */
{
    const vm tail = v_lt(u, v_splat(-64.0f));
    const struct scaled e = { v_exp(v_select(tail, u + SHIFT_HIGH, u)), v_where(tail, v_splat(SHIFT_LOW)),
                              v_select(tail, v_splat(SHIFT_SCALE), ONE), tail };
    return e;
}
WORD struct scaled exp_scaled(vf u)
{
    struct scaled e = { ZERO, ZERO, ONE, v_lt(u, v_splat(-42.0f)) };
    vf at = u, lift = ONE;
    if (any_far(e.far)) {
        const vm tail = v_lt(u, v_splat(-64.0f)), counts = v_le(v_splat(-150.0f), u);
        at = v_select(tail, v_select(counts, u, v_splat(-100.0f)) + SHIFT_HIGH, u);
        lift = v_select(tail, v_where(counts, v_splat(0x1p34f)), v_select(e.far, v_splat(0x1p64f), ONE));
        e.low = v_where(tail, v_splat(SHIFT_LOW));
        e.s = v_select(tail, v_splat(0x1p-34f * SHIFT_SCALE), v_select(e.far, v_splat(0x1p-64f), ONE));
    }
    e.p = v_exp_normal(at) * lift;
    return e;
}

/* The term, a multiple of p, for a sum with a number near 1. */
WORD vf beside_one(struct scaled e, vf term) { return v_select(e.far, ZERO, term); }

/* a s, where a is p times any factor. */
WORD vf scaled_by(vf a, struct scaled e) { return scaled_where(e.far, a, e.s); }

/* exp_scaled for an e^u that `factor` multiplies.  With a factor beyond 2^60 the product is not 0 down to u = -193.  Below
 * -128, u is shifted twice, and *far is the second scale; the caller multiplies the factor by *far before s.  Elsewhere
 * *far is 1. */
WORD struct scaled exp_scaled_for(float factor, vf u, vf *far)
{
    *far = ONE;
    if (!(fabsf(factor) > 0x1p60f))
        return exp_scaled(u);
    const vm tail = v_lt(u, v_splat(-64.0f)), below = v_lt(u, v_splat(-128.0f));
    const vf shifts = v_select(below, v_splat(2.0f), v_where(tail, ONE));
    const struct scaled e = { v_exp(v_fma(shifts, v_splat(SHIFT_HIGH), u)), shifts * SHIFT_LOW,
                              v_select(tail, v_splat(SHIFT_SCALE), ONE), tail };
    *far = v_select(below, v_splat(SHIFT_SCALE), ONE);
    return e;
}

/* exp_scaled for an e^u that two such factors multiply; the product is 0 below u = -280.  u is shifted up to three times, and
 * `shifts` counts the shifts.  s is the scale of the first shift. */
PASS struct scaled exp_scaled_thrice(vf u, vf *shifts)
{
    const vm tail = v_lt(u, v_splat(-64.0f));
    *shifts = v_select(v_lt(u, v_splat(-128.0f)), v_splat(2.0f), v_where(tail, ONE));
    *shifts = v_select(v_lt(u, v_splat(-192.0f)), v_splat(3.0f), *shifts);
    const struct scaled e = { v_exp(v_fma(*shifts, v_splat(SHIFT_HIGH), u)), *shifts * SHIFT_LOW,
                              v_select(tail, v_splat(SHIFT_SCALE), ONE), tail };
    return e;
}

/* value + low slope: corrects a function's value for `low`, the rounding error of its argument.  Where the correction is 0,
 * or not finite, the value keeps its bits, -0 and infinity included. */
WORD vf corrected(vf value, vf low, vf slope)
{
    const vf c = low * slope, a = v_abs(c);
    return v_select(m_and(v_lt(ZERO, a), v_lt(a, v_splat(INFINITY))), value + c, value);
}

/* value + low value, both at most 2^-40.  The product low value is rounded before the sum, as in corrected(). */
PASS vf tiny_corrected(vf value, vf low)
{
    const vf c = tiny_product(low, value);
    return tiny_of((v_copysign(lifted(value), value) + v_copysign(lifted(c), c)) * 0x1p74f);
}

/* factor (value + c) without rounding the sum: an ulp of the sum may be two ulp of the product. */
WORD vf factor_corrected(vf factor, vf value, vf c)
{
    const vf rest = factor * c, a = v_abs(rest);
    const vm counts = m_and(v_lt(ZERO, a), v_lt(a, v_splat(INFINITY)));
    return v_select(counts, v_fma(factor, value, rest), factor * value);
}

/* A number as a float and its rounding error. */
struct pair {
    vf high, low;
};

/* a + b (Knuth): exact unless the sum overflows. */
WORD struct pair exact_sum(vf a, vf b)
{
    struct pair t;
    t.high = a + b;
    const vf part = t.high - a;
    t.low = (a - (t.high - part)) + (b - part);
    return t;
}

/* a b; low is 0 where the product is not finite, or too large to be the argument of an exponential. */
WORD struct pair exact_product(vf a, vf b)
{
    struct pair t;
    t.high = a * b;
    t.low = v_where(v_lt(v_abs(t.high), v_splat(256.0f)), v_fma(a, b, -t.high));
    return t;
}

/* a / (d + low), given r, which is 1 / d rounded.  The remainder of the division corrects the quotient to half an ulp. */
WORD vf quotient(vf a, struct pair d, vf r)
{
    const vf q = a * r;
    return v_fma(v_fma(-q, d.low, v_fma(-q, d.high, a)), r, q);
}

/* 1 / (d + low), and its rounding error. */
WORD struct pair reciprocal(struct pair d)
{
    const vf start = 1.0f / d.high;
    const vf step = v_fma(-start, d.low, v_fma(-start, d.high, ONE)) * start;
    struct pair r;
    r.high = start + step;
    r.low = (start - r.high) + step;
    return r;
}

/* (w + low)^(-1/2) and its rounding error, by one Newton step; without the step where w is outside the step's range. */
WORD struct pair inverse_root(struct pair w)
{
    const vf start = 1.0f / v_sqrt(w.high), t = start * start, t_low = v_fma(start, start, -t);
    const vf rest = v_fma(-t, w.high, ONE) - v_fma(t_low, w.high, t * w.low);
    const vm usual = m_and(v_lt(v_splat(0x1p-100f), w.high), v_lt(w.high, v_splat(0x1p100f)));
    const vf step = v_where(usual, 0.5f * start * rest);
    struct pair r;
    r.high = start + step;
    r.low = v_where(usual, (start - r.high) + step);
    return r;
}

#endif
