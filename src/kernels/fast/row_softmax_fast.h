/* SPDX-License-Identifier: MIT */
/* softmax and the like in the fast mode: accurate/row_softmax_accurate.h with the sums and exponentials of this mode. */
#ifndef ACTFN_ROW_SOFTMAX_FAST_H
#define ACTFN_ROW_SOFTMAX_FAST_H

#include "kernels/accurate/row_softmax_accurate.h"

struct fast_row {
    struct exp_row exp;
    struct anchor at;
};

WORD struct fast_row fast_row_copy(const struct fast_row *c)
{
    return (struct fast_row) { exp_row_copy(&c->exp),
                               { c->at.shifted, c->at.scale, c->at.m, c->at.shift, c->at.octaves, c->at.magic,
                                 c->at.floor } };
}

/* ---- the sum ------------------------------------------------------------------------------------------------------------ */

/* The tasks of a pass besides the exponential.  All are constants. */
struct sum_form {
    int keeps;  /* store the term where the result will be */
    int clamps; /* make an infinite x finite */
    int negates, scales, shifts;
};

WORD vf fast_term(enum way way, const void *context, size_t i, size_t count, struct sum_form form)
{
    const struct fast_row *c = context;
    vf x = row_load(way, c->exp.row, c->exp.x, i, count);
    if (form.scales)
        x = v_splat(c->exp.factor) * x;
    else if (form.negates)
        x = -x;
    if (form.clamps)
        x = v_min(v_splat(FLT_MAX), x);
    const vf e = anchor_exp_floored(form.shifts ? (vf)(x - c->at.shift) : x, form.scales, c->at);
    if (form.keeps)
        row_store(way, c->exp.row, c->exp.y, i, count, e);
    return e;
}

/* A term of each form.  The common forms leave out the product with a scale of 1 and the shift by 0, which would take time. */
#define FAST_TERM(name, ...)                                                                                           \
    WORD vf name(enum way way, const void *context, size_t i, size_t count)                                            \
    {                                                                                                                  \
        return fast_term(way, context, i, count, (struct sum_form) { __VA_ARGS__ });                                   \
    }
FAST_TERM(share, .keeps = 1)
FAST_TERM(share_negated, .keeps = 1, .negates = 1)
FAST_TERM(share_shifted, .keeps = 1, .scales = 1, .shifts = 1)
FAST_TERM(log_share, .keeps = 0)
FAST_TERM(log_share_shifted, .scales = 1, .shifts = 1)
FAST_TERM(reduced, .clamps = 1)
FAST_TERM(reduced_shifted, .clamps = 1, .scales = 1, .shifts = 1)

/* Rare forms are calls.  A shift by 0 is exact, so a scale without a shift needs no pass of its own. */
ROW_SUM_PASS(share_shifted, fast_row)
ROW_SUM_PASS(log_share_shifted, fast_row)
ROW_SUM_PASS(reduced_shifted, fast_row)

/* A scale of 1/2 is wholly in the factor. */
WORD int is_scaled(const struct exp_row *c) { return c->s.scale != 1 || (c->factor != 1 && c->factor != -1); }

/* The passes get the address of a copy, so that the compiler can keep c in registers. */
WORD vf fast_sum(enum way way, enum exp_kind kind, int negates, const struct fast_row *c, size_t n)
{
    if (c->at.shifted || (!REDUCES(kind) && is_scaled(&c->exp))) {
        const struct fast_row other = fast_row_copy(c);
        if (REDUCES(kind))
            return reduced_shifted_sum(way, &other, n);
        if (kind == LOG_SHARE)
            return log_share_shifted_sum(way, &other, n);
        return share_shifted_sum(way, &other, n);
    }
    if (REDUCES(kind))
        return row_sum(way, reduced, c, n);
    if (kind == LOG_SHARE)
        return row_sum(way, log_share, c, n);
    return negates ? row_sum(way, share_negated, c, n) : row_sum(way, share, c, n);
}

/* ---- the results ---------------------------------------------------------------------------------------------------------- */

WORD vf log_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    row_store(way, c->exp.row, c->exp.y, i, count,
              (row_load(way, c->exp.row, c->exp.x, i, count) - c->exp.m) - c->exp.stat);
    return ZERO;
}

WORD vf log_result_scaled(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    const vf x = v_splat(c->exp.factor) * row_load(way, c->exp.row, c->exp.x, i, count);
    row_store(way, c->exp.row, c->exp.y, i, count, v_fma(v_splat(c->exp.s.scale), x - c->exp.m, -c->exp.stat));
    return ZERO;
}
ROW_EACH_PASS(log_result_scaled, fast_row)

/* For a row in pages, as struct paged_row is in the accurate mode. */
struct fast_paged_row {
    struct fast_row fast;
    struct least_share least;
    vf tiny;
};

#define PAGED_SHARE(name, ...)                                                                                         \
    WORD vf name(enum way way, const void *context, size_t i, size_t count)                                            \
    {                                                                                                                  \
        const struct fast_paged_row *c = context;                                                                      \
        const vf e = fast_term(way, &c->fast, i, count, (struct sum_form) { __VA_ARGS__ });                            \
        row_store(way, c->fast.exp.row, c->fast.exp.y, i, count, share_of(e, c->fast.exp.stat, c->least));             \
        return ZERO;                                                                                                   \
    }
PAGED_SHARE(paged_share_plain, .keeps = 0)
PAGED_SHARE(paged_share_negated, .negates = 1)
PAGED_SHARE(paged_share_shifted, .scales = 1, .shifts = 1)

