/* SPDX-License-Identifier: MIT */
/* The gradients of softmax, softmin, log_softmax from y, and of logsumexp and logmeanexp from x and y. */
#ifndef ACTFN_ROW_SOFTMAX_BACKWARD_H
#define ACTFN_ROW_SOFTMAX_BACKWARD_H

#include "kernels/row_words.h"
#include "math/tiny.h"

/* Whether a product with y, which is not 0 and small, may be a subnormal number. */
WORD vm small_share(vf y) { return u_above(u_splat(0x1f800000u - 1u), u_bits(y) - 1u); } /* 2^-64 */

/*
 * y dy, a term of the sum; 0 if y is a small share and |y dy| is at most 2^-102, because the rounding errors of a sum of such
 * terms could be subnormal numbers.  A small y is multiplied by 2^64 first.
 */
WORD vf small_term(vf y, vf dy)
{
    const vm small = small_share(y), subnormal = m_and(small, u_above(u_splat(1u << 23), u_bits(y)));
    const vf scale = v_select(subnormal, v_splat(0x1p-85f), v_select(small, v_splat(0x1p64f), ONE));
    const vf scaled = v_select(subnormal, v_from_u(u_bits(y)), y) * scale;
    const vf counts = v_select(m_and(small, u_above(u_bits(v_splat(0x1p-38f)), u_bits(v_abs(dy)))), ZERO, dy);
    const vf product = scaled * counts;
    const vm none = m_and(small, u_above(u_bits(v_splat(0x1p-38f)) + 1u, u_bits(v_abs(product))));
    return v_select(none, ZERO, product) * v_select(small, v_splat(0x1p-64f), ONE);
}

/* y b for a share y that may be small. */
WORD vf share_product(vf y, vf b) { return all_ordinary(b) ? ordinary_product(y, b) : tiny_product(y, b); }

/* ---- from y ---------------------------------------------------------------------------------------------------------- */

struct share_row {
    struct row row;
    float factor;
    const float *y, *dy;
    float *dx;
    vf sum;
};

/* softmax: an element whose weight y is 0 takes no part. */
WORD vf weighted_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    const vf y = row_load(way, c->row, c->y, i, count), dy = row_load(way, c->row, c->dy, i, count);
    if (any_far(small_share(y)))
        return v_where(u_above(u_bits(v_abs(y)), u_splat(0)), small_term(y, dy));
    return v_where(v_ne(y, ZERO), y * dy);
}

/* factor p for a p that may be a subnormal number.  The factor of softmax is usually 1. */
WORD vf times_factor(const struct share_row *c, vf p)
{
    return c->factor == 1.0f ? p : tiny_product(v_splat(c->factor), p);
}

WORD vf weighted_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    const vf y = row_load(way, c->row, c->y, i, count), dy = row_load(way, c->row, c->dy, i, count);
    const vf less = dy - c->sum;
    vf dx;
    if (any_far(small_share(y)))
        dx = v_where(u_above(u_bits(v_abs(y)), u_splat(0)), times_factor(c, share_product(y, less)));
    else
        dx = v_where(v_ne(y, ZERO), v_splat(c->factor) * (y * less));
    row_store(way, c->row, c->dx, i, count, dx);
    return dx;
}

WORD vf log_weighted_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    return row_load(way, c->row, c->dy, i, count);
}

WORD vf log_weighted_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    const vf y = row_load(way, c->row, c->y, i, count), dy = row_load(way, c->row, c->dy, i, count);
    const vf e = row_exp_one(v_min(v_splat(87.0f), y), ZERO);
    vf dx;
    if (any_far(small_share(e))) {
        const vf product = v_where(u_above(u_bits(e), u_splat(0)), share_product(e, c->sum));
        dx = times_factor(c, less_tiny(dy, product));
    } else
        dx = v_splat(c->factor) * (dy - v_where(v_ne(e, ZERO), e * c->sum));
    row_store(way, c->row, c->dx, i, count, dx);
    return dx;
}

WORD struct share_row share_row_of(const void *context, struct row row, const struct tensors *t)
{
    const struct share_row c = { row_copy(&row), *(const float *)context, t->a, t->b, t->out, ZERO };
    return c;
}

WORD void share_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    struct share_row c = share_row_of(context, row, t);
    c.sum = row_sum(way, weighted_term, &c, row.n);
    row_each(way, weighted_result, &c, row.n);
}
ROW_OP(share_op)

WORD void log_share_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    struct share_row c = share_row_of(context, row, t);
    c.sum = row_sum(way, log_weighted_term, &c, row.n);
    row_each(way, log_weighted_result, &c, row.n);
}
ROW_OP(log_share_op)

#define SHARE_ROWS(name, op, sign)                                                                                     \
    static void name##_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,    \
                                     const float *dy, float *dx)                                                       \
    {                                                                                                                  \
        const float factor = sign * *params;                                                                           \
        const struct tensors t = { .a = y, .b = dy, .out = dx };                                                       \
        (void)x;                                                                                                       \
        rows_each(&op##_rows, &factor, shape, &t);                                                                     \
    }
SHARE_ROWS(softmax, share_op, 1.0f)
SHARE_ROWS(softmin, share_op, -1.0f)
SHARE_ROWS(log_softmax, log_share_op, 1.0f)

/* ---- from x and y ------------------------------------------------------------------------------------------------------ */

struct sum_row {
    struct row row;
    float share; /* of each element: 1, or 1 / n for the mean */
    const float *x;
    float *dx;
    vf stat, above;
};

WORD vf sum_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sum_row *c = context;
    const vf x = row_load(way, c->row, c->x, i, count);
    const struct pair t = exact_sum(x, -c->stat);
    const vf e = row_exp_one(v_min(v_splat(87.0f), t.high), t.low);
    const vm far = small_share(e);
    const vf share = product_where(far, e, v_splat(c->share)), dx = product_where(far, c->above, share);
    /* In a row of -inf, y is -inf too, and x - y is NaN.  In a row with a NaN all results are NaN. */
    const vm weighs = m_and(v_ne(x, v_splat(-INFINITY)), u_above(u_bits(share), u_splat(0)));
    row_store(way, c->row, c->dx, i, count, zero_unless(weighs, dx, c->stat));
    return e;
}

WORD void sum_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    const struct sum_row c = { row_copy(&row), *(const float *)context,       t->a,
                               t->out,         stat_load(way, row, t->row_a), stat_load(way, row, t->row_b) };
    row_each(way, sum_result, &c, row.n);
}
ROW_OP(sum_op)

#define SUM_ROWS(name, share_)                                                                                         \
    static void name##_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,    \
                                     const float *dy, float *dx)                                                       \
    {                                                                                                                  \
        const float share = share_;                                                                                    \
        const struct tensors t = { .a = x, .out = dx, .row_a = y, .row_b = dy };                                       \
        (void)params;                                                                                                  \
        rows_each(&sum_op_rows, &share, shape, &t);                                                                    \
    }
SUM_ROWS(logsumexp, 1.0f)
SUM_ROWS(logmeanexp, 1.0f / (float)shape.n)

#endif
