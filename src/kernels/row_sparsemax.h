/* SPDX-License-Identifier: MIT */
/* sparsemax, forward and backward. */
#ifndef ACTFN_ROW_SPARSEMAX_H
#define ACTFN_ROW_SPARSEMAX_H

#include "kernels/row_words.h"

/*
 * tau solves f(tau) = sum max(z - tau, 0) = 1, z = x - m, by Newton's steps from the left.  f is convex and piecewise linear,
 * so tau only grows, and the steps end exactly when the support stays the same.  Each step reduces the product of the rest
 * f - 1 and the slope to a quarter or less, so the number of steps is at most about half the bits of both.  The method needs no
 * sorting and no workspace.
 */
struct sparse_row {
    struct row row;
    const float *x, *dy;
    float *y;
    vf m, tau, mean, poison;
};

WORD vf sparse_at(enum way way, const struct sparse_row *c, size_t i, size_t count)
{
    return row_load(way, c->row, c->x, i, count) - c->m;
}

WORD struct sparse_row sparse_row_copy(const struct sparse_row *c)
{
    return (struct sparse_row) { row_copy(&c->row), c->x, c->dy, c->y, c->m, c->tau, c->mean, c->poison };
}

WORD vf support_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf z = sparse_at(way, c, i, count);
    return v_where(v_lt(c->tau, z), z);
}
ROW_SUM_PASS(support_sum, sparse_row)

WORD vf support_count(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(c->tau, sparse_at(way, c, i, count)), ONE);
}
ROW_SUM_PASS(support_count, sparse_row)

/* The term is 0 for a number, and NaN for NaN. */
WORD vf nan_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf x = row_load(way, c->row, c->x, i, count);
    return v_where(v_ne(x, x), x);
}

WORD vf sparse_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf z = sparse_at(way, c, i, count);
    row_store(way, c->row, c->y, i, count, v_where(v_lt(c->tau, z), z - c->tau) + c->poison);
    return z;
}

WORD void sparsemax_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    const int *masked = context;
    struct sparse_row c = { .row = row_copy(&row), .x = t->a, .y = t->out };
    const vf m = row_max(way, 1.0f, row, c.x);
    c.m = *masked ? v_select(v_eq(m, v_splat(-INFINITY)), ZERO, m) : m;
    /* NaN for a row with a NaN or an infinite maximum, which makes all of the row NaN. */
    c.poison = row_sum(way, nan_term, &c, row.n) + (c.m - c.m);
    c.tau = v_splat(-1.0f);
    vf size = support_count_sum(way, &c, row.n);
    for (;;) {
        const vf next = (support_sum_sum(way, &c, row.n) - 1.0f) / size;
        /* By rounding, the next tau may be less than tau; tau must not fall. */
        c.tau = v_select(v_lt(c.tau, next), next, c.tau);
        const vf left = support_count_sum(way, &c, row.n);
        if (!m_any(m_and(v_lt(left, size), v_lt(ZERO, left))))
            break;
        size = v_select(v_lt(ZERO, left), left, size);
    }
    row_each(way, sparse_result, &c, row.n);
}
ROW_OP(sparsemax_op)

static void sparsemax_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    const int masked = (flags & ACTFN_MASKED_ROWS_ZERO) != 0;
    (void)params;
    rows_each(&sparsemax_op_rows, &masked, shape, &(const struct tensors) { .a = x, .out = y });
}

/* Backward: the context's x is y, and its y is dx. */
WORD vf chosen_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(ZERO, row_load(way, c->row, c->x, i, count)), row_load(way, c->row, c->dy, i, count));
}

WORD vf chosen_count(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(ZERO, row_load(way, c->row, c->x, i, count)), ONE);
}

WORD vf chosen_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf y = row_load(way, c->row, c->x, i, count), dy = row_load(way, c->row, c->dy, i, count);
    row_store(way, c->row, c->y, i, count, zero_unless(v_lt(ZERO, y), dy - c->mean, y));
    return y;
}

WORD void sparsemax_back_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    struct sparse_row c = { .row = row_copy(&row), .x = t->a, .dy = t->b, .y = t->out };
    (void)context;
    c.mean = row_sum(way, chosen_sum, &c, row.n) / row_sum(way, chosen_count, &c, row.n);
    row_each(way, chosen_result, &c, row.n);
}
ROW_OP(sparsemax_back_op)

static void sparsemax_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                    const float *dy, float *dx)
{
    (void)params, (void)x;
    rows_each(&sparsemax_back_op_rows, NULL, shape, &(const struct tensors) { .a = y, .b = dy, .out = dx });
}

#endif
