/* SPDX-License-Identifier: MIT */
/* The algebraic and exponential operations with a shape parameter. */
#ifndef ACTFN_PARAMETRIC_H
#define ACTFN_PARAMETRIC_H

#include "math/algebraic.h"
#include "math/exponential.h"
#include "math/helpers.h"

/* ---- isru, isrlu --------------------------------------------------------------------------------------------- */

/* 1 + alpha x^2; infinite where the sum overflows. */
WORD struct pair isru_square(vf x, float alpha)
{
    const vf z = for_factor(alpha, x), t = alpha * z, t_low = v_fma(v_splat(alpha), z, -t);
    struct pair w = square_plus(t, z, ONE);
    w.low = v_fma(t_low, z, w.low);
    return w;
}
WORD vf isru(vf x, float alpha)
{
    const struct pair w = isru_square(x, alpha);
    const vf limit = v_copysign(1.0f / v_sqrt(v_splat(alpha)), x);
    const struct pair r = inverse_root(w);
    return v_select(v_lt(v_splat(0x1p26f), w.high), limit, v_fma(x, r.high, for_factor(alpha, x) * r.low));
}
/* w^(-3/2) as the cube of w^(-1/2), which underflows only where the result underflows. */
WORD vf isru_slope(vf x, float alpha)
{
    const struct pair r = inverse_root(isru_square(x, alpha));
    const vf square = r.high * r.high, square_low = v_fma(r.high, r.high, -square);
    return v_fma(r.high, square, v_fma(r.high, square_low, 3.0f * square * r.low));
}
WORD vf isru_slope_y(vf y, float alpha)
{
    if (alpha == 0) /* y may be infinite here */
        return v_select(v_ne(y, y), y, ONE);
    const vf u = v_max(ZERO, v_fma(-alpha * y, y, ONE));
    return u * v_sqrt(u);
}
WORD vf isru_d_alpha(vf x, float alpha)
{
    const vf y = isru(x, alpha);
    return -0.5f * y * (y * y);
}

WORD vf act_isru(vf x, const struct isru_params *p) { return isru(x, p->alpha); }
WORD vf act_isru_grad(vf x, vf dy, const struct isru_params *p) { return dy * isru_slope(x, p->alpha); }
WORD vf act_isru_grad_y(vf y, vf dy, const struct isru_params *p) { return dy * isru_slope_y(y, p->alpha); }
WORD vf act_isru_d_alpha(vf x, vf dy, const struct isru_params *p) { return dy * isru_d_alpha(x, p->alpha); }

WORD vf act_isrlu(vf x, const struct isrlu_params *p) { return v_select(v_le(ZERO, x), x, isru(x, p->alpha)); }
WORD vf act_isrlu_grad(vf x, vf dy, const struct isrlu_params *p)
{
    return v_select(v_le(ZERO, x), dy, dy * isru_slope(x, p->alpha));
}
WORD vf act_isrlu_grad_y(vf y, vf dy, const struct isrlu_params *p)
{
    return v_select(v_le(ZERO, y), dy, dy * isru_slope_y(y, p->alpha));
}
WORD vf act_isrlu_d_alpha(vf x, vf dy, const struct isrlu_params *p)
{
    return zero_unless(v_lt(x, ZERO), dy * isru_d_alpha(x, p->alpha), x);
}

/* ---- squareplus ---------------------------------------------------------------------------------------------- */

