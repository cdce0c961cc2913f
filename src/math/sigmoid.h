/* SPDX-License-Identifier: MIT */
/*
 * The logistic family.  The formulas use e = e^-|t|, which cannot overflow and keeps the left tail accurate.  s(t) is
 * 1/(1 + e) for t >= 0, and e/(1 + e) for t < 0; s(-t) is the other quotient.
 */
#ifndef ACTFN_SIGMOID_H
#define ACTFN_SIGMOID_H

#include "math/helpers.h"

/* s(t) is up times the scale s, and s(-t) is down.  Where t < 0 is far, s(t) = e^t is tiny and the scale is that of exp_scaled.
 * Elsewhere the scale is 1. */
struct logistic {
    vf up, up_low, down, s;      /* up_low: the rounding error of up */
    vm negative, saturated, far; /* t < 0; t > 64, where s(t) is 1; where s is not 1 */
};

/* t = high + low.  Both quotients, e/(1 + e) and 1/(1 + e), are corrected for the rounding of 1 + e and of t.  The remaining
 * error is that of the exponential and half an ulp. */
WORD struct logistic logistic_of(struct pair t)
{
    struct logistic l;
    l.negative = v_lt(t.high, ZERO);
    l.saturated = v_lt(v_splat(64.0f), t.high);
    const struct scaled e = exp_scaled(-v_abs(t.high));
    l.s = v_select(l.negative, e.s, ONE);
    l.far = m_and(l.negative, e.far);
    const vf whole = beside_one(e, e.p), low = v_select(l.negative, t.low, -t.low) + e.low;
    struct pair d;
    d.high = 1.0f + whole;
    d.low = v_fma(whole, low, whole - (d.high - 1.0f));
    const struct pair r = reciprocal(d);
    const vf a = v_select(l.negative, e.p, whole), q = a * r.high;
    const vf rest = v_fma(a, low, v_fma(-q, d.low, v_fma(-q, d.high, a))) * r.high;
    const vf other = q + rest;
    l.up = v_select(l.negative, other, r.high);
    l.up_low = v_select(l.negative, (q - other) + rest, r.low);
    l.down = v_select(l.negative, r.high, other);
    return l;
}

WORD struct pair without_rest(vf t)
{
    const struct pair p = { t, ZERO };
    return p;
}

/* x s(t), corrected by the rounding error of the quotient.  `finite` is x clamped to the finite floats. */
WORD vf times_sigmoid(vf x, vf finite, struct logistic l)
{
    vf s = l.s;
    if (any_far(l.far)) { /* up is lifted here, and its product with a huge x would overflow before s counts */
        const vm huge = m_and(l.far, v_lt(v_splat(0x1p40f), v_abs(finite)));
        const vf less = v_select(huge, v_splat(0x1p-40f), ONE);
        x = x * less;
        finite = finite * less;
        s = v_select(huge, s * 0x1p40f, s);
    }
    return v_select(l.saturated, x, scaled_where(l.far, v_fma(x, l.up, finite * l.up_low), s));
}

/* d/dx of x s(t) for t = c x: s(t) (1 + t s(-t)). */
WORD vf times_sigmoid_grad(vf t, struct logistic l) { return scaled_where(l.far, v_fma(l.up, t * l.down, l.up), l.s); }

WORD vf times_sigmoid_grad_dy(vf dy, vf t, struct logistic l)
{
    return product_where(l.far, dy, times_sigmoid_grad(t, l));
}

/* ---- sigmoid, log_sigmoid, softplus -------------------------------------------------------------------------- */

/* e^-a without a scale, because nothing multiplies the tail.  `near` is 0 for a > 42, where e^-a does not count beside 1. */
struct unscaled {
    vf e, near;
    vm far;
};
WORD struct unscaled exp_of_minus(vf a)
{
    struct unscaled u;
    u.far = v_lt(v_splat(42.0f), a);
    u.e = v_exp(-a);
    u.near = u.e;
    if (any_far(u.far))
        u.near = v_select(u.far, ZERO, u.e);
    return u;
}
WORD vf sigmoid_of(vf x, vf e)
{
    struct pair d;
    d.high = 1.0f + e;
    d.low = e - (d.high - 1.0f);
    return quotient(v_select(v_lt(x, ZERO), e, ONE), d, 1.0f / d.high);
}
PASS vf sigmoid_far(vf x)
{
    const struct unscaled u = exp_of_minus(v_abs(x));
    return v_select(m_and(u.far, v_lt(x, ZERO)), u.e, sigmoid_of(x, u.near));
}
WORD vf act_sigmoid(vf x)
{
    if (any_far(v_lt(v_splat(42.0f), v_abs(x))))
        return sigmoid_far(x);
    return sigmoid_of(x, v_exp_normal(-v_abs(x)));
}

