/* SPDX-License-Identifier: MIT */
/* softmax and the like in the accurate mode: a maximum, a sum of e^(scale (x - m)) with x - m as two floats, and the results. */
#ifndef ACTFN_ROW_SOFTMAX_ACCURATE_H
#define ACTFN_ROW_SOFTMAX_ACCURATE_H

#include "kernels/row_softmax.h"

/* The term of the sum.  softmax keeps the exponential where its result will be. */
WORD vf kept_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const vf e = row_exp_below(v_splat(c->factor) * row_load(way, c->row, c->x, i, count), c->m, c->s);
    row_store(way, c->row, c->y, i, count, e);
    return v_where(u_above(u_bits(e), u_bits(v_splat(0x1p-87f))), e); /* as in row_exp_for_sum */
}

WORD vf log_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    return row_exp_below_for_sum(v_splat(c->factor) * row_load(way, c->row, c->x, i, count), c->m, c->s);
}

/* A reduction has no scale. */
WORD vf reduced_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const struct scaling plain = { 1.0f, 0x1.715476p+0f, -104.0f };
    return row_exp_below_for_sum(v_min(v_splat(FLT_MAX), row_load(way, c->row, c->x, i, count)), c->m, plain);
}

WORD vf log_of_share(enum way way, const void *context, size_t i, size_t count)
{
    const struct exp_row *c = context;
    const vf x = v_splat(c->factor) * row_load(way, c->row, c->x, i, count);
    row_store(way, c->row, c->y, i, count, v_fma(v_splat(c->s.scale), x - c->m, -c->stat));
    return ZERO;
}

/* A row in pages does not keep its exponentials, so each result computes its exponential again. */
struct paged_row {
    struct exp_row exp;
    struct least_share least;
    vf tiny;
};

WORD vf paged_share(enum way way, const void *context, size_t i, size_t count)
{
    const struct paged_row *c = context;
    kept_term(way, &c->exp, i, count);
    const vf e = row_load(way, c->exp.row, c->exp.y, i, count);
    row_store(way, c->exp.row, c->exp.y, i, count, share_of(e, c->exp.stat, c->least));
    return ZERO;
}

WORD vf paged_log(enum way way, const void *context, size_t i, size_t count)
{
    const struct paged_row *c = context;
    log_of_share(way, &c->exp, i, count);
    const vf y = row_load(way, c->exp.row, c->exp.y, i, count);
    row_store(way, c->exp.row, c->exp.y, i, count, or_tiny(y, c->tiny));
    return ZERO;
}

/* kind is a constant; LOG_SUM stands for both reductions. */
WORD void accurate_exp(enum way way, enum exp_kind kind, const void *context, struct row row, const struct tensors *t)
{
    const struct exp_call *call = context;
    const struct scaling s = { call->s.scale, call->s.octaves, call->s.zero_below };
    struct exp_row c = { .factor = call->factor, .s = s, .row = row_copy(&row), .x = t->a, .y = t->out };
    const vf m = row_max(way, c.factor, row, c.x);
    c.m = exp_shift(kind, call->masked, m);
    const vf sum = row_sum(way, kind == SHARE ? kept_term : kind == LOG_SHARE ? log_term : reduced_term, &c, row.n);
    c.stat = exp_finish(call->kind, row.n, m, sum);
    if (kind == SHARE && way == PAGED) {
        const struct paged_row results = { exp_row_copy(&c), least_share_of(sum), ZERO };
        row_each(way, paged_share, &results, row.n);
    } else if (kind == SHARE)
        share_results(way, &c, sum);
    else if (kind == LOG_SHARE) {
        const struct log_share_stat log = share_alone(way, &c, stands_alone(v_lt(sum, v_splat(1.125f)), m));
        c.stat = log.stat;
        if (way == PAGED) {
            const struct paged_row results = { exp_row_copy(&c), least_share_of(sum), log.tiny };
            row_each(way, paged_log, &results, row.n);
            return;
        }
        row_each(way, log_of_share, &c, row.n);
        tiny_results(way, &c, log.tiny);
    } else {
        if (call->kind == LOG_SUM)
            c.stat = sum_alone(way, &c, stands_alone(v_lt(sum, v_splat(2.0f)), m));
        stat_store(way, row, t->row_out, c.stat);
    }
}

#define EXP_OP(op, kind)                                                                                               \
    WORD void op(enum way way, const void *context, struct row row, const struct tensors *t)                           \
    {                                                                                                                  \
        accurate_exp(way, kind, context, row, t);                                                                      \
    }                                                                                                                  \
    ROW_OP(op)
EXP_OP(accurate_share, SHARE)
EXP_OP(accurate_log_share, LOG_SHARE)
/* The fast mode comes here for its extreme scales only, and a reduction has no scale. */
#ifdef ACTFN_KERNELS_FAST
#define accurate_reduction_rows accurate_log_share_rows
#else
EXP_OP(accurate_reduction, LOG_SUM)
#endif

static void exact_exp_rows(enum exp_kind kind, float sign, float scale, unsigned int flags, struct actfn_shape shape,
                           const float *x, float *y)
{
    const float half = scale < 1 ? 0.5f : 1.0f;
    const struct exp_call call = { kind, (flags & ACTFN_MASKED_ROWS_ZERO) != 0, sign * half, scaling_of(scale / half) };
    const struct tensors t = { .a = x, .out = REDUCES(kind) ? NULL : y, .row_out = REDUCES(kind) ? y : NULL };
    const struct rows_op *op = REDUCES(kind)       ? &accurate_reduction_rows
                               : kind == LOG_SHARE ? &accurate_log_share_rows
                                                   : &accurate_share_rows;
    rows_each(op, &call, shape, &t);
}

#endif