/* x and r = sqrt(x^2 + b), both times a power of two k that keeps the squares in range, and d = r - x for x < 0. */
struct hyperbola {
    vf k, x, half_b; /* half_b = k b / 2 */
    struct pair r, d;
};
WORD struct hyperbola hyperbola_of(vf x, float b)
{
    struct hyperbola h;
    const vf a = v_abs(x), up = v_splat(b < 0x1p-80f ? 0x1p64f : 1.0f);
    const vm big = v_lt(v_splat(b > 0x1p120f ? -1.0f : 0x1p60f), a), small = v_lt(a, v_splat(0.5f));
    h.k = v_select(big, v_splat(0x1p-64f), v_select(small, up, ONE));
    h.x = clamp(x, FLT_MAX) * h.k;
    h.half_b = 0.5f * (b * h.k); /* half of a subnormal b might be 0 */
    const struct pair w = square_plus(h.x, h.x, b * h.k * h.k);
    h.r.high = v_sqrt(w.high);
    h.r.low = 0.5f * (v_fma(-h.r.high, h.r.high, w.high) + w.low) / h.r.high;
    if (b == 0) {
        h.r.high = v_abs(h.x);
        h.r.low = ZERO;
    }
    h.d = exact_sum(h.r.high, v_abs(h.x));
    h.d.low = h.d.low + h.r.low;
    return h;
}
WORD vf act_squareplus(vf x, const struct squareplus_params *p)
{
    const struct hyperbola h = hyperbola_of(x, p->b);
    const vf right = v_fma(v_splat(0.5f), x, 0.5f * h.r.high / h.k);
    const vf left = quotient(h.half_b, h.d, 1.0f / h.d.high);
    const vf end = v_where(v_lt(v_splat(-INFINITY), x), left);
    return v_select(v_lt(x, ZERO), end, right);
}
WORD vf act_squareplus_grad(vf x, vf dy, const struct squareplus_params *p)
{
    const struct hyperbola h = hyperbola_of(x, p->b);
    const vf r = 1.0f / h.r.high;
    const vf right = v_fma(v_splat(0.5f), v_select(v_eq(x, ZERO), ZERO, quotient(h.x, h.r, r)), v_splat(0.5f));
    /* k b / 2 / d is b / (4 |x|).  h.r has a factor k, so k multiplies b first if b is tiny, and the result otherwise. */
    vf half_b = h.half_b, back = h.k;
    if (p->b < 0x1p-80f) {
        half_b = half_b * h.k;
        back = ONE;
    }
    /* With a large b the slope is not yet 0 at the largest finite |x|, but it is 0 at -inf. */
    back = v_where(v_lt(v_splat(-INFINITY), x), back);
    const vf left = quotient(quotient(half_b, h.d, 1.0f / h.d.high), h.r, r) * back;
    return dy * v_select(v_lt(x, ZERO), left, right);
}
WORD vf act_squareplus_grad_y(vf y, vf dy, const struct squareplus_params *p)
{
    /* y^2 / (y^2 + b/4) = 1 / (1 + b / (4 y^2)) */
    const int tiny = p->b < 0x1p-100f; /* b / 4 may underflow to 0 */
    vf z = y;
    if (tiny)
        z = y * 0x1p40f;
    const vf q = v_splat(tiny ? 0.25f * (p->b * 0x1p80f) : 0.25f * p->b) / z / z;
    return dy * (1.0f / (1.0f + q));
}
WORD vf act_squareplus_d_b(vf x, vf dy, const struct squareplus_params *p)
{
    const struct hyperbola h = hyperbola_of(x, p->b);
    return dy * (0.25f * h.k / h.r.high);
}

/* ---- soft_exponential ---------------------------------------------------------------------------------------- */

/* For alpha < 0: u = 1 - alpha (x + alpha) and v = u - 1, each corrected for rounding. */
struct soft_log {
    vf sum, sum_low, v, v_low, u; /* sum = x + alpha */
};
WORD struct soft_log soft_log_of(vf x, float alpha)
{
    struct soft_log s;
    const vf a = v_splat(alpha);
    const struct pair sum = exact_sum(x, a);
    s.sum = sum.high;
    s.sum_low = sum.low;
    s.v = -a * s.sum;
    const vf low = v_fma(-a, s.sum, -s.v) - a * sum.low;
    s.v_low = v_where(v_lt(v_abs(s.v), v_splat(0x1p60f)), low);
    const vf u = 1.0f + s.v, up = u - 1.0f;
    const vf u_low = (1.0f - (u - up)) + (s.v - up);
    s.u = u + v_where(v_lt(v_abs(s.v), v_splat(0x1p60f)), u_low + s.v_low);
    if (alpha > -0x1p-60f) /* x is beyond the pole by a rest whose product has underflowed */
        s.u = v_select(m_and(v_eq(s.u, ZERO), v_lt(sum.low, ZERO)), v_splat(NAN), s.u);
    return s;
}
/* ln u.  Above 2^60, u = v = (-alpha) sum.  This product may overflow, and SLEEF's log1p is wrong for it, so the logarithms
 * of both factors are added.  Near v = -1, u is more accurate than v. */