/* The factor of s in e / (1 + e)^2, for e = p (1 + low) s; rounded once.  `whole` is p where p counts beside 1, elsewhere 0. */
WORD vf slope_from(vf p, vf low, vf whole)
{
    const vf d = 1.0f + whole, d_low = v_fma(whole, low, whole - (d - 1.0f));
    const vf r = 1.0f / d, r_low = v_fma(-r, d_low, v_fma(-r, d, ONE)) * r;
    const vf t = p * r, t_low = v_fma(p, r, -t) + t * low;
    return v_fma(t, r, v_fma(t_low, r, 2.0f * t * r_low));
}
WORD vf slope_of(struct scaled e) { return slope_from(e.p, e.low, beside_one(e, e.p)); }
PASS vf sigmoid_grad_far(vf x, vf dy)
{
    const struct unscaled u = exp_of_minus(v_abs(x));
    return tiny_product(dy, v_select(u.far, u.e, slope_from(u.near, ZERO, u.near)));
}
WORD vf act_sigmoid_grad(vf x, vf dy)
{
    if (any_far(v_lt(v_splat(42.0f), v_abs(x))))
        return sigmoid_grad_far(x, dy);
    const vf e = v_exp_normal(-v_abs(x));
    return dy * slope_from(e, ZERO, e);
}
WORD vf act_sigmoid_grad_y(vf y, vf dy) { return product_where(is_small(y), dy, y * (1.0f - y)); }

/*
 * log1p(e) for 0 <= e <= 1, and its rounding error: 2 atanh(s), s = e / (2 + e) (tools/coefficients.py).  This is more
 * accurate than v_log1p, and costs less.
 */
WORD struct pair log1p_of(vf e)
{
    struct pair d;
    d.high = 2.0f + e;
    d.low = e - (d.high - 2.0f);
    const vf r = 1.0f / d.high, start = e * r;
    const vf step = v_fma(-start, d.low, v_fma(-start, d.high, e)) * r;
    /* s^2 counts from e = 2^-40 on, and s^3 is a normal number there. */
    const vf s = start + step, s_low = (start - s) + step, t = v_where(v_le(v_splat(0x1p-40f), e), s * s);
    vf q = v_splat(-0x1.58185p-3f);
    q = v_fma(q, t, v_splat(0x1.4eb276p-3f));
    q = v_fma(q, t, v_splat(0x1.a95e32p-4f));
    q = v_fma(q, t, v_splat(0x1.252d3ap-3f));
    q = v_fma(q, t, v_splat(0x1.99976p-3f));
    q = v_fma(q, t, v_splat(0x1.555556p-2f));
    const vf twice = s + s, rest = v_fma(twice * t, q, s_low + s_low);
    const vm tiny = v_lt(e, v_splat(0x1p-60f)); /* s would become subnormal before e does */
    struct pair log1p;
    log1p.high = v_select(tiny, e, twice + rest);
    log1p.low = v_where(v_le(v_splat(0x1p-60f), e), (twice - log1p.high) + rest);
    return log1p;
}

WORD vf act_log_sigmoid_grad(vf x, vf dy) { return product_where(v_lt(v_splat(42.0f), x), dy, act_sigmoid(-x)); }
/* e^z - 1 is z where z is small. */
WORD vf act_log_sigmoid_grad_y(vf y, vf dy)
{
    const vm small = v_lt(v_abs(y), v_splat(0x1p-40f));
    if (any_far(small))
        return product_where(small, dy, v_select(small, -y, -v_expm1(v_select(small, ZERO, y))));
    return dy * -v_expm1(y);
}

