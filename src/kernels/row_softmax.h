/* SPDX-License-Identifier: MIT */
/*
 * The row operations around a sum of exponentials.  This header has the parts that softmax, softmin, log_softmax, logsumexp and
 * logmeanexp share in both modes.  The passes over a row are accurate/row_softmax_accurate.h and fast/row_softmax_fast.h.
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
    float factor; /* multiplies x first: softmin's sign, and 1/2 where x - m could overflow and matter */
    struct scaling s;
};

/* One row of a call. */
struct exp_row {
    struct row row;
    float factor;
    struct scaling s;
    const float *x;
    float *y;
    vf m, stat;
};

WORD struct exp_row exp_row_copy(const struct exp_row *c)
{
    return (struct exp_row) {
        row_copy(&c->row), c->factor, { c->s.scale, c->s.octaves, c->s.zero_below }, c->x, c->y, c->m, c->stat
    };
}

/* The shift of the row.  With a shift of 0 a row of -inf keeps x = -inf, and its sum is 0. */
WORD vf exp_shift(enum exp_kind kind, int masked, vf m)
{
    if (REDUCES(kind))
        m = v_min(v_splat(FLT_MAX), m);
    return REDUCES(kind) || masked ? v_select(v_eq(m, v_splat(-INFINITY)), ZERO, m) : m;
}

/* 1 / sum for SHARE, ln sum for LOG_SHARE, otherwise the row's one result.  A sum of 0 is that of a masked row. */
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

/* A term of the lifted sum, without the elements that equal the maximum. */
WORD vf others_of_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const vf x = v_min(v_splat(FLT_MAX), v_splat(c->factor) * row_load(way, c->row, c->x, i, count));
    const struct pair t = exact_sum(x, -c->m);
    return v_where(v_ne(t.high, ZERO), row_exp_lifted(t.high, t.low, c->s));
}
ROW_SUM_PASS(others_of_sum, exp_row)

/* ln of a sum of less than 2, in two parts.  Where the logarithm is subnormal, both parts are 0, and `tiny` is the logarithm. */
struct log_alone {
    struct pair log;
    vf tiny;
};

WORD struct log_alone exp_alone(enum way way, const struct exp_row *c)
{
    const struct exp_row other = exp_row_copy(c);
    const vf lifted = others_of_sum_sum(way, &other, c->row.n);
    const vm tiny = v_lt(lifted, v_splat(0x1p-62f)), small = v_lt(lifted, v_splat(0x1p24f));
    const vf others = v_select(tiny, ZERO, lifted) * 0x1p-64f;
    struct log_alone a = { log1p_of(v_select(small, ZERO, others)), ZERO };
    a.log.high = v_select(small, others, a.log.high);
    a.tiny = v_where(tiny, tiny_of(v_select(tiny, lifted, ZERO) * 0x1p85f));
    return a;
}

/* Whether a row's maximum stands alone: the sum is near 1, and ln sum consists of the share of the other elements. */
WORD vm stands_alone(vm small, vf m) { return m_and(small, v_lt(v_abs(m), v_splat(INFINITY))); }

/* logsumexp. */
WORD vf sum_alone(enum way way, const struct exp_row *c, vm alone)
{
    if (!m_any(alone))
        return c->stat;
    const struct log_alone a = exp_alone(way, c);
    const struct pair t = exact_sum(c->m, a.log.high);
    const vf y = t.high + (t.low + a.log.low);
    return v_select(alone, v_select(m_and(v_eq(c->m, ZERO), u_above(u_bits(a.tiny), u_splat(0))), a.tiny, y), c->stat);
}

/* log_softmax subtracts `stat`.  Where `tiny` is not 0, -tiny takes the place of a result of 0. */
struct log_share_stat {
    vf stat, tiny;
};

WORD struct log_share_stat share_alone(enum way way, const struct exp_row *c, vm alone)
{
    if (!m_any(alone))
        return (struct log_share_stat) { c->stat, ZERO };
    const struct log_alone a = exp_alone(way, c);
    return (struct log_share_stat) { v_select(alone, a.log.high + a.log.low, c->stat), v_where(alone, a.tiny) };
}

WORD vf or_tiny(vf y, vf tiny) { return v_select(m_and(v_eq(y, ZERO), u_above(u_bits(tiny), u_splat(0))), -tiny, y); }

WORD vf tiny_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    row_store(way, c->row, c->y, i, count, or_tiny(row_load(way, c->row, c->y, i, count), c->stat));
    return ZERO;
}
ROW_EACH_PASS(tiny_result, exp_row)

/* Comes after the other results. */
WORD void tiny_results(enum way way, const struct exp_row *c, vf tiny)
{
    if (!any_far(u_above(u_bits(tiny), u_splat(0))))
        return;
    struct exp_row other = exp_row_copy(c);
    other.stat = tiny;
    tiny_result_each(way, &other, c->row.n);
}

/* ---- shares ---------------------------------------------------------------------------------------------------------- */

/* An exponential times stat = 1 / sum. */
WORD vf share_of(vf e, vf stat, struct least_share least)
{
    return m_any(small_of_four(e, e, e, e, least)) ? small_share_of(e, stat, least) : (vf)(e * stat);
}

/* The exponentials in y times stat: four vectors with one test. */
WORD void share_results(enum way way, const struct exp_row *c, vf sum)
{
    const struct row row = row_copy(&c->row);
    const size_t step = ROW_STEP(way);
    const struct least_share least = least_share_of(sum);
    size_t i = 0;
    for (; row.n - i >= 4 * step; i += 4 * step) {
        vf e[4];
#pragma GCC unroll 4
        for (size_t j = 0; j < 4; j++)
            e[j] = row_load(way, row, c->y, i + j * step, step);
        if (m_any(small_of_four(e[0], e[1], e[2], e[3], least)))
#pragma GCC unroll 4
            for (size_t j = 0; j < 4; j++)
                row_store(way, row, c->y, i + j * step, step, small_share_of(e[j], c->stat, least));
        else
#pragma GCC unroll 4
            for (size_t j = 0; j < 4; j++)
                row_store(way, row, c->y, i + j * step, step, e[j] * c->stat);
    }
    for (size_t count; i < row.n; i += count) {
        count = IS_ALONG(way) ? lanes_of(row.n, i) : 1;
        const vf e = row_load(way, row, c->y, i, count);
        row_store(way, row, c->y, i, count, small_share_of(e, c->stat, least));
    }
}

#endif
