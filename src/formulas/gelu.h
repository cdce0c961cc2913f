/* SPDX-License-Identifier: MIT */
/*
 * GELU, exact and by tanh, with both tails to full relative accuracy.
 *
 * The upper tail of the normal distribution, Phi(-a) for a >= 0, is e^(-a^2/2) P(a) with P smooth and between 1/2 and
 * 0.026: a polynomial in v = (a - 4) / (a + 4), tools/coefficients.py, relative error 2^-25.7 on [0, 15].  Beside
 * SLEEF's erfc it costs a fifth, and it keeps what erfc's rounded argument -x/sqrt(2) would lose, up to 100 ulp.
 */

struct normal_tail {
    vf a;           /* |x|, at most 15 */
    struct scaled e; /* e^(-a^2/2) */
    vf p;           /* P(a) */
};

WORD struct normal_tail normal_tail_of(vf x)
{
    struct normal_tail t;
    t.a = v_min(v_splat(15.0f), v_abs(x));
    const vf square = t.a * t.a, low = v_fma(t.a, t.a, -square);
    t.e = exp_scaled(-0.5f * square);
    t.e.p = v_fma(t.e.p, -0.5f * low, t.e.p);

    const vf v = (t.a - 4.0f) / (t.a + 4.0f);
    vf q = v_splat(-0x1.02807ap-16f);
    q = v_fma(q, v, v_splat(-0x1.213434p-16f));
    q = v_fma(q, v, v_splat(-0x1.797c44p-15f));
    q = v_fma(q, v, v_splat(-0x1.30738ap-13f));
    q = v_fma(q, v, v_splat(0x1.5388d6p-11f));
    q = v_fma(q, v, v_splat(0x1.02354ep-11f));
    q = v_fma(q, v, v_splat(-0x1.1660p-7f));
    q = v_fma(q, v, v_splat(0x1.f9babp-6f));
    q = v_fma(q, v, v_splat(-0x1.25b64ep-4f));
    q = v_fma(q, v, v_splat(0x1.fd74fp-4f));
    q = v_fma(q, v, v_splat(-0x1.5cf97cp-3f));
    t.p = v_fma(q, v, v_splat(0x1.82b4bcp-4f));
    return t;
}

WORD vf act_gelu(vf x)
{
    const struct normal_tail t = normal_tail_of(x);
    const vf left = -t.a * t.p * t.e.p * t.e.s;
    const vf right = x * (1.0f - t.p * t.e.p * t.e.s);
    return v_select(v_lt(x, ZERO), left, right);
}

/* Phi(x) + x phi(x): for x < 0 it is e (P - a / sqrt(2 pi)), for x > 0 one minus that. */
WORD vf act_gelu_grad(vf x, vf dy)
{
    const struct normal_tail t = normal_tail_of(x);
    const vf left = v_fma(-t.a, v_splat(0x1.988454p-2f), t.p) * t.e.p * t.e.s;
    return dy * v_select(v_lt(x, ZERO), left, 1.0f - left);
}

/* ---- by tanh: x s(w), w = 2 sqrt(2/pi) (x + 0.044715 x^3) ---------------------------------------------------- */

#define GELU_TANH_A 0x1.988454p+0f /* 2 sqrt(2/pi) and what a float lacks of it */
#define GELU_TANH_A_LOW -0x1.857936p-25f
#define GELU_TANH_B 0x1.2444f2p-4f /* the same times 0.044715 */
#define GELU_TANH_B_LOW 0x1.49b16ap-29f

/* w as a float and its rest, for |z| <= 12: an error of w is an error of e^w, and |w| reaches 90. */
WORD struct product gelu_tanh_exponent(vf z)
{
    const vf a = v_splat(GELU_TANH_A), b = v_splat(GELU_TANH_B);
    const vf square = z * z, square_low = v_fma(z, z, -square);
    const vf q = v_fma(b, square, a);
    vf q_low = v_fma(b, square, a - q);
    q_low = q_low + v_fma(b, square_low, v_fma(v_splat(GELU_TANH_B_LOW), square, v_splat(GELU_TANH_A_LOW)));
    struct product w;
    w.high = z * q;
    w.low = v_fma(z, q, -w.high) + z * q_low;
    return w;
}

WORD vf act_gelu_tanh(vf x)
{
    const vf z = v_max(v_splat(-12.0f), x);
    return times_sigmoid(z, logistic_of_product(gelu_tanh_exponent(v_min(v_splat(12.0f), z))));
}

/* s(w) (1 + x w' s(-w)), w' = A + 3 B x^2 */
WORD vf act_gelu_tanh_grad(vf x, vf dy)
{
    const vf z = clamp(x, 12.0f);
    const struct logistic l = logistic_of_product(gelu_tanh_exponent(z));
    const vf slope = v_fma(v_splat(3.0f * GELU_TANH_B), z * z, v_splat(GELU_TANH_A));
    return dy * times_sigmoid_grad(z * slope, l);
}