/*
 * ln(1 + e^t) for |t| < 1, and its rounding error: t/2 + ln 2 + ln cosh(t/2).  The other form, max(t, 0) + log1p(e^-|t|),
 * is accurate enough but not monotonic: for a small t > 0 an ulp of e^-t is larger than an ulp of t, so when e^-t steps down,
 * the sum steps down although t goes up.
 */
WORD struct pair softplus_middle(vf t)
{
    const vf square = t * t;
    vf q = v_splat(0x1.d62cap-20f);
    q = v_fma(q, square, v_splat(-0x1.b4f0dp-16f));
    q = v_fma(q, square, v_splat(0x1.6bfc08p-12f));
    q = v_fma(q, square, v_splat(-0x1.55552ap-8f));
    q = v_fma(q, square, v_splat(0x1p-3f));
    const vf rest = v_fma(square, q, v_splat(-0x1.05c61p-29f)); /* ln 2 = 0x1.62e43p-1 - 0x1.05c61p-29 */
    const vf z = v_fma(v_splat(0.5f), t, rest), ln2 = v_splat(0x1.62e43p-1f);
    struct pair y;
    y.high = ln2 + z;
    y.low = (ln2 - y.high) + z;
    return y;
}

WORD vf act_log_sigmoid(vf x)
{
    const struct unscaled u = exp_of_minus(v_abs(x));
    /* The limit at +inf is -0, which is -0 - 0. */
    vf outer = v_min(v_splat(-0.0f), x) - log1p_of(u.near).high;
    if (any_far(u.far))
        outer = v_select(u.far, v_select(v_lt(x, ZERO), x, -u.e), outer);
    return v_select(v_lt(v_abs(x), ONE), -softplus_middle(-x).high, outer);
}

/* ln(1 + e^-|t|) / beta on both sides of the middle.  In the far left tail, where e is subnormal, the result is p / beta s. */
WORD vf act_softplus(vf x, const struct softplus_params *p)
{
    const struct pair t = exact_product(v_splat(p->beta), x);
    const vm left = v_lt(t.high, ZERO), middle = v_lt(v_abs(t.high), ONE);
    /* A quotient by a tiny beta may overflow although its later product with the scale does not; 2^64 prevents this. */
    const int tiny = fabsf(p->beta) < 0x1p-60f;
    const float divisor = tiny ? p->beta * 0x1p64f : p->beta;
    vf far;
    const struct scaled e = exp_scaled_for(1.0f / p->beta, -v_abs(t.high), &far);
    const vm tail = m_and(left, e.far), right = v_le(ONE, t.high);
    const vf low = v_select(left, t.low, -t.low) + e.low, whole = beside_one(e, e.p);
    const struct pair log1p = log1p_of(whole), centre = softplus_middle(t.high);
    /* The derivative e / (1 + e) to the few bits that `low` needs. */
    const vf slope = whole * v_fma(v_splat(-0.5f), whole, ONE);
    const vf a = v_select(middle, centre.high, v_select(tail, e.p, log1p.high));
    const vf a_low = v_select(middle, v_fma(v_splat(0.5f), t.low, centre.low),
                              v_select(tail, e.p * low, v_fma(slope, low, log1p.low)));
    const vf q = a / divisor;
    const vf high = v_fma(v_fma(-q, v_splat(divisor), a) + a_low, v_splat(1.0f / divisor), q);
    vf rest = high;
    if (tiny)
        rest = high * (v_select(tail, e.s, ONE) * 0x1p64f) * far;
    vf y = v_select(right, x + rest, rest);
    if (!tiny && any_far(tail))
        y = v_select(tail, tiny_scaled(high, e.s), y);
    return v_select(v_lt(v_splat(p->threshold), t.high), x, y);
}
WORD vf act_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    const struct pair t = exact_product(v_splat(p->beta), x);
    const struct logistic l = logistic_of(t);
    const vf slope = scaled_where(l.far, l.up, l.s);
    return v_select(v_lt(v_splat(p->threshold), t.high), dy, product_where(l.far, dy, slope));
}
WORD vf act_softplus_grad_y(vf y, vf dy, const struct softplus_params *p)
{
    const vm small = v_lt(v_abs(y), v_splat(fabsf(p->beta) > 1 ? 0x1p-40f / fabsf(p->beta) : 0x1p-40f));
    const vf beta = v_splat(p->beta);
    if (any_far(small)) {
        const vf slope = v_select(small, tiny_product(beta, y), -v_expm1(-beta * v_select(small, ZERO, y)));
        return tiny_product(dy, slope);
    }
    return dy * -v_expm1(-beta * y);
}
/* (x s(t) - y) / beta = -(|t| s(-|t|) + log1p(e^-|t|)) / beta^2: both terms have one sign.  In the tails the sum is
 * (|t| + 1) e. */
