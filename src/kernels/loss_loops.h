/* SPDX-License-Identifier: MIT */
/*
 * sigmoid_bce and sigmoid_mse: loss and gradient in one pass.  With a = |z|, both sides of the logistic function are
 *     small = s(-a) = e / (1 + e),  large = s(a) = 1 / (1 + e),  e = e^-a
 * Each result, multiplied out, is a sum of terms that are not negative, or one difference of two such terms.  So terms cancel
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
    const vf p = r.e.p, whole = beside_one(e, p);
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
 * between the two corrects e^-a.  From a = 43 on the square comes near the subnormal numbers.  Both squares are multiplied by
 * 2^80, so that the rounding errors are normal numbers.
 */
WORD struct scaled exp_for_square(vf a)
{
    struct scaled e = exp_scaled(-a);
    const vm near = v_lt(a, v_splat(43.0f));
    const vf p = v_select(near, e.p, ONE) * v_select(e.far, v_splat(0x1p-24f), v_splat(0x1p40f)), own = p * p;
    const vf square = v_exp_normal(v_max(v_splat(-86.0f), -2.0f * a)) * 0x1p80f;
    const vf rest = 0.5f * ((square - own) - v_fma(p, p, -own)) / square;
    e.low = v_select(near, rest, e.low);
    return e;
}

WORD struct pair select_pair(vm m, struct pair a, struct pair b)
{
    return (struct pair) { v_select(m, a.high, b.high), v_select(m, a.low, b.low) };
}

/* a b.  The rest includes the rounding error of a product below `limit`, as in exact_product. */
WORD struct pair product_within(struct pair a, struct pair b, vf limit)
{
    struct pair t;
    t.high = a.high * b.high;
    const vf rest = v_where(v_lt(v_abs(t.high), limit), v_fma(a.high, b.high, -t.high));
    t.low = v_fma(a.high, b.low, v_fma(a.low, b.high, rest));
    return t;
}
WORD struct pair product_of(struct pair a, struct pair b) { return product_within(a, b, v_splat(256.0f)); }

