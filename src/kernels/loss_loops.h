/* SPDX-License-Identifier: MIT */
/*
 * sigmoid_bce and sigmoid_mse: loss and gradient in one pass.  With a = |z|, both sides of the logistic function are
 *     small = s(-a) = e / (1 + e),  large = s(a) = 1 / (1 + e),  e = e^-a
 * Multiplied out, each result is a sum of terms that are not negative, or one difference of two such terms.  So terms cancel
 * only where the gradient itself is 0, and t = 0 and t = 1 need no forms of their own:
 *     a - t        +-(c large - b small)          c, b = 1 - t, t for z >= 0; t, 1 - t below, and the sign is -
 *     bce's dz     +-(c large - b small)          the same, with p t for t
 *     bce's loss   c a + (c + b) ln(1 + e)
 */
#ifndef ACTFN_LOSS_LOOPS_H
#define ACTFN_LOSS_LOOPS_H

#include "dispatch/backend.h"
#include "kernels/some_lanes.h"
#include "math/helpers.h"
#include "math/sigmoid.h"

struct sides {
    struct scaled e;
    struct pair large, small; /* s(-a) is small e.s */
};

WORD struct sides sides_of(struct scaled e)
{
    struct sides r;
    r.e = e;
    const vf p = r.e.p, whole = p * r.e.s;
    struct pair d;
    d.high = 1.0f + whole;
    d.low = v_fma(whole, r.e.low, whole - (d.high - 1.0f));
    r.large = reciprocal(d);
    const vf q = p * r.large.high;
    const vf rest = v_fma(p, r.e.low, v_fma(-q, d.low, v_fma(-q, d.high, p))) * r.large.high;
    r.small.high = q + rest;
    r.small.low = (q - r.small.high) + rest;
    return r;
}

/*
 * e^-a for a square.  The square would double the error of e^-a, but e^-2a has only its own error.  So half of the difference
 * between the two corrects e^-a.  From a = 43 on the square comes near the subnormal numbers.
 */
WORD struct scaled exp_for_square(vf a)
{
    struct scaled e = exp_scaled(-a);
    const vf square = v_exp(-2.0f * a), own = e.p * e.p;
    const vf rest = 0.5f * ((square - own) - v_fma(e.p, e.p, -own)) / square;
    e.low = v_select(v_lt(a, v_splat(43.0f)), rest, e.low);
    return e;
}

WORD struct pair select_pair(vm m, struct pair a, struct pair b)
{
    return (struct pair) { v_select(m, a.high, b.high), v_select(m, a.low, b.low) };
}

WORD struct pair product_of(struct pair a, struct pair b)
{
    struct pair t = exact_product(a.high, b.high);
    t.low = v_fma(a.high, b.low, v_fma(a.low, b.high, t.low));
    return t;
}

/* The factors of the two sides, 1 - t and p t: c multiplies the large side, b the small one. */
struct factors {
    struct pair c, b;
    vm negative;
};

WORD struct factors factors_of(vf z, vf t, float p)
{
    const struct pair zeros = exact_sum(ONE, -t), ones = exact_product(v_splat(p), t);
    struct factors f;
    f.negative = v_lt(z, ZERO);
    f.c = select_pair(f.negative, ones, zeros);
    f.b = select_pair(f.negative, zeros, ones);
    return f;
}

/* +-(c large - b small).  Where c is 0, only -b small remains, and a zero keeps its sign. */
WORD struct pair difference(struct factors f, struct sides r)
{
    const struct pair large = product_of(f.c, r.large), small = product_of(f.b, r.small);
    const vm alone = v_eq(f.c.high, ZERO);
    const struct pair sum = exact_sum(large.high, -(small.high * r.e.s));
    struct pair d;
    d.high = v_select(alone, -(small.high * r.e.s), sum.high);
    d.low = v_select(alone, -(small.low * r.e.s), sum.low + (large.low - small.low * r.e.s));
    return select_pair(f.negative, (struct pair) { -d.high, -d.low }, d);
}

/* The sum of a pair; -0 stays -0. */
WORD vf rounded(struct pair d) { return v_select(v_eq(d.low, ZERO), d.high, d.high + d.low); }

struct loss {
    vf value, slope;
};

WORD struct loss loss_sigmoid_bce(vf z, vf t, const void *params)
{
    const struct sigmoid_bce_params *p = params;
    const vf a = v_abs(z), finite = v_min(v_splat(FLT_MAX), a);
    vf far;
    const struct sides r = sides_of(exp_scaled_for(p->pos_weight, -a, &far));
    struct factors f = factors_of(z, t, p->pos_weight);
    if (p->pos_weight > 0x1p60f) { /* the other one has long become small beside a */
        f.b.high = f.b.high * far;
        f.b.low = f.b.low * far;
    }
    const vm tail = v_lt(r.e.s, ONE);
    const struct pair log1p = log1p_of(r.e.p * r.e.s);
    const struct pair l = { v_select(tail, r.e.p, log1p.high), v_select(tail, r.e.p * r.e.low, log1p.low) };
    struct pair q = exact_sum(f.c.high, f.b.high);
    q.low = q.low + (f.c.low + f.b.low);
    const struct pair ql = product_of(q, l);
    /* A c of 0 gives 0 for an infinite a too. */
    const vf linear = v_select(v_eq(f.c.high, ZERO), ZERO, a);
    struct loss loss;
    loss.value = v_fma(f.c.high, linear, v_fma(f.c.low, finite, (ql.high + ql.low) * r.e.s));
    loss.slope = rounded(difference(f, r));
    return loss;
}

WORD struct loss loss_sigmoid_mse(vf z, vf t, const void *params)
{
    (void)params;
    const struct sides r = sides_of(exp_for_square(v_abs(z)));
    const struct pair d = difference(factors_of(z, t, 1.0f), r);
    const vf half = 0.5f * d.high;
    const struct pair m = product_of(d, r.large);
    struct loss loss;
    loss.value = v_fma(half, d.high, d.high * d.low);
    loss.slope = v_fma(m.high, r.small.high, v_fma(m.low, r.small.high, m.high * r.small.low)) * r.e.s;
    return loss;
}

typedef struct loss loss_op(vf z, vf t, const void *params);

WORD void loss_loop(loss_op *op, const void *params, size_t n, const float *z, const struct actfn_targets *targets,
                    float *loss, float *dz)
{
    const struct actfn_targets own = *targets;
    for (size_t i = 0, count; i < n; i += count) {
        count = lanes_of(n, i);
        const vf w = own.w ? load_some(own.w + i, count) : ONE;
        const struct loss l = op(load_some(z + i, count), load_some(own.t + i, count), params);
        if (loss)
            store_some(loss + i, w * l.value, count);
        if (dz)
            store_some(dz + i, w * l.slope * v_splat(own.scale), count);
    }
}

/* One loop for each set of results that a caller may want, so that only these are computed. */
WORD void losses(loss_op *op, const void *params, size_t n, const float *z, const struct actfn_targets *targets,
                 float *loss, float *dz)
{
    if (loss && dz)
        loss_loop(op, params, n, z, targets, loss, dz);
    else if (loss)
        loss_loop(op, params, n, z, targets, loss, NULL);
    else if (dz)
        loss_loop(op, params, n, z, targets, NULL, dz);
}

#endif