WORD vf act_softplus_d_beta(vf x, vf dy, const struct softplus_params *p)
{
    const struct pair t = exact_product(v_splat(p->beta), x);
    const vf a = v_min(v_splat(FLT_MAX), v_abs(t.high));
    /* Two quotients by a tiny beta may overflow before s multiplies.  So each quotient takes 2^-46, the square root of s. */
    const int tiny = fabsf(p->beta) < 0x1p-30f;
    vf beta = v_splat(p->beta), shifts = ZERO;
    const struct scaled e = tiny ? exp_scaled_thrice(-a, &shifts) : exp_scaled(-a);
    if (tiny) {
        beta = v_select(v_le(ONE, shifts), v_splat(p->beta * 0x1p46f), beta);
        beta = v_select(v_le(v_splat(2.0f), shifts), v_splat(p->beta * 0x1p92f), beta);
        beta = v_select(v_le(v_splat(3.0f), shifts), v_splat(p->beta * 0x1p92f * 0x1p46f), beta);
    }
    const vf low = v_fma(t.low, -v_copysign(ONE, t.high), e.low), whole = v_fma(e.p, low, e.p);
    const vf near = beside_one(e, whole), sum = v_fma(a, near / (1.0f + near), log1p_of(v_min(ONE, near)).high);
    const vf outer = v_select(v_lt(v_splat(64.0f), a), (a + 1.0f) * whole, v_fma(a, whole, whole));
    vf slope = v_select(e.far, outer, sum) / beta / beta;
    if (!tiny)
        slope = scaled_by(slope, e);
    return zero_unless(v_le(t.high, v_splat(p->threshold)), product_where(e.far, dy, -slope), x);
}

/* ---- silu, swish, gelu_quick --------------------------------------------------------------------------------- */

WORD vf act_silu(vf x)
{
    /* x / (1 + e^-x), one formula for both signs.  Beside an exponential above e^42 the 1 is dropped.  An exponential above e^64
     * is shifted.  The result is 0 for x < -110, and x for x > 64. */
    const vf z = v_max(v_splat(-110.0f), x);
    const vm far = v_lt(z, v_splat(-42.0f)), tail = v_lt(z, v_splat(-64.0f));
    const vf at = v_select(tail, v_splat(-SHIFT_HIGH) - z, v_max(v_splat(-70.0f), -z));
    const vf e = v_exp_normal(at), one = v_select(far, ZERO, ONE);
    const vf small = v_min(one, e), big = v_max(one, e), d = big + small;
    const vf r = 1.0f / d, q = z * r;
    /* The relative rounding error of 1 + e, or of the shift.  The signs are such that -0 stays -0. */
    const vf low = v_select(tail, v_splat(-SHIFT_LOW), r * (small - (d - big)));
    const vf y = q - v_fma(v_fma(q, d, -z), r, q * low);
    return v_select(v_lt(v_splat(64.0f), z), z, scaled_where(tail, y, v_select(tail, v_splat(SHIFT_SCALE), ONE)));
}
WORD vf act_silu_grad(vf x, vf dy)
{
    const vf z = clamp(x, 120.0f);
    const vm negative = v_lt(z, ZERO);
    const struct scaled e = exp_scaled(-v_abs(z));
    const vm far = m_and(negative, e.far);
    const vf whole = beside_one(e, e.p), d = 1.0f + whole, d_low = whole - (d - 1.0f);
    const vf start = 1.0f / d, r = v_fma(v_fma(-start, d_low, v_fma(-start, d, ONE)), start, start);
    const vf p = v_fma(e.p, e.low, e.p) * r, up = v_select(negative, p, r), down = v_select(negative, r, whole * r);
    return product_where(far, dy, scaled_where(far, v_fma(up, z * down, up), v_select(negative, e.s, ONE)));
}

