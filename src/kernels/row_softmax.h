/* SPDX-License-Identifier: MIT */
/* The row operations around a sum of exponentials: softmax, log_softmax, softmin, logsumexp, logmeanexp. */
#ifndef ACTFN_ROW_SOFTMAX_H
#define ACTFN_ROW_SOFTMAX_H

enum exp_kind { SHARE, LOG_SHARE, LOG_SUM, LOG_MEAN };
#define REDUCES(kind) ((kind) == LOG_SUM || (kind) == LOG_MEAN)

struct exp_call {
    enum exp_kind kind;
    int masked;
    float factor; /* of x, before anything else: softmin's sign, and a half where x - m could overflow and matter */
    struct scaling s;
};

/* One row of a call. */
struct exp_row {
    enum exp_kind kind;
    float factor;
    struct scaling s;
    struct row row;
    const float *x;
    float *y;
    vf m, stat;
};

/* An element as it enters: of an infinite one a reduction needs a finite stand-in, lest inf - inf be NaN. */
WORD vf exp_input(enum way way, const struct exp_row *c, size_t i, size_t count)
{
    const vf x = v_splat(c->factor) * row_load(way, c->row, c->x, i, count);
    return REDUCES(c->kind) ? v_min(v_splat(FLT_MAX), x) : x;
}

/* What the row is shifted by.  Of a row that is all -inf nothing is left but x = -inf, and the sum 0, when that is 0. */
WORD vf exp_shift(enum exp_kind kind, int masked, vf m)
{
    if (REDUCES(kind))
        m = v_min(v_splat(FLT_MAX), m);
    return REDUCES(kind) || masked ? v_select(v_eq(m, v_splat(-INFINITY)), ZERO, m) : m;
}

/* The term of the sum; softmax keeps it where its result will be. */
WORD vf exp_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const vf e = row_exp_below(exp_input(way, c, i, count), c->m, c->s);
    if (c->kind == SHARE)
        row_store(way, c->row, c->y, i, count, e);
    return e;
}

WORD vf exp_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    vf y;
    if (c->kind == SHARE)
        y = row_load(way, c->row, c->y, i, count) * c->stat;
    else
        y = v_fma(v_splat(c->s.scale), exp_input(way, c, i, count) - c->m, -c->stat);
    row_store(way, c->row, c->y, i, count, y);
    return y;
}

/* The sum without what equals the maximum. */
WORD vf others_of_sum(enum way way, const void *context, size_t i, size_t count)
{
    const vf e = exp_term(way, context, i, count);
    return v_where(v_ne(e, ONE), e);
}

/* From a row's maximum and sum, what its results are made with, or its one result.  A sum of 0 is a masked row's. */
WORD vf exp_finish(enum exp_kind kind, size_t n, vf m, vf sum)
{
    if (kind == SHARE)
        return v_select(v_eq(sum, ZERO), ZERO, 1.0f / sum);
    if (kind == LOG_SHARE)
        return v_select(v_eq(sum, ZERO), ZERO, v_log(sum));
    const vf y = exp_shift(kind, 1, m) + v_log(kind == LOG_MEAN ? (vf)(sum / v_splat((float)n)) : sum);
    return v_select(m_and(v_eq(m, v_splat(INFINITY)), v_eq(sum, sum)), m, y);
}

/* One element far above the others: their share is all there is to see of ln sum, where m is small. */
WORD vf exp_alone(enum way way, const struct exp_row *c, vm small, vf m)
{
    const vm alone = m_and(small, v_lt(v_abs(m), v_splat(INFINITY)));
    if (!m_any(alone))
        return c->stat;
    const struct pair log1p = log1p_of(row_sum(way, others_of_sum, c, c->row.n)), t = exact_sum(c->m, log1p.high);
    return v_select(alone, t.high + (t.low + log1p.low), c->stat);
}

WORD void exp_op(enum way way, const void *context, struct row row, struct tensors t)
{
    const struct exp_call *call = context;
    struct exp_row c = { .kind = call->kind, .factor = call->factor, .s = call->s, .row = row, .x = t.a, .y = t.out };
    const vf m = row_max(way, c.factor, row, c.x);
    c.m = exp_shift(c.kind, call->masked, m);
    const vf sum = row_sum(way, exp_term, &c, row.n);
    c.stat = exp_finish(c.kind, row.n, m, sum);
    if (c.kind == LOG_SUM)
        c.stat = exp_alone(way, &c, v_lt(sum, v_splat(2.0f)), m);
    if (REDUCES(c.kind))
        stat_store(way, row, t.row_out, c.stat);
    else
        row_each(way, exp_result, &c, row.n);
}

#ifdef FAST_ROWS
#include "kernels/fast/row_softmax_fast.h"
#endif

