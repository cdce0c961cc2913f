/* SPDX-License-Identifier: MIT */
/* Roots and quotients, powers, and the circular functions. */

/* ---- softsign ------------------------------------------------------------------------------------------------ */

/* 1 / (1 + b) for 0 <= b, with the rounding error of 1 + b made good. */
struct reciprocal {
    vf d, low, r; /* 1 + b = d + low; r = 1 / (d + low) */
};
WORD struct reciprocal reciprocal_of_one_plus(vf b)
{
    struct reciprocal q;
    q.d = 1.0f + b;
    q.low = v_select(v_lt(b, ONE), b - (q.d - 1.0f), 1.0f - (q.d - b));
    const vf r = 1.0f / q.d;
    q.r = v_fma(r, v_fma(-r, q.d, ONE) - r * q.low, r);
    return q;
}
WORD vf softsign_argument(vf x) { return v_min(v_splat(FLT_MAX), v_abs(x)); }

WORD vf act_softsign(vf x)
{
    const vf b = softsign_argument(x);
    const struct reciprocal q = reciprocal_of_one_plus(b);
    const vf y = b * q.r;
    return v_copysign(v_fma(v_fma(-y, q.low, v_fma(-y, q.d, b)), q.r, y), x);
}
WORD vf act_softsign_grad(vf x, vf dy)
{
    const vf r = reciprocal_of_one_plus(softsign_argument(x)).r;
    return dy * (r * r);
}
WORD vf act_softsign_grad_y(vf y, vf dy)
{
    const vf u = 1.0f - v_abs(y);
    return dy * (u * u);
}

/* ---- bent_identity ------------------------------------------------------------------------------------------- */

WORD vf act_bent_identity(vf x)
{
    const vf square = x * x, r = v_sqrt(v_fma(x, x, ONE));
    const vf far = v_select(v_lt(x, ZERO), 0.5f * x, 1.5f * x);
    const vf near = v_select(v_eq(x, ZERO), x, x + square / v_fma(v_splat(2.0f), r, v_splat(2.0f)));
    return v_select(v_lt(v_splat(0x1p31f), v_abs(x)), far, near);
}
WORD vf act_bent_identity_grad(vf x, vf dy)
{
    /* Beyond 2^31 the quotient is 1/2 to a float: the clamp does not show. */
    const vf z = clamp(x, 0x1p31f);
    return dy * (1.0f + 0.5f * z / v_sqrt(v_fma(z, z, ONE)));
}

/* ---- square, sqrt, pow --------------------------------------------------------------------------------------- */

WORD vf act_square(vf x) { return x * x; }
WORD vf act_square_grad(vf x, vf dy) { return dy * (x + x); }

WORD vf act_sqrt(vf x) { return v_sqrt(x); }
WORD vf act_sqrt_grad(vf x, vf dy) { return dy * (0.5f / v_sqrt(x)); }
WORD vf act_sqrt_grad_y(vf y, vf dy) { return dy * (0.5f / y); }

WORD vf act_pow(vf x, const struct pow_params *p)
{
    const vf y = p->alpha * v_pow(x, v_splat(p->beta));
    return v_select(v_ne(x, x), x, y);
}
/* x^(beta - 1) with what rounding left off beta - 1: an error of the exponent is multiplied by ln x. */
WORD vf act_pow_grad(vf x, vf dy, const struct pow_params *p)
{
    const float exponent = p->beta - 1.0f, low = (p->beta - exponent) - 1.0f;
    vf y = v_pow(x, v_splat(exponent));
    if (low != 0) {
        const vf a = v_abs(x);
        const vm ordinary = m_and(v_lt(ZERO, a), v_lt(a, v_splat(INFINITY)));
        y = v_fma(y, v_where(ordinary, low * v_log(a)), y);
    }
    const vf slope = p->alpha * (p->beta * y);
    return p->beta == 0 ? v_where(v_ne(x, x), x) : pass(dy * slope, x);
}

/* ---- arctan, sin, sinc --------------------------------------------------------------------------------------- */

WORD vf act_arctan(vf x) { return v_atan(x); }
/* 1 / (1 + x^2), scaled so that x^2 does not overflow before the result underflows. */
WORD vf act_arctan_grad(vf x, vf dy)
{
    const vm big = v_lt(v_splat(0x1p40f), v_abs(x));
    const vf scale = v_select(big, v_splat(0x1p-40f), ONE), scale2 = scale * scale;
    const vf z = x * scale;
    return dy * (scale2 / v_fma(z, z, scale2));
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
