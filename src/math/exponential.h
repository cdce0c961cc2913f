/* SPDX-License-Identifier: MIT */
/* The exponential, tanh, and the units with an exponential branch. */
#ifndef ACTFN_EXPONENTIAL_H
#define ACTFN_EXPONENTIAL_H

#include "math/helpers.h"
#include "math/sigmoid.h"

/* ---- exp, log, gaussian -------------------------------------------------------------------------------------- */

WORD vf act_exp(vf x) { return v_exp(x); }
/* True where e^x times dy may be subnormal. */
WORD vm is_far_left(vf x) { return v_lt(x, v_splat(-42.0f)); }
WORD vf act_exp_grad(vf x, vf dy)
{
    if (any_far(is_far_left(x)))
        return tiny_product(dy, v_exp(x));
    return dy * v_exp_normal(v_min(v_splat(100.0f), x));
}
WORD vf act_exp_grad_y(vf y, vf dy) { return product_where(is_small(y), dy, y); }

WORD vf act_log(vf x) { return v_log(x); }
/* Beyond 2^100 1 / x, or its product with dy, may be subnormal. */
WORD vf act_log_grad(vf x, vf dy)
{
    const vm far = v_lt(v_splat(0x1p100f), v_abs(x)), negative = v_lt(x, ZERO);
    vf z = x;
    if (any_far(far))
        z = v_select(far, ONE, x);
    const vf slope = 1.0f / z;
    if (any_far(far)) {
        const vf part = v_select(far, v_abs(x), v_splat(0x1p100f)) * 0x1p-64f, tail = tiny_quotient(ONE, part, 0x1p85f);
        return tiny_product(dy, v_select(negative, v_splat(NAN), v_select(far, tail, slope)));
    }
    return dy * v_select(negative, v_splat(NAN), slope);
}

/* e^(-x^2).  The square is a float and its rounding error, because rounding the square alone would cost x^2 ulp. */
WORD struct scaled gaussian_of(vf z)
{
    const vf high = z * z, low = v_fma(z, z, -high);
    struct scaled e = exp_scaled(-high);
    e.p = v_fma(e.p, e.low - low, e.p);
    return e;
}
WORD vf act_gaussian(vf x)
{
    const struct scaled e = gaussian_of(clamp(x, 15.0f));
    return scaled_by(e.p, e);
}
WORD vf act_gaussian_grad(vf x, vf dy)
{
    const vf z = clamp(x, 15.0f);
    const struct scaled e = gaussian_of(z);
    return product_where(e.far, dy, scaled_by(-2.0f * z * e.p, e));
}

/* ---- tanh ---------------------------------------------------------------------------------------------------- */

WORD vf act_tanh(vf x) { return v_tanh(x); }

/* 1 - tanh(t)^2 = 4e / (1 + e)^2, e = e^(-2|t|), as a factor and its scale.  1 - y^2 would cancel. */
WORD struct scaled tanh_slope_of(struct scaled e, struct pair t)
{
    e.low = e.low - v_copysign(v_splat(2.0f), t.high) * t.low;
    const struct scaled slope = { 4.0f * slope_of(e), ZERO, e.s, e.far };
    return slope;
}
WORD struct scaled tanh_slope_for(float factor, struct pair t, vf *far)
{
    return tanh_slope_of(exp_scaled_for(factor, -2.0f * v_abs(t.high), far), t);
}
WORD struct scaled tanh_slope_thrice(struct pair t, vf *shifts)
{
    return tanh_slope_of(exp_scaled_thrice(-2.0f * v_abs(t.high), shifts), t);
}
WORD struct scaled tanh_slope(struct pair t)
{
    vf far;
    return tanh_slope_for(1, t, &far);
}
WORD vf act_tanh_grad(vf x, vf dy)
{
    const struct scaled e = tanh_slope(without_rest(x));
    return product_where(e.far, dy, scaled_by(e.p, e));
}
WORD vf act_tanh_grad_y(vf y, vf dy) { return dy * ((1.0f - y) * (1.0f + y)); }