/* 1.702 z, corrected by the rounding error of 1.702. */
WORD struct pair quick_exponent(vf z)
{
    struct pair t = exact_product(v_splat(0x1.b3b646p+0f), z);
    t.low = v_fma(v_splat(-0x1.78d4fep-26f), z, t.low);
    return t;
}
WORD vf act_gelu_quick(vf x)
{
    const vf z = v_max(v_splat(-72.0f), x);
    return times_sigmoid(z, z, logistic_of(quick_exponent(v_min(v_splat(72.0f), z))));
}
WORD vf act_gelu_quick_grad(vf x, vf dy)
{
    const struct pair t = quick_exponent(clamp(x, 72.0f));
    return times_sigmoid_grad_dy(dy, t.high, logistic_of(t));
}

/* beta x.  With a tiny beta an infinite x must stay infinite, because beta times the largest float is an ordinary number. */
WORD struct pair swish_exponent(vf x, vf finite, float beta)
{
    struct pair t = exact_product(v_splat(beta), finite);
    if (fabsf(beta) < 0x1p-110f && beta != 0) {
        const vm infinite = v_eq(v_abs(x), v_splat(INFINITY));
        t.high = v_select(infinite, beta * x, t.high);
        t.low = v_select(infinite, ZERO, t.low);
    }
    return t;
}
/* Where x is huge and beta tiny, e^t may be far below the smallest float although x e^t is not.  So t is shifted twice. */
WORD vf act_swish(vf x, const struct swish_params *p)
{
    const vf finite = clamp(x, FLT_MAX);
    struct pair t = swish_exponent(x, finite, p->beta);
    t.high = v_max(v_splat(-256.0f), t.high);
    const vm far = v_lt(t.high, v_splat(-128.0f));
    t.high = v_select(far, t.high + SHIFT_HIGH, t.high);
    t.low = v_select(far, t.low + SHIFT_LOW, t.low);
    const struct logistic l = logistic_of(t);
    const vf y = times_sigmoid(v_select(l.negative, finite, x), finite, l);
    if (any_far(far))
        return v_select(far, tiny_product(y, v_splat(SHIFT_SCALE)), y);
    return y;
}
WORD vf act_swish_grad(vf x, vf dy, const struct swish_params *p)
{
    struct pair t = swish_exponent(x, clamp(x, FLT_MAX), p->beta);
    t.high = clamp(t.high, 120.0f);
    return times_sigmoid_grad_dy(dy, t.high, logistic_of(t));
}
/*
 * x^2 s'(t), where s' is even.  Where x^2 alone overflows, t may be far below -128.  s' is e^t there, and is split into
 * parts that multiply each x.
 */
WORD vf act_swish_d_beta(vf x, vf dy, const struct swish_params *p)
{
    const vf finite = clamp(x, FLT_MAX);
    const vf beta = v_splat(p->beta), t = swish_exponent(x, finite, p->beta).high;
    const vf least = v_splat(-300.0f), u = v_max(least, -v_abs(t));
    const vf t_low = v_where(v_lt(least, u), v_fma(beta, finite, -t));
    if (fabsf(p->beta) >= 0x1p-20f) { /* x^2 is below 2^54 where e^t counts */
        struct scaled e = exp_scaled(u);
        e.low = v_fma(t_low, -v_copysign(ONE, t), e.low);
        return product_where(e.far, dy, scaled_by(finite * (finite * slope_of(e)), e));
    }
    const vm far = v_lt(u, v_splat(-128.0f));
    const vf part = v_select(far, v_splat(SHIFT_SCALE), ONE);
    const struct scaled e = exp_shifted(v_select(far, u + 2.0f * SHIFT_HIGH, u));
    const vf low = v_fma(t_low, -v_copysign(ONE, t), e.low) + v_where(far, v_splat(2.0f * SHIFT_LOW));
    /* Below u = -42, e^u does not count beside 1. */
    const struct scaled shifted = { e.p, low, e.s, v_lt(u, v_splat(-42.0f)) };
    return dy * ((finite * part * e.s) * (finite * part * slope_of(shifted)));
}

#endif
