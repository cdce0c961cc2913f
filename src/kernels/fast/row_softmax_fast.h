/* SPDX-License-Identifier: MIT */
/* softmax and its kin in the fast mode: accurate/row_softmax_accurate.h with the sums and exponentials of this mode. */
#ifndef ACTFN_ROW_SOFTMAX_FAST_H
#define ACTFN_ROW_SOFTMAX_FAST_H

#include "kernels/row_softmax.h"
#include "kernels/tables.h"

struct fast_row {
    struct exp_row exp;
    struct anchor at;
    vf least; /* what of the exponentials gives a normal result */
};

/* ---- the sum ------------------------------------------------------------------------------------------------------------ */

/* What a pass has to do beside the exponential, all constants. */
struct sum_form {
    int keeps;  /* the term where the result will be */
    int clamps; /* an infinite x */
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

/* name_sum(way, context, n).  A product with a scale of 1 is not worth its time, and nor is a shift by 0. */
#define FAST_SUM(name, ...)                                                             \
    WORD vf name(enum way way, const void *context, size_t i, size_t count)             \
    {                                                                                   \
        return fast_term(way, context, i, count, (struct sum_form){ __VA_ARGS__ });     \
    }                                                                                   \
    ROW_SUM_PASS(name)
FAST_SUM(share, .keeps = 1)
FAST_SUM(share_negated, .keeps = 1, .negates = 1)
FAST_SUM(share_scaled, .keeps = 1, .scales = 1)
FAST_SUM(share_shifted, .keeps = 1, .scales = 1, .shifts = 1)
FAST_SUM(log_share, .keeps = 0)
FAST_SUM(log_share_scaled, .scales = 1)
FAST_SUM(log_share_shifted, .scales = 1, .shifts = 1)
FAST_SUM(reduced, .clamps = 1)
FAST_SUM(reduced_shifted, .clamps = 1, .scales = 1, .shifts = 1)

WORD vf fast_sum(enum way way, enum exp_kind kind, const struct fast_row *c, size_t n)
{
    if (REDUCES(kind))
        return c->at.shifted ? reduced_shifted_sum(way, c, n) : reduced_sum(way, c, n);
    const int scaled = c->exp.s.scale != 1;
    if (kind == LOG_SHARE)
        return c->at.shifted ? log_share_shifted_sum(way, c, n)
               : scaled      ? log_share_scaled_sum(way, c, n)
                             : log_share_sum(way, c, n);
    return c->at.shifted          ? share_shifted_sum(way, c, n)
           : scaled               ? share_scaled_sum(way, c, n)
           : c->exp.factor == 1   ? share_sum(way, c, n)
                                  : share_negated_sum(way, c, n);
}

/* ---- the results ---------------------------------------------------------------------------------------------------------- */

/* e stat, where it may be subnormal: by an addition, in whose low bits the result then stands.  Arithmetic
 * with subnormal results takes some CPUs fifty times as long. */
WORD vf product_of_tiny(vf e, vf stat, vf least)
{
    const vf large = v_max(least, e) * stat, units = v_min(e, least) * (stat * 0x1p126f) * 0x1p23f;
    const vf subnormal = v_bits(u_bits(units + 0x1p23f) - u_bits(v_splat(0x1p23f)));
    return v_select(v_lt(e, least), subnormal, large);
}

/* Four vectors with one test. */
WORD void share_results(enum way way, const struct fast_row *c)
{
    const struct row row = c->exp.row;
    const size_t step = ROW_STEP(way);
    size_t i = 0;
    for (; row.n - i >= 4 * step; i += 4 * step) {
        vf e[4];
#pragma GCC unroll 4
        for (size_t j = 0; j < 4; j++)
            e[j] = row_load(way, row, c->exp.y, i + j * step, step);
        if (m_any(v_lt(v_min(v_min(e[0], e[1]), v_min(e[2], e[3])), c->least)))
#pragma GCC unroll 4
            for (size_t j = 0; j < 4; j++)
                row_store(way, row, c->exp.y, i + j * step, step, product_of_tiny(e[j], c->exp.stat, c->least));
        else
#pragma GCC unroll 4
            for (size_t j = 0; j < 4; j++)
                row_store(way, row, c->exp.y, i + j * step, step, e[j] * c->exp.stat);
    }
    for (size_t count; i < row.n; i += count) {
        count = way == ALONG ? lanes_of(row.n, i) : 1;
        const vf e = row_load(way, row, c->exp.y, i, count);
        row_store(way, row, c->exp.y, i, count, product_of_tiny(e, c->exp.stat, c->least));
    }
}
PASS void share_results_along(const struct fast_row *c) { share_results(ALONG, c); }
PASS void share_results_across(const struct fast_row *c) { share_results(ACROSS, c); }

WORD vf log_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    row_store(way, c->exp.row, c->exp.y, i, count,
              (row_load(way, c->exp.row, c->exp.x, i, count) - c->exp.m) - c->exp.stat);
    return ZERO;
}
ROW_EACH_PASS(log_result)

