/* SPDX-License-Identifier: MIT */
/*
 * The row operations around a sum of exponentials: what softmax, softmin, log_softmax, logsumexp and logmeanexp share in
 * both modes.  The passes over a row are accurate/row_softmax_accurate.h and fast/row_softmax_fast.h.
 */
#ifndef ACTFN_ROW_SOFTMAX_H
#define ACTFN_ROW_SOFTMAX_H

#include "kernels/row_words.h"
#include "math/sigmoid.h"

/* SHARE: softmax and softmin; LOG_SHARE: log_softmax; LOG_SUM and LOG_MEAN have one result a row. */
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
    float factor;
    struct scaling s;
    struct row row;
    const float *x;
    float *y;
    vf m, stat;
};

WORD struct exp_row exp_row_copy(const struct exp_row *c)
{
    return (struct exp_row) {
        c->factor, { c->s.scale, c->s.octaves, c->s.zero_below }, row_copy(&c->row), c->x, c->y, c->m, c->stat
    };
}

/* What the row is shifted by.  With a shift of 0 a row of -inf keeps x = -inf, and its sum is 0. */
WORD vf exp_shift(enum exp_kind kind, int masked, vf m)
{
    if (REDUCES(kind))
        m = v_min(v_splat(FLT_MAX), m);
    return REDUCES(kind) || masked ? v_select(v_eq(m, v_splat(-INFINITY)), ZERO, m) : m;
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

/* ---- one element far above the others ---------------------------------------------------------------------------- */

/* The sum without what equals the maximum. */
WORD vf others_of_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const struct scaling plain = { 1.0f, 0x1.715476p+0f, -104.0f };
    const vf x = v_min(v_splat(FLT_MAX), row_load(way, c->row, c->x, i, count));
    const vf e = row_exp_below(x, c->m, plain);
    return v_where(v_ne(e, ONE), e);
}
ROW_SUM_PASS(others_of_sum, exp_row)

/* logsumexp where m is small: the share of the others is all that shows of ln sum. */
WORD vf exp_alone(enum way way, const struct exp_row *c, vm small, vf m)
{
    const vm alone = m_and(small, v_lt(v_abs(m), v_splat(INFINITY)));
    if (!m_any(alone))
        return c->stat;
    const struct exp_row other = exp_row_copy(c);
    const struct pair log1p = log1p_of(others_of_sum_sum(way, &other, c->row.n)), t = exact_sum(c->m, log1p.high);
    return v_select(alone, t.high + (t.low + log1p.low), c->stat);
}

#endif