WORD vf act_scaled_tanh(vf x, const struct scaled_tanh_params *p)
{
    const vf z = for_factor(p->beta, x), t = p->beta * z, y = p->alpha * v_tanh(t);
    if (!(fabsf(p->alpha) > 4) || !(fabsf(p->beta) < 0x1p24f) || p->beta == 0)
        return y;
    /* Where t is subnormal, alpha would multiply the rounding error of t; f is alpha beta x there.  If alpha beta is not a
     * normal number, then beta is subnormal or alpha is huge, and alpha x is finite. */
    const float product = p->alpha * p->beta;
    const vf line = isnormal(product) ? product * z : p->alpha * z * v_splat(p->beta);
    return v_select(v_lt(v_abs(t), v_splat(0x1p-64f)), line, y);
}
WORD vf act_scaled_tanh_grad(vf x, vf dy, const struct scaled_tanh_params *p)
{
    const float product = p->alpha * p->beta;
    const struct pair t = exact_product(v_splat(p->beta), for_factor(p->beta, x));
    if (isinf(product)) { /* the larger factor comes first: no partial product overflows, or underflows too early */
        const int swap = fabsf(p->alpha) < fabsf(p->beta);
        const float larger = swap ? p->beta : p->alpha, smaller = swap ? p->alpha : p->beta;
        vf shifts;
        const struct scaled e = tanh_slope_thrice(t, &shifts);
        const vf second = v_select(v_le(v_splat(2.0f), shifts), v_splat(smaller * SHIFT_SCALE), v_splat(smaller));
        const vf third = v_select(v_le(v_splat(3.0f), shifts), v_splat(SHIFT_SCALE), ONE);
        return dy * (larger * e.s * e.p * second * third);
    }
    vf far;
    const struct scaled e = tanh_slope_for(product, t, &far);
    return product_where(e.far, dy, scaled_by(product * far * e.p, e));
}
WORD vf act_scaled_tanh_grad_y(vf y, vf dy, const struct scaled_tanh_params *p)
{
    /* For a tiny or a huge alpha, y^2 would overflow or underflow long before y^2 / alpha does.  So would the factor of beta. */
    const vf ratio = y / p->alpha;
    if (!(fabsf(p->alpha) > 0x1p-60f))
        return dy * (p->alpha * p->beta * v_fma(-ratio, ratio, ONE));
    if (!(fabsf(p->alpha) < 0x1p60f))
        return dy * (p->beta * (p->alpha - y * ratio));
    return dy * (p->beta * (p->alpha - y * y / p->alpha));
}
WORD vf act_scaled_tanh_d_alpha(vf x, vf dy, const struct scaled_tanh_params *p)
{
    return dy * v_tanh(p->beta * for_factor(p->beta, x));
}
WORD vf act_scaled_tanh_d_beta(vf x, vf dy, const struct scaled_tanh_params *p)
{
    if (p->beta == 0)
        return dy * (p->alpha * for_factor(p->alpha, x));
    const vf finite = clamp(x, FLT_MAX);
    const struct pair t = exact_product(v_splat(p->beta), x);
    const float ratio = p->alpha / p->beta * 0x1p7f; /* x alpha is t alpha / beta; beyond |t| = 2^7 the slope is 0 */
    if (fabsf(ratio) > 0x1p126f) {
        /* Where |t| > 32, x alpha is between 2^124 and 2^256, so 2^-128 x alpha is a float.  The rest of the scale is split
         * into two equal factors.  Where x alpha is smaller, no scale is needed. */
        vf shifts;
        const struct scaled e = tanh_slope_thrice(t, &shifts);
        const vf whole = finite * p->alpha, part = finite * 0x1p-64f * (p->alpha * 0x1p-64f);
        const vf half = v_scale(ONE, 64.0f - 46.0f * shifts);
        return dy * v_select(v_lt(v_splat(0x1p100f), v_abs(whole)), part * e.p * half * half, whole * e.p);
    }
    vf far;
    const struct scaled e = tanh_slope_for(ratio, t, &far);
    vf slope = ZERO;
    if (fabsf(ratio) > 0x1p60f) { /* x alpha may overflow before s multiplies the product */
        const vf part = clamp(finite * 0x1p-46f * (p->alpha * 0x1p-46f), FLT_MAX);
        slope = v_select(v_lt(e.s, ONE), part * e.p, finite * p->alpha * e.p) * far;
    } else {
        vf product = finite * e.p * p->alpha;
        if (fabsf(p->alpha) > 8) /* x e.p may be subnormal */
            product = clamp(finite * p->alpha, FLT_MAX) * e.p;
        slope = scaled_by(product, e);
    }
    return product_where(e.far, dy, slope);
}

