/* SPDX-License-Identifier: MIT */
/* Phrases that several formulas use. */

#define ZERO v_splat(0.0f)
#define ONE v_splat(1.0f)

/* m ? a : +0, but a NaN x comes through.  For gradients that are zero, or dy itself, by definition. */
WORD vf gate(vm m, vf a, vf x)
{
    return v_select(v_ne(x, x), x, v_where(m, a));
}

/* dy where f is the identity: bit for bit, but a NaN x comes through. */
WORD vf pass(vf dy, vf x)
{
    return v_select(v_ne(x, x), x, dy);
}

/* x into [-limit, limit], NaN stays NaN. */
WORD vf clamp(vf x, float limit)
{
    return v_max(v_splat(-limit), v_min(v_splat(limit), x));
}

/* x, for a product with a parameter c: where c is 0 an infinite x becomes finite, so that the product is 0 and not NaN. */
WORD vf for_factor(float c, vf x)
{
    return clamp(x, c == 0 ? FLT_MAX : INFINITY);
}

/* slope x for x <= 0, the branch of the leaky units.  A slope of 0 gives +0 always, as relu does: the addend is +0 then,
 * and otherwise -0, which changes no product. */
WORD vf slope_times(float slope, vf x)
{
    return v_fma(v_splat(slope), v_max(v_splat(slope == 0 ? -FLT_MAX : -INFINITY), x), v_splat(slope == 0 ? 0.0f : -0.0f));
}

/* dy slope, for the same branch; a slope of 0 gives +0 whatever dy is. */
WORD vf slope_grad(float slope, vf dy)
{
    const vf s = v_splat(slope);
    return v_where(v_ne(s, ZERO), s * dy);
}

/* t / 6, rounded once: the product with fl(1/6) corrected by its remainder, cheaper than a division. */
WORD vf sixth(vf t)
{
    const vf r = v_splat(0x1.555556p-3f);
    const vf q = t * r;
    return v_fma(v_fma(v_splat(-6.0f), q, t), r, q);
}

/*
 * e^u as p s, with p in the normal range down to u = -150 and s a constant: a factor goes to p before s is multiplied,
 * and the result is rounded once where it becomes subnormal.  s is 1 for u >= -64.  The shift is a multiple of 2^-17, so
 * that u + SHIFT is exact for u in (-128, -64), and e^-SHIFT is a float to 2^-43 (tools/coefficients.py).
 */
struct scaled {
    vf p, s;
};

#define SHIFT 0x1.f9f21p+5f
#define EXP_MINUS_SHIFT 0x1.b15722p-92f

WORD struct scaled exp_scaled(vf u)
{
    const vm tail = v_lt(u, v_splat(-64.0f));
    struct scaled e;
    e.p = v_exp(v_select(tail, u + SHIFT, u));
    e.s = v_select(tail, v_splat(EXP_MINUS_SHIFT), ONE);
    return e;
}

/* value + low slope: the first-order effect of a `low` left off an argument.  Where there is none the value keeps its bits,
 * also as -0 and infinite. */
WORD vf corrected(vf value, vf low, vf slope)
{
    return v_select(v_eq(low, ZERO), value, v_fma(low, slope, value));
}

/* a b as a float and the rest of it: the rest is 0 where the product is not finite or too large to matter. */
struct product {
    vf high, low;
};

WORD struct product exact_product(vf a, vf b)
{
    struct product t;
    t.high = a * b;
    t.low = v_where(v_lt(v_abs(t.high), v_splat(256.0f)), v_fma(a, b, -t.high));
    return t;
}
