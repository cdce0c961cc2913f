/* SPDX-License-Identifier: MIT */
/*
 * softmax_cross_entropy: loss and gradient of rows of logits.
 *
 * For the true class c the gradient is a_c - 1, which cancels where a sample is classified well; the loss is small there too.
 * So the sum leaves the true class out, S' = sum of e^(z_k - m) over k != c, and the gradient is -S' / (S' + e_c).
 */
#ifndef ACTFN_ROW_CROSS_ENTROPY_H
#define ACTFN_ROW_CROSS_ENTROPY_H

#include "kernels/row_words.h"
#include "math/tiny.h"

/* An exponential is a value of anchor_exp.  A share is an exponential times total, 1 / sum. */
struct entropy_row {
    struct row row;
    const float *z, *t;
    float *dz;
    struct anchor at;
    vf m, target, begin; /* target: the true class within its block; begin: the block; whole numbers */
    vf factor, total, rest;
    vf least;    /* exponentials below `least` have a share of less than 2^-62 */
    float twice; /* twice the smoothing that each class gets */
};

/* ---- by class ---------------------------------------------------------------------------------------------------- */

/* The index of elements i, i + 1, ... ALONG, or of element i ACROSS, within a block.  A float is exact for such an index. */
WORD vf index_in_block(enum way way, size_t i)
{
    static const float steps[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    const vf first = v_splat((float)(i % ROW_BLOCK));
    return IS_ALONG(way) ? (vf)(first + v_load(steps)) : first;
}

/* The exponentials of all classes but the true one.  If the caller wants dz, they are stored in dz meanwhile. */
WORD vf others_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    const vf e = anchor_exp(row_load(way, c->row, c->z, i, count), c->at);
    if (c->dz)
        row_store(way, c->row, c->dz, i, count, e);
    const vm true_class =
        m_and(v_eq(c->begin, v_splat((float)(i / ROW_BLOCK))), v_eq(c->target, index_in_block(way, i)));
    return v_select(true_class, ZERO, e);
}

/* Half of m - z: m - z itself may overflow, although its product with the smoothing does not. */
WORD vf half_below(vf m, vf z) { return 0.5f * m - 0.5f * z; }

WORD vf below_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    return v_splat(c->twice) * half_below(c->m, row_load(way, c->row, c->z, i, count));
}

/* factor (e total - rest), where the shares of the lanes `small` may be subnormal.  A subnormal share counts only where rest is
 * 0. */
PASS vf small_gradients(vm small, vf factor, vf e, vf total, vf rest)
{
    const vm alone = m_and(small, v_eq(rest, ZERO));
    const vf more = factor * v_fma(v_select(alone, ONE, e), total, -rest);
    const vf share = tiny_product(v_select(alone, e, ONE), v_select(alone, total, ONE));
    return v_select(alone, tiny_product(v_select(alone, factor, ONE), share), more);
}

/* factor (e total - rest): the share minus the target of the class. */
WORD vf gradient_of(const struct entropy_row *c, vf e, vf rest)
{
    const vm small = v_lt(e, c->least);
    if (any_far(small))
        return small_gradients(small, c->factor, e, c->total, rest);
    return c->factor * v_fma(e, c->total, -rest);
}

/* rest is the smoothing that each class gets. */
WORD vf smoothed_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    /* In pages dz does not keep the exponential. */
    const vf e = way == PAGED ? anchor_exp(row_load(way, c->row, c->z, i, count), c->at)
                              : row_load(way, c->row, c->dz, i, count);
    row_store(way, c->row, c->dz, i, count, gradient_of(c, e, c->rest));
    return e;
}

WORD vf ignored_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    row_store(way, c->row, c->dz, i, count, ZERO);
    return ZERO;
}

/* ln(others + own), where own is the exponential of z.  If z is the maximum, the logarithm is as small as the other exponentials
 * are, and may be a subnormal number.  The logarithm of 1 + q for q < 2^-40 is q. */