/* x^3 P(x^2) where x - tanh x cancels: tools/coefficients.py, |x| <= 1.05, relative error 2^-25. */
WORD vf act_tanhshrink(vf x)
{
    const vf t = x * x;
    vf q = v_splat(0x1.3097d4p-13f);
    q = v_fma(q, t, v_splat(-0x1.97bd68p-11f));
    q = v_fma(q, t, v_splat(0x1.0d9f68p-9f));
    q = v_fma(q, t, v_splat(-0x1.17a4ep-8f));
    q = v_fma(q, t, v_splat(0x1.2f2402p-7f));
    q = v_fma(q, t, v_splat(-0x1.683f42p-6f));
    q = v_fma(q, t, v_splat(0x1.ba40a8p-5f));
    q = v_fma(q, t, v_splat(-0x1.11119ap-3f));
    q = v_fma(q, t, v_splat(0x1.555556p-2f));
    const vf m = t * q, m_low = v_fma(t, q, -m) + v_fma(x, x, -t) * q;
    return v_select(v_lt(v_abs(x), v_splat(1.05f)), v_fma(x, m, x * m_low), x - v_tanh(x));
}
WORD vf act_tanhshrink_grad(vf x, vf dy)
{
    const vf y = v_tanh(x);
    return dy * (y * y);
}

/* ---- elu, selu, celu ----------------------------------------------------------------------------------------- */

#define SELU_LAMBDA 0x1.0cfabep+0f
#define SELU_LAMBDA_ALPHA 0x1.c212ccp+0f

WORD vf act_selu(vf x) { return v_select(v_lt(ZERO, x), SELU_LAMBDA * x, SELU_LAMBDA_ALPHA * v_expm1(x)); }
WORD vf act_selu_grad(vf x, vf dy)
{
    const vm far = is_far_left(x);
    const vf left = product_where(far, v_splat(SELU_LAMBDA_ALPHA), v_exp(v_min(ZERO, x)));
    return product_where(far, dy, v_select(v_lt(ZERO, x), v_splat(SELU_LAMBDA), left));
}
WORD vf act_selu_grad_y(vf y, vf dy)
{
    return dy * v_select(v_lt(ZERO, y), v_splat(SELU_LAMBDA), y + SELU_LAMBDA_ALPHA);
}

WORD vf act_elu(vf x, const struct elu_params *p) { return v_select(v_lt(ZERO, x), x, p->alpha * v_expm1(x)); }
WORD vf act_elu_grad(vf x, vf dy, const struct elu_params *p)
{
    vf far;
    const struct scaled e = exp_scaled_for(p->alpha, v_min(ZERO, x), &far);
    const vf alpha = p->alpha * far, slope = scaled_by(v_fma(alpha, e.p, alpha * e.p * e.low), e);
    return v_select(v_lt(ZERO, x), dy, product_where(e.far, dy, slope));
}
WORD vf act_elu_grad_y(vf y, vf dy, const struct elu_params *p)
{
    return v_select(v_lt(ZERO, y), dy, dy * (y + p->alpha));
}
WORD vf act_elu_d_alpha(vf x, vf dy, const struct elu_params *p)
{
    (void)p;
    return zero_unless(v_le(x, ZERO), dy * v_expm1(x), x);
}

