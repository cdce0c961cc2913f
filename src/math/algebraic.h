/* SPDX-License-Identifier: MIT */
/* Roots and quotients, powers, and the circular functions. */
#ifndef ACTFN_ALGEBRAIC_H
#define ACTFN_ALGEBRAIC_H

#include "math/helpers.h"
#include "math/power_parts.h"
#include "math/sigmoid.h"

/* ---- softsign ------------------------------------------------------------------------------------------------ */

/* 1 + b for 0 <= b, and its rounding error. */
WORD struct pair one_plus(vf b)
{
    struct pair d;
    d.high = 1.0f + b;
    d.low = v_select(v_lt(b, ONE), b - (d.high - 1.0f), v_where(v_lt(b, v_splat(0x1p62f)), 1.0f - (d.high - b)));
    return d;
}
/* Beyond 2^76 f' is 0, and f is 1 already. */
WORD vf softsign_argument(vf x) { return v_min(v_splat(0x1p76f), v_abs(x)); }

WORD vf act_softsign(vf x)
{
    const vf b = softsign_argument(x);
    const struct pair d = one_plus(b);
    return v_copysign(quotient(b, d, 1.0f / d.high), x);
}
WORD vf act_softsign_grad(vf x, vf dy)
{
    const vf a = softsign_argument(x), r = reciprocal(one_plus(a)).high;
    const vm far = v_lt(v_splat(0x1p30f), a);
    return product_where(far, dy, product_where(far, r, r));
}
WORD vf act_softsign_grad_y(vf y, vf dy)
{
    const vf u = 1.0f - v_abs(y);
    return dy * (u * u);
}

/* ---- bent_identity ------------------------------------------------------------------------------------------- */

/* a b + c as a float, and its rounding error. */
WORD struct pair square_plus(vf a, vf b, vf c)
{
    const vf m = a * b;
    struct pair w = exact_sum(m, c);
    w.low = w.low + v_fma(a, b, -m);
    return w;
}
WORD vf act_bent_identity(vf x)
{
    const vf square = x * x, r = v_sqrt(v_fma(x, x, ONE));
    const vf far = v_select(v_lt(x, ZERO), 0.5f * x, 1.5f * x);
    const vf near = v_select(v_eq(x, ZERO), x, x + square / v_fma(v_splat(2.0f), r, v_splat(2.0f)));
    return v_select(v_lt(v_splat(0x1p31f), v_abs(x)), far, near);
}
WORD vf act_bent_identity_grad(vf x, vf dy)
{
    /* Beyond 2^31 the quotient rounds to 1/2, so the clamp changes no result. */
    const vf z = clamp(x, 0x1p31f);
    return dy * v_fma(0.5f * z, inverse_root(square_plus(z, z, ONE)).high, ONE);
}

/* ---- square, sqrt, pow --------------------------------------------------------------------------------------- */

WORD vf act_square(vf x) { return x * x; }
WORD vf act_square_grad(vf x, vf dy) { return dy * (x + x); }

WORD vf act_sqrt(vf x) { return v_sqrt(x); }
/* 1 / (2 sqrt x).  A power of two brings x into the range where inverse_root has an error of half an ulp. */
WORD vf act_sqrt_grad(vf x, vf dy)
{
    const vm tiny = v_lt(x, v_splat(0x1p-60f)), huge = v_lt(v_splat(0x1p60f), x);
    const vf k = v_select(tiny, v_splat(0x1p80f), v_select(huge, v_splat(0x1p-80f), ONE));
    const vf root = v_select(tiny, v_splat(0x1p39f), v_select(huge, v_splat(0x1p-41f), v_splat(0.5f)));
    return dy * (root * inverse_root(without_rest(x * k)).high);
}
WORD vf act_sqrt_grad_y(vf y, vf dy) { return dy * (0.5f / y); }

/* True where x is neither 0 nor infinite nor NaN. */
WORD vm is_ordinary(vf x) { return m_and(v_lt(ZERO, v_abs(x)), v_lt(v_abs(x), v_splat(INFINITY))); }

/* True where the power of an ordinary x has left the normal floats and the factor moves the product back towards them.  A large
 * factor does so for a power that is too small, a small factor for an infinite power. */
WORD vm power_is_out(vf x, vf power, float exponent, float factor)
{
    const vf a = v_abs(power);
    if (fabsf(factor) > 2)
        return m_and(v_lt(a, v_splat(FLT_MIN)), v_ne(v_abs(x), v_splat(exponent > 0 ? 0.0f : INFINITY)));
    return m_and(v_eq(a, v_splat(INFINITY)), v_ne(v_abs(x), v_splat(exponent > 0 ? INFINITY : 0.0f)));
}
WORD int power_may_be_out(float factor) { return !(fabsf(factor) >= 1 && fabsf(factor) <= 2); }