WORD vf log_with(vf others, vf own, vf z, const struct entropy_row *c)
{
    const vm largest = v_eq(z, c->m), tiny = m_and(largest, v_lt(others, v_splat(0x1p24f)));
    const vf near = v_log1p(v_select(tiny, own, others) / own);
    const vf log = v_select(largest, near, anchor_log(others + own, c->at));
    return any_far(tiny) ? v_select(tiny, tiny_quotient(v_where(tiny, others) * 0x1p64f, own, 0x1p85f), log) : log;
}

/* w (below + log), where log >= 0 may be a subnormal number.  A subnormal log counts only where below is 0. */
WORD vf loss_of(vf w, vf below, vf log)
{
    const vm alone = m_and(is_small(log), v_eq(below, ZERO)), subnormal = u_above(u_splat(0x00800000u), u_bits(log));
    const vf loss = w * (below + v_select(alone, ZERO, v_select(subnormal, ZERO, log)));
    return any_far(alone) ? v_select(alone, tiny_product(w, log), loss) : loss;
}

struct entropy_call {
    float smoothing;
    const struct actfn_targets *targets;
    int gradient;
};

WORD vf weights_of(enum way way, struct row row, const float *w) { return w ? stat_load(way, row, w) : ONE; }

/* The classes from t.classes: one ALONG, row.lanes ACROSS.  A lane without a row of the call gets ignore_index. */
struct classes {
    size_t index[V_LANES];
    float in_block[V_LANES], block[V_LANES], z[V_LANES];
    int ignored[V_LANES];
};

WORD struct classes classes_of(enum way way, struct row row, const int64_t *classes, int64_t ignore_index,
                               const float *z)
{
    struct classes all;
    for (size_t k = 0; k < V_LANES; k++) {
        const size_t lane = IS_ALONG(way) ? 0 : k;
        all.ignored[k] = lane >= row.lanes || classes[lane] == ignore_index;
        all.index[k] = all.ignored[k] ? 0 : (size_t)classes[lane];
        all.in_block[k] = (float)(all.index[k] % ROW_BLOCK);
        all.block[k] = (float)(all.index[k] / ROW_BLOCK);
        all.z[k] = lane >= row.lanes ? 0.0f : row_get(way, row, z, lane, all.index[k]);
    }
    return all;
}

WORD void by_class_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    const struct entropy_call *call = context;
    struct entropy_row c = { .row = row_copy(&row), .z = t->a, .dz = call->gradient ? t->out : NULL };
    const struct classes classes = classes_of(way, row, t->row_classes, call->targets->ignore_index, c.z);
    const float even = call->smoothing / (float)row.n;
    const vf w = weights_of(way, row, t->row_a), z = v_load(classes.z);
    c.m = row_max(way, 1.0f, row, c.z);
    c.at = anchor_of_row(c.m, 1.0f, row.n);
    c.target = v_load(classes.in_block);
    c.begin = v_load(classes.block);
    /* The loss reads the logits first, because dz may be z, and will hold the exponentials.  No logit is multiplied by 0,
     * because a logit may be -inf. */
    vf below = ZERO;
    if (call->smoothing < 1)
        below = v_splat(2.0f * (1.0f - call->smoothing)) * half_below(c.m, z);
    if (call->smoothing > 0 && t->row_out) {
        c.twice = 2.0f * even;
        below = below + row_sum(way, below_term, &c, row.n);
    }
    const vf others = row_sum(way, others_term, &c, row.n);
    const vf own = anchor_exp(z, c.at), sum = others + own;

    if (t->row_out) {
        float losses[V_LANES];
        v_store(losses, loss_of(w, below, log_with(others, own, z, &c)));
        for (size_t k = 0; k < ROW_LANES(way, row); k++)
            t->row_out[k] = classes.ignored[k] ? 0.0f : losses[k];
    }
    if (!c.dz)
        return;
    if (way == PAGED && classes.ignored[0]) {
        row_each(way, ignored_result, &c, row.n);
        return;
    }
    c.factor = w * call->targets->scale;
    c.total = 1.0f / sum;
    c.least = 0x1p-62f / c.total;
    c.rest = v_splat(even);
    row_each(way, smoothed_result, &c, row.n);
    /* The gradient has two forms; the code takes the form that does not cancel. */
    const vf smoothed = v_splat(call->smoothing - even), share = v_select(v_lt(own, c.least), ZERO, own) * c.total;
    const vf unlikely = share - ((1.0f - call->smoothing) + even);
    const vm small = v_lt(others, c.least);
    vf likely = smoothed - v_select(small, ZERO, others) * c.total;
    if (any_far(small))
        likely = v_select(small, less_tiny(smoothed, tiny_product(others, c.total)), likely);
    const vf gradient = v_select(v_lt(share, v_splat(0.5f)), unlikely, likely);
    float at_class[V_LANES];
    const vm tiny = is_small(gradient);
    const vf product = c.factor * v_select(tiny, ZERO, gradient);
    v_store(at_class, any_far(tiny) ? v_select(tiny, tiny_product(c.factor, gradient), product) : product);
    for (size_t k = 0; k < ROW_LANES(way, row); k++) {
        row_put(way, row, c.dz, k, classes.index[k], at_class[k]);
        for (size_t i = 0; classes.ignored[k] && i < row.n; i++)
            c.dz[i * row.step + k] = 0.0f;
    }
}
ROW_OP(by_class_op)