/* x / alpha as a float, and its rounding error. */
WORD struct pair exact_quotient(vf x, vf alpha)
{
    struct pair t;
    t.high = x / alpha;
    t.low = v_where(v_lt(v_abs(t.high), v_splat(256.0f)), v_fma(-t.high, alpha, x) / alpha);
    return t;
}

/* e^t, t = high + low. */
WORD vf exp_corrected(struct pair t)
{
    const vf e = v_exp(t.high);
    const vm far = is_far_left(t.high);
    vf near = e;
    if (any_far(far))
        near = v_select(far, ONE, e);
    const vf y = corrected(near, t.low, near);
    if (any_far(far))
        return v_select(far, tiny_corrected(v_select(far, e, ZERO), v_select(far, t.low, ZERO)), y);
    return y;
}

/* e^t - 1 = (p + low) s.  A small factor multiplies s first, so that the product does not overflow.  For t > 64, p is
 * e^(t - 92 ln 2). */
WORD struct scaled expm1_parts(struct pair t)
{
    const vm big = v_lt(v_splat(64.0f), t.high);
    const vf large = v_exp(v_where(big, t.high - SHIFT_HIGH)), e = v_expm1(t.high);
    struct scaled m;
    m.p = v_select(big, large, e);
    m.low = v_select(big, (t.low - SHIFT_LOW) * large, t.low * (e + 1.0f));
    m.s = v_select(big, v_splat(1.0f / SHIFT_SCALE), ONE);
    return m;
}
WORD struct scaled expm1_scaled(struct pair t)
{
    struct scaled m = expm1_parts(t);
    m.p = corrected(m.p, m.low, ONE);
    m.low = ZERO;
    return m;
}
WORD vf act_celu(vf x, const struct celu_params *p)
{
    const struct pair t = exact_quotient(x, v_splat(p->alpha));
    vm line = v_lt(ZERO, x);
    if (fabsf(p->alpha) > 2) /* alpha would multiply the rounding error of a subnormal t; f is x there */
        line = v_lt(v_select(line, ZERO, v_abs(t.high)), v_splat(0x1p-64f));
    const vf alpha = v_splat(p->alpha);
    if (p->alpha > 0) { /* the exponential is used for t < 0 only: nothing overflows, and one call is enough */
        const vf e = v_expm1(t.high);
        return v_select(line, x, factor_corrected(alpha, e, t.low * (e + 1.0f)));
    }
    const struct scaled m = expm1_parts(t);
    return v_select(line, x, factor_corrected(alpha * m.s, m.p, m.low));
}
WORD vf act_celu_grad(vf x, vf dy, const struct celu_params *p)
{
    const struct pair t = exact_quotient(x, v_splat(p->alpha));
    if (p->alpha > 0)
        return v_select(v_lt(ZERO, x), dy, product_where(is_far_left(t.high), dy, exp_corrected(t)));
    /* t > 0 here, and e^(t.high) alone may overflow. */
    const vm big = v_lt(v_splat(64.0f), t.high);
    const vf e = v_exp(v_max(ZERO, v_select(big, t.high - SHIFT_HIGH, t.high)));
    const vf slope = corrected(e, v_select(big, t.low - SHIFT_LOW, t.low), e);
    return v_select(v_lt(ZERO, x), dy, dy * (slope * v_select(big, v_splat(1.0f / SHIFT_SCALE), ONE)));
}
WORD vf act_celu_grad_y(vf y, vf dy, const struct celu_params *p)
{
    return v_select(v_lt(ZERO, y), dy, dy * (y / p->alpha + 1.0f));
}

