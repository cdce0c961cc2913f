/* SPDX-License-Identifier: MIT */
/*
 * The logistic family.  On e = e^-|t| nothing overflows and the left tail keeps its accuracy; s(t) is 1/(1 + e) for
 * t >= 0 and e/(1 + e) below, s(-t) the other one.
 */

/* s(t) and its parts, t = high + low.  For t < 0, e = p s; below -64 s is tiny (see exp_scaled), elsewhere it is 1. */
struct logistic {
    vm negative;
    vf p, s, e, d; /* d = 1 + e */
};

WORD struct logistic logistic_of(vf t)
{
    struct logistic l;
    const struct scaled e = exp_scaled(-v_abs(t));
    l.negative = v_lt(t, ZERO);
    l.p = e.p;
    l.s = v_select(l.negative, e.s, ONE);
    l.e = e.p * e.s;
    l.d = 1.0f + l.e;
    return l;
}

/* The same with what rounding left off t: e^(high + low) = e^high (1 + low) for such a low. */
WORD struct logistic logistic_of_product(struct product t)
{
    struct logistic l = logistic_of(t.high);
    const vf low = v_select(l.negative, t.low, -t.low);
    l.p = v_fma(l.p, low, l.p);
    l.e = v_fma(l.e, low, l.e);
    l.d = 1.0f + l.e;
    return l;
}

/* x s(t), x of the sign of t or t of no sign. */
WORD vf times_sigmoid(vf x, struct logistic l)
{
    return v_select(l.negative, x * l.p, x) / l.d * l.s;
}

/* d/dx of x s(t) for t = c x: s(t) (1 + t s(-t)). */
WORD vf times_sigmoid_grad(vf t, struct logistic l)
{
    const vf q = 1.0f / l.d;
    const vf up = v_select(l.negative, l.p, ONE) * q;   /* s(t), but for the factor l.s */
    const vf down = v_select(l.negative, ONE, l.e) * q; /* s(-t) */
    return v_fma(up, t * down, up) * l.s;
}

/* s'(t) = s(t) s(-t) */
WORD vf logistic_slope(struct logistic l) { return l.e / (l.d * l.d); }

/* ---- sigmoid, log_sigmoid, softplus -------------------------------------------------------------------------- */

WORD vf act_sigmoid(vf x)
{
    const vf e = v_exp(-v_abs(x));
    return v_select(v_lt(x, ZERO), e, ONE) / (1.0f + e);
}
WORD vf act_sigmoid_grad(vf x, vf dy)
{
    const vf e = v_exp(-v_abs(x)), d = 1.0f + e;
    return dy * (e / (d * d));
}
WORD vf act_sigmoid_grad_y(vf y, vf dy) { return dy * (y * (1.0f - y)); }

WORD vf act_log_sigmoid(vf x) { return v_min(ZERO, x) - v_log1p(v_exp(-v_abs(x))); }
WORD vf act_log_sigmoid_grad(vf x, vf dy) { return dy * act_sigmoid(-x); }
WORD vf act_log_sigmoid_grad_y(vf y, vf dy) { return dy * -v_expm1(y); }

WORD vf act_softplus(vf x, const struct softplus_params *p)
{
    const vf beta = v_splat(p->beta);
    const struct logistic l = logistic_of_product(exact_product(beta, x));
    const vf t = beta * x, rest = v_log1p(l.e) / beta;
    return v_select(v_lt(v_splat(p->threshold), t), x, v_select(v_lt(ZERO, t), x + rest, rest));
}
WORD vf act_softplus_grad(vf x, vf dy, const struct softplus_params *p)
{
    const struct product t = exact_product(v_splat(p->beta), x);
    const struct logistic l = logistic_of_product(t);
    const vf smooth = dy * (v_select(l.negative, l.e, ONE) / l.d);
    return v_select(v_lt(v_splat(p->threshold), t.high), dy, smooth);
}
WORD vf act_softplus_grad_y(vf y, vf dy, const struct softplus_params *p)
{
    return dy * -v_expm1(v_splat(-p->beta) * y);
}
/* (x s(t) - y) / beta = -(|t| s(-|t|) + log1p(e^-|t|)) / beta^2: both terms have one sign. */
WORD vf act_softplus_d_beta(vf x, vf dy, const struct softplus_params *p)
{
    const vf beta = v_splat(p->beta);
    const struct product t = exact_product(beta, x);
    const struct logistic l = logistic_of_product(t);
    const vf a = v_min(v_splat(FLT_MAX), v_abs(t.high));
    const vf sum = v_fma(a, l.e / l.d, v_log1p(l.e));
    return gate(v_le(t.high, v_splat(p->threshold)), dy * (-sum / beta / beta), x);
}

/* ---- silu, swish, gelu_quick --------------------------------------------------------------------------------- */

WORD vf act_silu(vf x)
{
    const vf z = v_max(v_splat(-120.0f), x);
    return times_sigmoid(z, logistic_of(z));
}
WORD vf act_silu_grad(vf x, vf dy)
{
    const vf z = clamp(x, 120.0f);
    return dy * times_sigmoid_grad(z, logistic_of(z));
}

/* 1.702 z with the part of 1.702 that a float lacks. */
WORD struct product quick_exponent(vf z)
{
    struct product t = exact_product(v_splat(0x1.b3b646p+0f), z);
    t.low = v_fma(v_splat(-0x1.78d4fep-26f), z, t.low);
    return t;
}
WORD vf act_gelu_quick(vf x)
{
    const vf z = v_max(v_splat(-72.0f), x);
    return times_sigmoid(z, logistic_of_product(quick_exponent(v_min(v_splat(72.0f), z))));
}
WORD vf act_gelu_quick_grad(vf x, vf dy)
{
    const struct product t = quick_exponent(clamp(x, 72.0f));
    return dy * times_sigmoid_grad(t.high, logistic_of_product(t));
}

/* Where x is huge and beta tiny, e^t may be far below the smallest float when x e^t is not: a second shift. */
WORD vf act_swish(vf x, const struct swish_params *p)
{
    const vf finite = clamp(x, FLT_MAX);
    struct product t = exact_product(v_splat(p->beta), finite);
    t.high = v_max(v_splat(-256.0f), t.high);
    const vm far = v_lt(t.high, v_splat(-128.0f));
    t.high = v_select(far, t.high + SHIFT, t.high);
    const struct logistic l = logistic_of_product(t);
    return times_sigmoid(v_select(l.negative, finite, x), l) * v_select(far, v_splat(EXP_MINUS_SHIFT), ONE);
}
WORD vf act_swish_grad(vf x, vf dy, const struct swish_params *p)
{
    struct product t = exact_product(v_splat(p->beta), clamp(x, FLT_MAX));
    t.high = clamp(t.high, 120.0f);
    return dy * times_sigmoid_grad(t.high, logistic_of_product(t));
}
/* x^2 s'(t) */
WORD vf act_swish_d_beta(vf x, vf dy, const struct swish_params *p)
{
    const vf finite = clamp(x, FLT_MAX);
    struct product t = exact_product(v_splat(p->beta), finite);
    t.high = clamp(t.high, 250.0f);
    const struct logistic l = logistic_of_product(t);
    return dy * (finite * (finite * logistic_slope(l)));
}