WORD vf soft_log_value(struct soft_log s, float alpha)
{
    const vm big = v_lt(v_splat(0x1p60f), s.v), far = v_lt(s.v, v_splat(-0.5f));
    const vf log1p = corrected(v_log1p(v_select(big, ZERO, s.v)), s.v_low, 1.0f / v_select(big, ONE, s.u));
    const vf log = v_log(v_select(big, s.sum, s.u));
    return v_select(big, log + v_log(v_splat(-alpha)), v_select(far, log, log1p));
}

WORD vf act_soft_exponential_cancelling(vf x, const struct soft_exponential_params *p)
{
    (void)x;
    return v_splat(p->alpha > 0 ? 2 * p->alpha : 0);
}
WORD vf act_soft_exponential(vf x, const struct soft_exponential_params *p)
{
    const vf alpha = v_splat(p->alpha), t = alpha * x;
    if (p->alpha == 0)
        return x;
    vf y;
    if (p->alpha < 0) {
        y = -soft_log_value(soft_log_of(x, p->alpha), p->alpha) / alpha;
    } else {
        const struct scaled m = expm1_scaled(exact_product(alpha, x));
        y = m.p / alpha * m.s + alpha;
    }
    if (fabsf(p->alpha) < 0x1p-60f) /* t may be subnormal where x + alpha is not, and t / alpha is then inaccurate */
        y = v_select(v_lt(v_abs(t), v_splat(0x1p-64f)), x + alpha, y);
    return y;
}
WORD vf soft_exponential_slope(vf x, float alpha)
{
    if (alpha == 0)
        return v_select(v_ne(x, x), x, ONE);
    if (alpha < 0) {
        const struct soft_log s = soft_log_of(x, alpha);
        /* Where u overflows, 1 / u is a subnormal number, not 0. */
        const vf inverse = v_select(v_eq(s.u, v_splat(INFINITY)), 1.0f / s.sum / v_splat(-alpha), 1.0f / s.u);
        return v_select(v_lt(s.u, ZERO), v_splat(NAN), inverse);
    }
    return exp_corrected(exact_product(v_splat(alpha), x));
}
WORD vf act_soft_exponential_grad(vf x, vf dy, const struct soft_exponential_params *p)
{
    const vf slope = soft_exponential_slope(x, p->alpha);
    return product_where(is_small(slope), dy, slope);
}
WORD vf act_soft_exponential_grad_y(vf y, vf dy, const struct soft_exponential_params *p)
{
    if (p->alpha == 0)
        return pass(dy, y);
    if (p->alpha < 0)
        return product_where(is_far_left(p->alpha * y), dy, v_exp(p->alpha * y));
    return dy * v_fma(v_splat(p->alpha), y - p->alpha, ONE);
}

/* Series for the x where the closed forms cancel.  For alpha > 0, with t = alpha x: 1 + x^2 sum_{k>=2} (k - 1) t^(k-2) / k! */
WORD vf soft_exponential_series(vf x, float alpha)
{
    const vf t = alpha * x;
    vf s = v_splat(0x1.b4e81cp-8f); /* 5/6! = 1/144, then 4/5!, 3/4!, 2/3!, 1/2! */
    s = v_fma(s, t, v_splat(0x1.111112p-5f));
    s = v_fma(s, t, v_splat(0.125f));
    s = v_fma(s, t, v_splat(0x1.555556p-2f));
    s = v_fma(s, t, v_splat(0.5f));
    return v_fma(x, x * s, ONE);
}
/* For alpha < 0, with r = 1 / u, h = 1 / (2 + v) and z = v h, which is tanh(ln u / 2):
 * ln u - v r = v^2 (h r + 2 h^2 z (1/3 + z^2/5 + z^4/7 + ...)), and v^2 is alpha^2 (x + alpha)^2. */