/* expm1(x) - x: x^2 Q(x) on [-1, 1] (tools/coefficients.py, relative error 2^-27.5), where the difference cancels. */
WORD vf expm1_minus_x(vf x, vf expm1_of_x)
{
    vf q = v_splat(0x1.72d7eap-19f);
    q = v_fma(q, x, v_splat(0x1.a8e4bcp-16f));
    q = v_fma(q, x, v_splat(0x1.a031bep-13f));
    q = v_fma(q, x, v_splat(0x1.6c02f2p-10f));
    q = v_fma(q, x, v_splat(0x1.1110ccp-7f));
    q = v_fma(q, x, v_splat(0x1.55556ep-5f));
    q = v_fma(q, x, v_splat(0x1.555556p-3f));
    q = v_fma(q, x, v_splat(0x1p-1f));
    return v_select(v_le(v_abs(x), ONE), x * x * q, expm1_of_x - x);
}

/* expm1(t) - t e^t: (expm1(t) - t) - t expm1(t) on [-1, 1], e^t (1 - t) - 1 elsewhere; -inf where this overflows. */
WORD vf expm1_minus_t_exp(struct pair t)
{
    const vf inside = clamp(t.high, 1.0f), e = v_expm1(inside);
    const vf near = expm1_minus_x(inside, e) - inside * e;
    /* At -42 the value is -1 to the last bit. */
    const vf outside = v_max(v_splat(-42.0f), t.high), power = v_exp(outside);
    const vf far = v_fma(power, 1.0f - outside, -ONE);
    const vf value = v_select(v_le(v_abs(t.high), ONE), near, far);
    return corrected(value, t.low * outside, -power);
}
WORD vf act_celu_d_alpha(vf x, vf dy, const struct celu_params *p)
{
    return zero_unless(v_le(x, ZERO), dy * expm1_minus_t_exp(exact_quotient(x, v_splat(p->alpha))), x);
}

/* ---- xielu --------------------------------------------------------------------------------------------------- */

/* e - x for e = expm1(min(x, eps)).  Above eps, (e - eps) + (eps - x) does not cancel, unless eps is far below x; for such
 * an eps the plain difference e - x loses nothing. */
WORD vf xielu_negative(vf x, float eps, vf e)
{
    if (eps < -1)
        return e - x;
    const vf z = v_min(v_splat(eps), x);
    return expm1_minus_x(z, e) + v_where(v_lt(v_splat(eps), x), eps - x);
}
/* A scale for parameters whose sums and products may overflow or underflow although f does not.  The scale is 1/4 if a parameter
 * is large, and 2^75, for x > 1, if both are small.  The bits that the other parameter loses by the factor 1/4 do not count. */