/* The same for a product a b that the scale of e multiplies later. */
WORD struct pair product_scaled(struct pair a, struct pair b, struct scaled e)
{
    return product_within(a, b, v_select(e.far, v_splat(0x1p100f), v_splat(256.0f)));
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

/* True where a s, which is far, counts beside a c that is not 0: where |a| s is at least 2^-60 |c|, or where |c| is at most
 * 2^10 s, which is 2^-116 in the tail. */
WORD vm counts_beside(vf c, vf a, struct scaled e)
{
    const vf limit = v_max(v_splat(0x1p-50f), v_abs(a)) * (e.s * 0x1p60f);
    return m_and(e.far, m_and(v_lt(ZERO, v_abs(c)), v_le(v_abs(c), limit)));
}

/* c large - b small, with its sign.  Where c is 0 (`alone`), only b small remains.  Its scale is still to be multiplied, and a
 * zero keeps its sign. */
WORD struct pair difference(struct factors f, struct sides r, vm alone, int huge)
{
    const struct pair large = product_of(f.c, r.large), small = product_scaled(f.b, r.small, r.e);
    struct pair near = { beside_one(r.e, small.high), beside_one(r.e, small.low) };
    vm counts = counts_beside(f.c.high, small.high, r.e);
    if (huge)
        counts = r.e.far;
    if (any_far(counts)) { /* beside c */
        near.high = v_select(counts, v_select(counts, small.high, ZERO) * r.e.s, near.high);
        near.low = v_select(counts, v_select(counts, small.low, ZERO) * r.e.s, near.low);
    }
    const struct pair sum = exact_sum(large.high, -near.high);
    struct pair d;
    d.high = v_select(alone, -small.high, sum.high);
    d.low = v_select(alone, -small.low, sum.low + (large.low - near.low));
    return select_pair(f.negative, (struct pair) { -d.high, -d.low }, d);
}

/* The sum of a pair; -0 stays -0. */
WORD vf rounded(struct pair d) { return v_select(v_eq(d.low, ZERO), d.high, d.high + d.low); }

struct loss {
    vf value, slope;
    vm far; /* where value or slope may be subnormal */
};

WORD struct loss loss_sigmoid_bce(vf z, vf t, const void *params)
{
    const struct sigmoid_bce_params *p = params;
    const vf a = v_abs(z), finite = v_min(v_splat(FLT_MAX), a);
    vf second;
    const struct sides r = sides_of(exp_scaled_for(p->pos_weight, -a, &second));
    const int huge = p->pos_weight > 0x1p60f;
    struct factors f = factors_of(z, t, p->pos_weight);
    if (huge) { /* where b is 1 - t instead of p t, b does not count at such an a */
        f.b.high = f.b.high * second;
        f.b.low = f.b.low * second;
    }
    const vm far = r.e.far, alone = v_eq(f.c.high, ZERO);
    const struct pair log1p = log1p_of(beside_one(r.e, r.e.p));
    const struct pair l = { v_select(far, r.e.p, log1p.high), v_select(far, r.e.p * r.e.low, log1p.low) };
    struct pair q = exact_sum(f.c.high, f.b.high);
    q.low = q.low + (f.c.low + f.b.low);
    const struct pair ql = product_scaled(q, l, r.e);
    const vf curve = scaled_by(ql.high + ql.low, r.e);
    vf beside = curve;
    if (any_far(far)) { /* beside a c a that is not tiny, only the sign of the curve counts */
        const vf least = v_bits(u_max(u_bits(curve), u_bits(v_splat(0x1p-100f))));
        const vf sign = v_select(u_above(u_bits(curve), u_splat(0)), least, ZERO);
        beside = v_select(counts_beside(f.c.high, ql.high, r.e), curve, v_select(far, sign, curve));
    }
    struct loss loss = { v_fma(f.c.high, a, v_fma(f.c.low, finite, beside)), rounded(difference(f, r, alone, huge)),
                         far };
    if (any_far(far)) { /* 0 a is 0 also for an infinite a */
        loss.value = v_select(m_and(alone, far), curve, loss.value);
        loss.slope = v_select(m_and(alone, far), tiny_scaled(loss.slope, r.e.s), loss.slope);
    }
    return loss;
}

/* d^2 / 2, and d large small. */
WORD struct loss mse_of(struct pair d, struct pair large, struct pair small, vm far)
{
    const vf half = 0.5f * d.high;
    const struct pair m = product_of(d, large);
    const struct loss loss = { v_fma(half, d.high, d.high * d.low),
                               v_fma(m.high, small.high, v_fma(m.low, small.high, m.high * small.low)), far };
    return loss;
}

/*
 * The products of a small d, or their rounding errors, may be subnormal.  So d and s(-a) are multiplied by 2^64 first.  From
 * a = 42 on, s(-a) has the scale 2^64 already, and from a = 64 on the scale 2^126.  d has the same scale where the factor c is 0.
 */
WORD struct loss loss_sigmoid_mse(vf z, vf t, const void *params)
{
    (void)params;
    const vf a = v_abs(z);
    const struct sides r = sides_of(exp_for_square(a));
    const struct factors f = factors_of(z, t, 1.0f);
    const vm alone = v_eq(f.c.high, ZERO), lifted = m_and(alone, r.e.far);
    const struct pair d = difference(f, r, alone, 0);
    const vf size = v_select(v_eq(d.high, ZERO), ONE, v_abs(d.high));
    const vm faint = v_lt(v_select(lifted, ZERO, size), v_splat(0x1p-40f));
    if (!any_far(faint)) {
        const struct loss loss = mse_of(d, r.large, r.small, r.e.far);
        return (struct loss) { loss.value, scaled_by(loss.slope, r.e), r.e.far };
    }
    const vm tail = v_lt(v_splat(64.0f), a);
    const vf up = v_select(lifted, v_select(tail, ZERO, ONE), v_splat(0x1p64f));
    const struct pair high_d = { v_where(faint, d.high) * up, v_where(faint, d.low) * up };
    const vf small =
        v_select(tail, v_where(v_lt(v_splat(0x1p-60f), r.small.high), r.small.high) * 0x1p-62f, r.small.high);
    const vf small_up = v_where(faint, v_select(r.e.far, ONE, v_splat(0x1p64f)));
    const struct pair high_small = { small * small_up, v_select(tail, ZERO, r.small.low) * small_up };
    const struct pair plain_d = { v_select(faint, ZERO, d.high), v_select(faint, ZERO, d.low) };
    const struct loss high = mse_of(high_d, r.large, high_small, faint);
    const struct loss plain = mse_of(plain_d, r.large, r.small, faint);
    const vf value = tiny_scaled(high.value * 0x1p-8f, v_splat(0x1p-120f));
    const vf slope = v_copysign(tiny_scaled(high.slope * 0x1p-8f, v_splat(0x1p-120f)), d.high);
    return (struct loss) { v_select(faint, value, plain.value), v_select(faint, slope, scaled_by(plain.slope, r.e)),
                           v_eq(a, a) };
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
            store_some(loss + i, product_where(l.far, w, l.value), count);
        if (dz)
            store_some(dz + i, product_where(l.far, product_where(l.far, w, l.slope), v_splat(own.scale)), count);
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