WORD vf act_pow(vf x, const struct pow_params *p)
{
    const vf power = p->beta == 1.0f ? x : v_pow(x, v_splat(p->beta));
    const float least = fabsf(p->alpha) < 0x1p-60f ? INFINITY : 0x1p-60f;
    vf y = power;
    if (p->alpha != 1.0f)
        y = product_where(u_above(u_bits(v_splat(least)), u_bits(v_abs(power))), v_splat(p->alpha), power);
    if (p->alpha == 0) { /* a power of 0 may be infinite; a power of another x counts as finite */
        const vm large = m_and(v_ne(x, ZERO), v_eq(v_abs(power), v_splat(INFINITY)));
        y = v_select(large, p->alpha * v_copysign(ONE, power), y);
    } else if (p->beta != 1.0f && power_may_be_out(p->alpha)) {
        const vm out = power_is_out(x, power, p->beta, p->alpha);
        if (__builtin_expect(m_any(out) != 0, 0))
            y = v_select(out, v_copysign(power_of_parts(x, p->beta, 0, p->alpha, 1), y), y);
    }
    return v_select(v_ne(x, x), x, y);
}
/* alpha beta x^(beta - 1).  The function corrects the rounding error of beta - 1, because ln x multiplies an error of the
 * exponent.  The function also corrects the rounding error of alpha beta. */
WORD vf act_pow_grad(vf x, vf dy, const struct pow_params *p)
{
    if (p->beta == 0)
        return v_where(v_ne(x, x), x);
    const float exponent = p->beta - 1.0f;
    const float low = exponent == -1 ? p->beta : (float)((double)p->beta - 1.0 - (double)exponent);
    const struct pair factor = { v_splat(p->alpha * p->beta),
                                 v_fma(v_splat(p->alpha), v_splat(p->beta), v_splat(-(p->alpha * p->beta))) };
    vf y = v_pow(x, v_splat(exponent));
    /* From 2^24 on, every float is even.  So beta is even and beta - 1 is odd, but beta - 1 may round to an even float. */
    if (fabsf(p->beta) >= 0x1p24f)
        y = v_copysign(y, x);
    if (exponent == -1) /* the rounded exponent is a whole number, but the exact exponent is not */
        y = v_select(m_and(v_lt(x, ZERO), v_lt(v_splat(-INFINITY), x)), v_splat(NAN), v_abs(y));
    vf rest = factor.low;
    if (low != 0)
        rest = v_fma(factor.high, v_where(is_ordinary(x), low * v_log(v_abs(x))), rest);
    vf slope = corrected(y * factor.high, rest, y);
    const float product = p->alpha * p->beta, sign = copysignf(1.0f, p->alpha) * copysignf(1.0f, p->beta);
    if (p->alpha == 0) {
        const vm large = m_and(v_ne(x, ZERO), v_eq(v_abs(y), v_splat(INFINITY)));
        slope = v_select(large, product * v_copysign(ONE, y), slope);
    } else if (p->beta != 1.0f && !isnormal(product)) { /* for x = 0 and infinite x the power is 0 or infinite too */
        const vf sure = v_copysign(power_of_parts(x, exponent, low, p->alpha, p->beta), sign * y);
        slope = v_select(m_and(is_ordinary(x), v_eq(y, y)), sure, sign * y);
    } else if (power_may_be_out(product)) {
        const vm out = power_is_out(x, y, exponent, product);
        if (__builtin_expect(m_any(out) != 0, 0))
            slope = v_select(out, v_copysign(power_of_parts(x, exponent, low, p->alpha, p->beta), sign * y), slope);
    }
    return pass(dy * slope, x);
}

/* ---- arctan, sin, sinc --------------------------------------------------------------------------------------- */

WORD vf act_arctan(vf x) { return v_atan(x); }
/* 1 / (1 + x^2), scaled so that x^2 does not overflow before the result underflows. */
WORD vf act_arctan_grad(vf x, vf dy)
{
    const vm big = v_lt(v_splat(0x1p40f), v_abs(x));
    const vf scale = v_select(big, v_splat(0x1p-40f), ONE), scale2 = scale * scale;
    const vf z = clamp(x, 0x1p76f) * scale, square = v_fma(z, z, scale2);
    const vm far = v_lt(v_splat(0x1p30f), v_abs(x));
    if (any_far(far)) {
        const vm tiny = v_lt(v_splat(0x1p60f), v_abs(x));
        const vf slope = scale2 / v_select(tiny, ONE, square);
        return product_where(far, dy, v_select(tiny, tiny_quotient(ONE, square, 0x1p69f), slope));
    }
    return dy * (scale2 / square);
}

WORD vf act_sinusoid(vf x) { return v_sin(x); }
WORD vf act_sinusoid_grad(vf x, vf dy) { return dy * v_cos(x); }

WORD vf act_sinc(vf x)
{
    const vf y = v_select(v_eq(x, ZERO), ONE, v_sin(x) / x);
    return v_select(v_eq(v_abs(x), v_splat(INFINITY)), ZERO, y);
}
/* x R(x^2) where x cos x - sin x cancels: tools/coefficients.py, |x| <= 1.5, relative error 2^-25. */
WORD vf act_sinc_grad(vf x, vf dy)
{
    const vf t = x * x, a = v_abs(x);
    vf q = v_splat(0x1.2e5c6ap-24f);
    q = v_fma(q, t, v_splat(-0x1.59def4p-21f));
    q = v_fma(q, t, v_splat(0x1.7f3ed2p-16f));
    q = v_fma(q, t, v_splat(-0x1.38403ap-10f));
    q = v_fma(q, t, v_splat(0x1.11117cp-5f));
    q = v_fma(q, t, v_splat(-0x1.555556p-2f));
    const vf slope = v_select(v_lt(a, v_splat(1.5f)), x * q, (v_cos(x) - v_sin(x) / x) / x);
    return dy * v_select(v_eq(a, v_splat(INFINITY)), ZERO, slope);
}

#endif