WORD void exp_rows(enum exp_kind kind, float sign, float scale, unsigned int flags, struct actfn_shape shape,
                   const float *x, float *y)
{
    const float half = scale < 1 ? 0.5f : 1.0f;
    const struct exp_call call = { kind, (flags & ACTFN_MASKED_ROWS_ZERO) != 0, sign * half, scaling_of(scale / half) };
    const struct tensors t = { .a = x, .out = REDUCES(kind) ? NULL : y, .row_out = REDUCES(kind) ? y : NULL };
#ifdef FAST_ROWS
    /* A scale of 1 by itself: products with it are not worth their time. */
    if (scale == 1) {
        const struct exp_call plain = { kind, call.masked, sign, { 1.0f, 0x1.715476p+0f, -104.0f } };
        rows_each(fast_exp_op, &plain, shape, t);
        return;
    }
    if (scale > 0x1p-40f && scale < 0x1p40f) {
        rows_each(fast_exp_op, &call, shape, t);
        return;
    }
#endif
    rows_each(exp_op, &call, shape, t);
}

#define EXP_ROWS(name, kind, sign, scale)                                                                         \
    static void name##_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y) \
    {                                                                                                                 \
        (void)params;                                                                                                 \
        exp_rows(kind, sign, scale, flags, shape, x, y);                                                              \
    }
EXP_ROWS(softmax, SHARE, 1.0f, *params)
EXP_ROWS(softmin, SHARE, -1.0f, *params)
EXP_ROWS(log_softmax, LOG_SHARE, 1.0f, *params)
EXP_ROWS(logsumexp, LOG_SUM, 1.0f, 1.0f)
EXP_ROWS(logmeanexp, LOG_MEAN, 1.0f, 1.0f)

/* ---- backward from y --------------------------------------------------------------------------------------------- */

struct share_row {
    int logarithmic;
    float factor;
    struct row row;
    const float *y, *dy;
    float *dx;
    vf sum;
};

/* softmax: y dy, where an element without weight takes no part; log_softmax: dy. */
WORD vf share_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    const vf dy = row_load(way, c->row, c->dy, i, count);
    if (c->logarithmic)
        return dy;
    const vf y = row_load(way, c->row, c->y, i, count);
    return v_where(v_ne(y, ZERO), y * dy);
}

WORD vf share_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct share_row *c = context;
    const vf y = row_load(way, c->row, c->y, i, count), dy = row_load(way, c->row, c->dy, i, count);
    vf dx;
    if (c->logarithmic) {
        const vf e = row_exp_one(v_min(v_splat(87.0f), y), ZERO);
        dx = v_splat(c->factor) * (dy - v_where(v_ne(e, ZERO), e * c->sum));
    } else
        dx = v_where(v_ne(y, ZERO), v_splat(c->factor) * (y * (dy - c->sum)));
    row_store(way, c->row, c->dx, i, count, dx);
    return dx;
}

WORD void share_op(enum way way, const void *context, struct row row, struct tensors t)
{
    struct share_row c = *(const struct share_row *)context;
    c.row = row;
    c.y = t.a;
    c.dy = t.b;
    c.dx = t.out;
    c.sum = row_sum(way, share_term, &c, row.n);
    row_each(way, share_result, &c, row.n);
}

#define SHARE_ROWS(name, logarithmic_, sign)                                                                          \
    static void name##_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,  \
                                     const float *dy, float *dx)                                                     \
    {                                                                                                                \
        const struct share_row c = { .logarithmic = logarithmic_, .factor = sign *params };                          \
        (void)x;                                                                                                     \
        rows_each(share_op, &c, shape, (struct tensors){ .a = y, .b = dy, .out = dx });                              \
    }
SHARE_ROWS(softmax, 0, +)
SHARE_ROWS(softmin, 0, -)
SHARE_ROWS(log_softmax, 1, +)

/* ---- backward from x and y ----------------------------------------------------------------------------------------- */

struct sum_row {
    float share; /* of each element: 1, or 1 / n for the mean */
    struct row row;
    const float *x;
    float *dx;
    vf stat, above;
};

WORD vf sum_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sum_row *c = context;
    const vf x = row_load(way, c->row, c->x, i, count);
    const struct pair t = exact_sum(x, -c->stat);
    const vf e = row_exp_one(v_min(v_splat(87.0f), t.high), t.low) * c->share;
    /* Of a row that is all -inf, y is -inf too, and x - y NaN; of a row with a NaN all are NaN. */
    const vm weighs = m_and(v_ne(x, v_splat(-INFINITY)), v_ne(e, ZERO));
    row_store(way, c->row, c->dx, i, count, gate(weighs, c->above * e, c->stat));
    return e;
}

WORD void sum_op(enum way way, const void *context, struct row row, struct tensors t)
{
    struct sum_row c = *(const struct sum_row *)context;
    c.row = row;
    c.x = t.a;
    c.dx = t.out;
    c.stat = stat_load(way, row, t.row_a);
    c.above = stat_load(way, row, t.row_b);
    row_each(way, sum_result, &c, row.n);
}

#define SUM_ROWS(name, share_)                                                                                         \
    static void name##_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,  \
                                     const float *dy, float *dx)                                                     \
    {                                                                                                                \
        const struct sum_row c = { .share = share_ };                                                                \
        (void)params;                                                                                                \
        rows_each(sum_op, &c, shape, (struct tensors){ .a = x, .out = dx, .row_a = y, .row_b = dy });                \
    }
SUM_ROWS(logsumexp, 1.0f)
SUM_ROWS(logmeanexp, 1.0f / (float)shape.n)

#endif
