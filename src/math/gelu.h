/* SPDX-License-Identifier: MIT */
/*
 * GELU, exact and by tanh, with both tails to full relative accuracy.
 *
 * For a >= 1, the upper tail of the normal distribution is Phi(-a) = e^(-a^2/2) S(v) / (a + 4).  S is smooth and between
 * 1.4 and 0.4: a polynomial in v = (a - 4) / (a + 4), with relative error 2^-25.7 on [1, 15].  For a < 1, Phi(x) = 1/2 +
 * x R(x^2), with relative error 2^-25.1 (tools/coefficients.py).  SLEEF's erfc is not used, because it would multiply the
 * rounding error of its argument u = -x/sqrt(2) by 2u^2.
 */
#ifndef ACTFN_GELU_H
#define ACTFN_GELU_H

#include "math/helpers.h"
#include "math/sigmoid.h"

struct normal {
    vf a;            /* |x|, at most 15 */
    vf middle;       /* x R(x^2), for a < 1 */
    vf series;       /* S(v), for a >= 1 */
    struct pair d;   /* a + 4 */
    vf r;            /* 1 / (a + 4) */
    struct scaled e; /* e^(-a^2/2); `low` contains the rounding error of a^2 */
    vf whole;        /* e^(-a^2/2) is whole e.s */
};

WORD struct normal normal_of(vf x)
{
    struct normal n;
    n.a = v_min(v_splat(15.0f), v_abs(x));
    const vf square = n.a * n.a, low = v_fma(n.a, n.a, -square);
    n.e = exp_scaled(-0.5f * square);
    n.e.low = v_fma(v_splat(-0.5f), low, n.e.low);
    n.whole = v_fma(n.e.p, n.e.low, n.e.p);

    vf r = v_splat(0x1.40d39ep-16f);
    r = v_fma(r, square, v_splat(-0x1.147b66p-14f));
    r = v_fma(r, square, v_splat(0x1.7a175ap-13f));
    r = v_fma(r, square, v_splat(-0x1.404a6p-10f));
    r = v_fma(r, square, v_splat(0x1.47166p-7f));
    r = v_fma(r, square, v_splat(-0x1.105902p-4f));
    r = v_fma(r, square, v_splat(0x1.988454p-2f));
    n.middle = v_copysign(n.a, x) * r;

    n.d.high = n.a + 4.0f;
    n.d.low = v_select(v_lt(n.a, v_splat(4.0f)), n.a - (n.d.high - 4.0f), 4.0f - (n.d.high - n.a));
    const struct pair inverse = reciprocal(n.d);
    n.r = inverse.high;
    const vf v = v_fma(v_splat(-8.0f), inverse.high, ONE) - 8.0f * inverse.low;
    vf q = v_splat(0x1.34736ep-13f);
    q = v_fma(q, v, v_splat(0x1.84bd2p-10f));
    q = v_fma(q, v, v_splat(-0x1.c9ce0ep-9f));
    q = v_fma(q, v, v_splat(-0x1.ec2702p-8f));
    q = v_fma(q, v, v_splat(0x1.eecdcep-5f));
    q = v_fma(q, v, v_splat(-0x1.7e0032p-3f));
    q = v_fma(q, v, v_splat(0x1.8c6d9cp-2f));
    q = v_fma(q, v, v_splat(-0x1.373e3ap-1f));
    n.series = v_fma(q, v, v_splat(0x1.82b4bcp-1f));
    return n;
}

WORD vf act_gelu(vf x)
{
    const struct normal n = normal_of(x);
    /* a S / (a + 4) e: the rounding errors of the products, of the quotient and of e are added, so the result rounds once. */
    const vf m = n.a * n.series, m_low = v_fma(n.a, n.series, -m), q = m * n.r;
    const vf q_low = (v_fma(-q, n.d.low, v_fma(-q, n.d.high, m)) + m_low) * n.r + q * n.e.low;
    const vf left = scaled_by(-v_fma(q, n.e.p, q_low * n.e.p), n.e);
    const vf right = x * (1.0f - beside_one(n.e, n.series * n.r * n.whole));
    const vf outer = v_select(v_lt(x, ZERO), left, right);
    return v_select(v_lt(n.a, ONE), x * (0.5f + n.middle), outer);
}

/* Phi(x) + x phi(x).  For x <= -1 this is e (P - a / sqrt(2 pi)) with P = S / (a + 4).  For x >= 1 the result is 1 minus the
 * value at -x. */
WORD vf act_gelu_grad(vf x, vf dy)
{
    const struct normal n = normal_of(x);
    const vf density = v_splat(0x1.988454p-2f); /* 1 / sqrt(2 pi) */
    const vf left = v_fma(-n.a, density, n.series * n.r) * n.whole;
    const vf outer = v_select(v_lt(x, ZERO), scaled_by(left, n.e), 1.0f - beside_one(n.e, left));
    const vf inner = v_fma(density * x, n.whole, 0.5f + n.middle);
    return product_where(n.e.far, dy, v_select(v_lt(n.a, ONE), inner, outer));
}

/* ---- by tanh: x s(w), w = 2 sqrt(2/pi) (x + 0.044715 x^3) ---------------------------------------------------- */

#define GELU_TANH_A 0x1.988454p+0f /* 2 sqrt(2/pi), and its rounding error */
#define GELU_TANH_A_LOW -0x1.857936p-25f
#define GELU_TANH_B 0x1.2444f2p-4f /* the same times 0.044715 */
#define GELU_TANH_B_LOW 0x1.49b16ap-29f

/* w as a float and its rounding error, for |z| <= 12.  e^w multiplies a relative error of w by |w|, which reaches 90. */
WORD struct pair gelu_tanh_exponent(vf z)
{
    const vf a = v_splat(GELU_TANH_A), b = v_splat(GELU_TANH_B);
    const vf square = z * z, square_low = v_fma(z, z, -square);
    const vf cubic = b * square, cubic_low = v_fma(b, square, -cubic);
    const struct pair q = exact_sum(cubic, a);
    const vf constants = v_fma(v_splat(GELU_TANH_B_LOW), square, v_splat(GELU_TANH_A_LOW));
    const vf q_low = q.low + cubic_low + v_fma(b, square_low, constants);
    struct pair w;
    w.high = z * q.high;
    w.low = v_fma(z, q.high, -w.high) + z * q_low;
    return w;
}

WORD vf act_gelu_tanh(vf x)
{
    const vf z = v_max(v_splat(-12.0f), x);
    return times_sigmoid(z, z, logistic_of(gelu_tanh_exponent(v_min(v_splat(12.0f), z))));
}

/* s(w) (1 + x w' s(-w)), w' = A + 3 B x^2 */
WORD vf act_gelu_tanh_grad(vf x, vf dy)
{
    const vf z = clamp(x, 12.0f);
    const struct logistic l = logistic_of(gelu_tanh_exponent(z));
    const vf slope = v_fma(v_splat(3.0f * GELU_TANH_B), z * z, v_splat(GELU_TANH_A));
    return times_sigmoid_grad_dy(dy, z * slope, l);
}

#endif