WORD float xielu_scale(float a, float b, float small)
{
    if (fabsf(a) > 0x1p125f || fabsf(b) > 0x1p125f)
        return 0.25f;
    return fabsf(a) < 0x1p-100f && fabsf(b) < 0x1p-100f ? small : 1.0f;
}
PASS vf xielu_scaled(vf x, vf positive, vf near, vf e, const struct xielu_params *p)
{
    const float right = xielu_scale(p->alpha_p, p->beta, 0x1p75f), alpha_p = right * p->alpha_p;
    const float left = xielu_scale(p->alpha_n, p->beta, 1), alpha_n = left * p->alpha_n;
    const float slope = left * p->beta - alpha_n;
    const vf line = v_fma(v_splat(alpha_p), for_factor(alpha_p, x), v_splat(right * p->beta));
    const vf scaled = v_where(v_ne(line, ZERO), line * (x * (1.0f / right)));
    const vf far = v_fma(v_splat(alpha_n), e, v_splat(slope) * for_factor(slope, x)) * (1.0f / left);
    const vf outer = v_select(v_lt(right > 1 ? ONE : ZERO, x), scaled, positive);
    return v_select(v_lt(ZERO, x), outer, v_select(v_lt(x, -ONE), far, near));
}
WORD vf act_xielu(vf x, const struct xielu_params *p)
{
    const vf e = v_expm1(v_min(v_splat(p->eps), x));
    const vf line = v_fma(v_splat(p->alpha_p), for_factor(p->alpha_p, x), v_splat(p->beta));
    const vf positive = v_where(v_ne(line, ZERO), line * x);
    const vf near = v_fma(v_splat(p->alpha_n), xielu_negative(x, p->eps, e), p->beta * x);
    const vf slope = v_splat(p->beta - p->alpha_n);
    const vf far = v_fma(v_splat(p->alpha_n), e, slope * for_factor(p->beta - p->alpha_n, x));
    if ((xielu_scale(p->alpha_p, p->beta, 0) != 1) || (xielu_scale(p->alpha_n, p->beta, 1) != 1))
        return xielu_scaled(x, positive, near, e, p);
    return v_select(v_lt(ZERO, x), positive, v_select(v_lt(x, -ONE), far, near));
}
WORD vf act_xielu_cancelling(vf x, const struct xielu_params *p)
{
    const vf a = v_abs(x), near = v_min(a, ONE), e = v_min(v_max(a, v_splat(-p->eps)), ONE);
    const vf left = fabsf(p->alpha_n) * (e + near) + fabsf(p->beta) * near;
    return v_select(v_lt(ZERO, x), (2.0f * fabsf(p->beta)) * a, left);
}
WORD vf act_xielu_grad(vf x, vf dy, const struct xielu_params *p)
{
    const vf positive = twice_product_plus(p->alpha_p, for_factor(p->alpha_p, x), p->beta);
    const vf negative = v_fma(v_splat(p->alpha_n), v_expm1(x), v_splat(p->beta));
    return dy * v_select(v_lt(ZERO, x), positive, negative);
}
WORD vf act_xielu_d_alpha_p(vf x, vf dy, const struct xielu_params *p)
{
    (void)p;
    return zero_unless(v_lt(ZERO, x), dy * (x * x), x);
}
WORD vf act_xielu_d_alpha_n(vf x, vf dy, const struct xielu_params *p)
{
    return zero_unless(v_le(x, ZERO), dy * xielu_negative(x, p->eps, v_expm1(v_min(v_splat(p->eps), x))), x);
}

/* ---- mish ---------------------------------------------------------------------------------------------------- */

/* tanh(ln(1 + w)) = n / (n + 2), n = w (w + 2), w = e^x. */
struct mish_parts {
    struct scaled w;
    struct pair d; /* n + 2 */
    vf whole, r;   /* w as a float, or 0 where w does not count beside 1; 1 / (n + 2) */
};
WORD struct mish_parts mish_of(vf z)
{
    struct mish_parts m;
    m.w = exp_scaled(z);
    m.w.p = v_fma(m.w.p, m.w.low, m.w.p);
    m.whole = beside_one(m.w, m.w.p);
    m.d = exact_sum(v_fma(m.whole, m.whole, 2.0f * m.whole), v_splat(2.0f));
    m.r = reciprocal(m.d).high;
    return m;
}
WORD vf mish_argument(vf x) { return v_min(v_splat(20.0f), v_max(v_splat(-120.0f), x)); }

WORD vf act_mish(vf x)
{
    const vf z = mish_argument(x);
    const struct mish_parts m = mish_of(z);
    const vf n = v_fma(m.w.p, m.whole, 2.0f * m.w.p);
    return v_select(v_lt(v_splat(20.0f), x), x, scaled_by(z * quotient(n, m.d, m.r), m.w));
}
WORD vf act_mish_grad(vf x, vf dy)
{
    const vf z = mish_argument(x);
    const struct mish_parts m = mish_of(z);
    /* w / (n + 2) times (w + 2) + 4x (1 + w) / (n + 2) */
    const vf inner = v_fma(4.0f * v_fma(z, m.whole, z), m.r, m.whole + 2.0f);
    const vf slope = scaled_by(quotient(m.w.p, m.d, m.r) * inner, m.w);
    return product_where(m.w.far, dy, v_select(v_lt(v_splat(20.0f), x), ONE, slope));
}

#endif