WORD vf soft_log_series(struct soft_log s, vf r)
{
    const vf h = 1.0f / (1.0f + s.u), z = s.v * h, square = z * z;
    vf q = v_splat(0x1.3b13b2p-4f);
    q = v_fma(q, square, v_splat(0x1.745d18p-4f));
    q = v_fma(q, square, v_splat(0x1.c71c72p-4f));
    q = v_fma(q, square, v_splat(0x1.24924ap-3f));
    q = v_fma(q, square, v_splat(0x1.99999ap-3f));
    q = v_fma(q, square, v_splat(0x1.555556p-2f));
    return v_fma(s.sum, s.sum * (h * v_fma(2.0f * h * z, q, r)), r);
}
/* For alpha > 1 and t = alpha x > 64 the result is 1 + e^t (t - 1) / alpha^2.  92 ln 2 is subtracted from t up to three times,
 * and alpha is divided by 2^46 up to two times.  The third 2^92 multiplies the result, because alpha 2^-138 may be a subnormal
 * number.  The term 1 / alpha^2 is left out, because it does not count. */
PASS vf soft_exponential_far(vf x, float alpha)
{
    const vf limit = v_splat(280.0f), product = alpha * x, t = v_min(limit, product);
    const vm second = v_lt(v_splat(128.0f), t), third = v_lt(v_splat(192.0f), t);
    const vf shifts = v_select(third, v_splat(3.0f), v_select(second, v_splat(2.0f), ONE));
    const vf low = v_where(v_lt(product, limit), v_fma(v_splat(alpha), x, -product)) - shifts * SHIFT_LOW;
    const vf power = v_exp(v_fma(shifts, v_splat(-SHIFT_HIGH), t));
    const float once = alpha * 0x1p-46f, twice = once * 0x1p-46f;
    const vf divisor = v_select(second, v_splat(twice), v_splat(once)); /* `third` is `second` too */
    const vf result = v_fma(power, low, power) * (t - 1.0f) / divisor / divisor;
    return 1.0f + v_select(third, result * 0x1p92f, result);
}
WORD vf act_soft_exponential_d_alpha(vf x, vf dy, const struct soft_exponential_params *p)
{
    const vf alpha = v_splat(p->alpha);
    if (p->alpha < 0) {
        /* ln u / alpha^2 + (x + 2 alpha) / (alpha u), over one denominator.  At the pole both terms are infinite, and the result
         * is +inf. */
        const struct soft_log s = soft_log_of(x, p->alpha);
        const struct pair far = exact_sum(s.sum, alpha);
        const vf n = alpha * far.high, n_low = v_fma(alpha, far.high, -n) + alpha * (far.low + s.sum_low);
        /* Where u overflows, u is -alpha sum. */
        const vm beyond = v_eq(s.u, v_splat(INFINITY));
        const vf at_most = v_splat(FLT_MAX);
        const vf r = 1.0f / s.u, q = v_select(beyond, -v_min(at_most, far.high) / v_min(at_most, s.sum), n * r);
        const vf rest = v_select(beyond, ZERO, (v_fma(-q, s.u, n) + n_low) * r);
        const vf both = soft_log_value(s, p->alpha) + q + rest;
        const vm pole = m_and(v_le(ZERO, s.u), v_eq(q, v_splat(INFINITY)));
        vf slope = v_select(pole, v_splat(INFINITY), both / alpha / alpha);
        if (p->alpha < -0x1p60f) { /* where n may overflow before alpha^2 divides it */
            const vf log = soft_log_value(s, p->alpha) / alpha / alpha;
            slope = v_select(beyond, slope, v_select(v_eq(s.u, ZERO), v_splat(INFINITY), log + far.high / alpha / s.u));
        }
        if (p->alpha > -0.25f) { /* elsewhere the remaining 1 / u is larger than the parts that cancel */
            const vm near = m_and(v_lt(v_splat(-0.5f), s.v), v_lt(s.v, ONE));
            slope = v_select(near, soft_log_series(s, r), slope);
        }
        return dy * slope;
    }
    if (p->alpha == 0)
        return dy * v_fma(x, 0.5f * x, ONE);
    const struct pair t = exact_product(alpha, x);
    vf slope = 1.0f - expm1_minus_t_exp(t) / alpha / alpha;
    if (p->alpha > 1) { /* a part may overflow before alpha^2 divides it */
        const vm big = v_lt(v_splat(64.0f), t.high);
        if (__builtin_expect(m_any(big) != 0, 0))
            slope = v_select(big, soft_exponential_far(x, p->alpha), slope);
    }
    const vm small = v_lt(v_splat(fabsf(p->alpha)) * (1.0f + v_abs(x)), v_splat(0x1p-4f));
    return dy * v_select(small, soft_exponential_series(x, p->alpha), slope);
}

#endif