WORD vf log_result_scaled(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    const vf x = v_splat(c->exp.factor) * row_load(way, c->exp.row, c->exp.x, i, count);
    row_store(way, c->exp.row, c->exp.y, i, count, v_fma(v_splat(c->exp.s.scale), x - c->exp.m, -c->exp.stat));
    return ZERO;
}
ROW_EACH_PASS(log_result_scaled)

WORD void fast_exp_op(enum way way, const void *context, struct row row, struct tensors t)
{
    const struct exp_call *call = context;
    struct fast_row c = { .exp = { .factor = call->factor, .s = call->s, .row = row, .x = t.a, .y = t.out } };
    const vf m = row_max(way, c.exp.factor, row, c.exp.x);
    c.exp.m = exp_shift(call->kind, call->masked, m);
    c.at = anchor_of_row(c.exp.m, call->s.scale, row.n);
    vf sum = fast_sum(way, call->kind, &c, row.n);
    /* The floor has made a number of the row that is all -inf. */
    if (REDUCES(call->kind) || call->masked)
        sum = v_select(m_and(v_eq(m, v_splat(-INFINITY)), v_eq(sum, sum)), ZERO, sum);
    if (call->kind == SHARE) {
        c.exp.stat = exp_finish(SHARE, row.n, m, sum);
        c.least = sum * 0x1p-126f;
        if (way == ALONG)
            share_results_along(&c);
        else
            share_results_across(&c);
        return;
    }
    /* ln of the sum of e^(x - m), which is not below 0. */
    const vf log = anchor_log(call->kind == LOG_MEAN ? (vf)(sum / v_splat((float)row.n)) : sum, c.at);
    if (call->kind == LOG_SHARE) {
        c.exp.stat = v_select(v_eq(sum, ZERO), ZERO, v_max(ZERO, log));
        if (call->s.scale == 1)
            log_result_each(way, &c, row.n);
        else
            log_result_scaled_each(way, &c, row.n);
        return;
    }
    c.exp.stat = v_select(m_and(v_eq(m, v_splat(INFINITY)), v_eq(sum, sum)), m, c.exp.m + log);
    if (call->kind == LOG_SUM)
        c.exp.stat = exp_alone(way, &c.exp, v_lt(log, v_splat(0.6931f)), m);
    stat_store(way, row, t.row_out, c.exp.stat);
}
ROW_OP(fast_exp_op)

/* Beyond these scales the accurate mode's kernel does it. */
static void exp_rows(enum exp_kind kind, float sign, float scale, unsigned int flags, struct actfn_shape shape,
                     const float *x, float *y)
{
    if (!(scale > 0x1p-40f && scale < 0x1p40f)) {
        extern const struct actfn_row_kernels TABLE_OF(ACTFN_BACKEND, accurate, rows)[];
        const actfn_op op = kind == LOG_SHARE ? ACTFN_LOG_SOFTMAX : sign < 0 ? ACTFN_SOFTMIN : ACTFN_SOFTMAX;
        TABLE_OF(ACTFN_BACKEND, accurate, rows)[op].forward(&scale, flags, shape, x, y);
        return;
    }
    const float half = scale < 1 ? 0.5f : 1.0f;
    const struct exp_call call = { kind, (flags & ACTFN_MASKED_ROWS_ZERO) != 0, sign * half, scaling_of(scale / half) };
    const struct tensors t = { .a = x, .out = REDUCES(kind) ? NULL : y, .row_out = REDUCES(kind) ? y : NULL };
    rows_each(&fast_exp_op_rows, &call, shape, &t);
}

#endif