static void cross_entropy_by_class(const float *params, struct actfn_shape shape, const float *z,
                                   const struct actfn_targets *targets, float *loss, float *dz)
{
    const struct entropy_call call = { *params, targets, dz != NULL };
    const struct tensors t = {
        .a = z, .out = dz, .row_a = targets->w, .row_out = loss, .row_classes = targets->classes
    };
    rows_each(&by_class_op_rows, &call, shape, &t);
}

/* ---- dense ------------------------------------------------------------------------------------------------------- */

WORD vf dense_e_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    return anchor_exp(row_load(way, c->row, c->z, i, count), c->at);
}

WORD vf target_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    return row_load(way, c->row, c->t, i, count);
}

/* t (m - z), and 0 where t is 0, whatever z is.  m - z alone may overflow although the product does not. */
WORD vf dense_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    const vf t = row_load(way, c->row, c->t, i, count), z = row_load(way, c->row, c->z, i, count), below = c->m - z;
    vf term = t * below;
    if (any_far(v_eq(below, v_splat(INFINITY))))
        term = v_select(v_eq(below, v_splat(INFINITY)), 2.0f * (t * half_below(c->m, z)), term);
    return v_where(v_ne(t, ZERO), term);
}

/* Computes the exponential again.  The first one is not stored in dz, because dz may be t. */
WORD vf dense_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct entropy_row *c = context;
    const vf t = row_load(way, c->row, c->t, i, count);
    row_store(way, c->row, c->dz, i, count, gradient_of(c, dense_e_term(way, context, i, count), t));
    return t;
}

WORD void dense_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    const struct entropy_call *call = context;
    struct entropy_row c = { .row = row_copy(&row), .z = t->a, .t = t->b, .dz = call->gradient ? t->out : NULL };
    const vf w = weights_of(way, row, t->row_a);
    c.m = row_max(way, 1.0f, row, c.z);
    c.at = anchor_of_row(c.m, 1.0f, row.n);
    const vf sum = row_sum(way, dense_e_term, &c, row.n), targets = row_sum(way, target_term, &c, row.n);
    if (t->row_out)
        stat_store(way, row, t->row_out,
                   w * v_fma(targets, anchor_log(sum, c.at), row_sum(way, dense_term, &c, row.n)));
    if (!c.dz)
        return;
    c.factor = w * call->targets->scale;
    c.total = targets / sum;
    c.least = 0x1p-62f / c.total;
    row_each(way, dense_result, &c, row.n);
}
ROW_OP(dense_op)

static void cross_entropy_dense(struct actfn_shape shape, const float *z, const struct actfn_targets *targets,
                                float *loss, float *dz)
{
    const struct entropy_call call = { 0.0f, targets, dz != NULL };
    const struct tensors t = { .a = z, .b = targets->t, .out = dz, .row_a = targets->w, .row_out = loss };
    rows_each(&dense_op_rows, &call, shape, &t);
}

#endif