WORD void paged_share_results(enum way way, int negates, const struct fast_row *c, vf sum)
{
    const struct fast_paged_row own = { fast_row_copy(c), least_share_of(sum), ZERO };
    if (c->at.shifted || is_scaled(&c->exp))
        row_each(way, paged_share_shifted, &own, c->exp.row.n);
    else if (negates)
        row_each(way, paged_share_negated, &own, c->exp.row.n);
    else
        row_each(way, paged_share_plain, &own, c->exp.row.n);
}

#define PAGED_LOG(name, result)                                                                                        \
    WORD vf name(enum way way, const void *context, size_t i, size_t count)                                            \
    {                                                                                                                  \
        const struct fast_paged_row *c = context;                                                                      \
        result(way, &c->fast, i, count);                                                                               \
        const vf y = row_load(way, c->fast.exp.row, c->fast.exp.y, i, count);                                          \
        row_store(way, c->fast.exp.row, c->fast.exp.y, i, count, or_tiny(y, c->tiny));                                 \
        return ZERO;                                                                                                   \
    }
PAGED_LOG(paged_log_plain, log_result)
PAGED_LOG(paged_log_scaled, log_result_scaled)

WORD void paged_log_results(enum way way, const struct fast_row *c, vf tiny)
{
    const struct fast_paged_row own = { fast_row_copy(c), least_share_of(ZERO), tiny };
    if (is_scaled(&c->exp))
        row_each(way, paged_log_scaled, &own, c->exp.row.n);
    else
        row_each(way, paged_log_plain, &own, c->exp.row.n);
}

/* kind and negates are constants; LOG_SUM stands for both reductions. */
WORD void fast_exp(enum way way, enum exp_kind kind, int negates, const void *context, struct row row,
                   const struct tensors *t)
{
    const struct exp_call *call = context;
    const struct scaling s = { call->s.scale, call->s.octaves, call->s.zero_below };
    struct fast_row c = { .exp = { .factor = call->factor, .s = s, .row = row_copy(&row), .x = t->a, .y = t->out } };
    const vf m = row_max(way, c.exp.factor, row, c.exp.x);
    c.exp.m = exp_shift(kind, call->masked, m);
    c.at = anchor_of_row(c.exp.m, s.scale, row.n);
    vf sum = fast_sum(way, kind, negates, &c, row.n);
    /* In a row that is all -inf the floor has made the terms finite, but the sum is 0. */
    if (REDUCES(kind) || call->masked)
        sum = v_select(m_and(v_eq(m, v_splat(-INFINITY)), v_eq(sum, sum)), ZERO, sum);
    if (kind == SHARE) {
        c.exp.stat = exp_finish(SHARE, row.n, m, sum);
        if (way == PAGED)
            paged_share_results(way, negates, &c, sum);
        else
            share_results(way, &c.exp, sum);
        return;
    }
    /* ln of the sum of e^(x - m), which is not below 0. */
    const vf log = anchor_log(call->kind == LOG_MEAN ? (vf)(sum / v_splat((float)row.n)) : sum, c.at);
    if (kind == LOG_SHARE) {
        const vm alone = stands_alone(v_lt(log, v_splat(0.1177f)), m);
        c.exp.stat = v_select(v_eq(sum, ZERO), ZERO, v_max(ZERO, log));
        const struct log_share_stat own = share_alone(way, &c.exp, alone);
        c.exp.stat = own.stat;
        if (way == PAGED) {
            paged_log_results(way, &c, own.tiny);
            return;
        }
        if (!is_scaled(&c.exp))
            row_each(way, log_result, &c, row.n);
        else {
            const struct fast_row other = fast_row_copy(&c);
            log_result_scaled_each(way, &other, row.n);
        }
        tiny_results(way, &c.exp, own.tiny);
        return;
    }
    c.exp.stat = v_select(m_and(v_eq(m, v_splat(INFINITY)), v_eq(sum, sum)), m, c.exp.m + log);
    if (call->kind == LOG_SUM)
        c.exp.stat = sum_alone(way, &c.exp, stands_alone(v_lt(log, v_splat(0.6931f)), m));
    stat_store(way, row, t->row_out, c.exp.stat);
}

#define FAST_EXP_OP(op, kind, negates)                                                                                 \
    WORD void op(enum way way, const void *context, struct row row, const struct tensors *t)                           \
    {                                                                                                                  \
        fast_exp(way, kind, negates, context, row, t);                                                                 \
    }                                                                                                                  \
    ROW_OP(op)
FAST_EXP_OP(fast_share, SHARE, 0)
FAST_EXP_OP(fast_negated_share, SHARE, 1)
FAST_EXP_OP(fast_log_share, LOG_SHARE, 0)
FAST_EXP_OP(fast_reduction, LOG_SUM, 0)

/* Beyond these scales the loops of the accurate mode compute the rows, with this mode's logarithm. */
static void exp_rows(enum exp_kind kind, float sign, float scale, unsigned int flags, struct actfn_shape shape,
                     const float *x, float *y)
{
    if (!(scale > 0x1p-40f && scale < 0x1p40f)) {
        exact_exp_rows(kind, sign, scale, flags, shape, x, y);
        return;
    }
    const float half = scale < 1 ? 0.5f : 1.0f;
    const struct exp_call call = { kind, (flags & ACTFN_MASKED_ROWS_ZERO) != 0, sign * half, scaling_of(scale / half) };
    const struct tensors t = { .a = x, .out = REDUCES(kind) ? NULL : y, .row_out = REDUCES(kind) ? y : NULL };
    const struct rows_op *op = REDUCES(kind)       ? &fast_reduction_rows
                               : kind == LOG_SHARE ? &fast_log_share_rows
                               : sign < 0          ? &fast_negated_share_rows
                                                   : &fast_share_rows;
    rows_each(op, &call, shape, &t);
}

#endif
