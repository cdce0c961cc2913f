/* SPDX-License-Identifier: MIT */
/* softmax and its kin in the fast mode: exp_op of row_softmax.h with the exponentials of fast/rows.h. */
#ifndef ACTFN_FAST_ROW_SOFTMAX_H
#define ACTFN_FAST_ROW_SOFTMAX_H

struct fast_row {
    struct exp_row exp;
    struct place at;
    vf least; /* what of the exponentials gives a normal result */
};

WORD vf fast_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    const vf x = exp_input(way, &c->exp, i, count);
    const vf e = place_exp_floored(c->at.shifted ? (vf)(x - c->at.shift) : x, c->at);
    if (c->exp.kind == SHARE)
        row_store(way, c->exp.row, c->exp.y, i, count, e);
    return e;
}

/* e stat, where it may be subnormal: by an addition, in whose low bits the result then stands.  Arithmetic
 * with subnormal results takes some CPUs fifty times as long. */
WORD vf product_of_tiny(vf e, vf stat, vf least)
{
    const vf large = v_max(least, e) * stat, units = v_min(e, least) * (stat * 0x1p126f) * 0x1p23f;
    const vf subnormal = v_bits(u_bits(units + 0x1p23f) - u_bits(v_splat(0x1p23f)));
    return v_select(v_lt(e, least), subnormal, large);
}

WORD vf fast_share(enum way way, const void *context, size_t i, size_t count)
{
    const struct fast_row *c = context;
    const vf e = row_load(way, c->exp.row, c->exp.y, i, count);
    if (m_any(v_lt(e, c->least)))
        row_store(way, c->exp.row, c->exp.y, i, count, product_of_tiny(e, c->exp.stat, c->least));
    else
        row_store(way, c->exp.row, c->exp.y, i, count, e * c->exp.stat);
    return e;
}

/* Four vectors with one test. */
WORD void fast_shares(enum way way, const struct fast_row *c)
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
    for (; row.n - i >= step && i < row.n; i += step)
        fast_share(way, c, i, step);
    if (way == ALONG && i < row.n)
        fast_share(way, c, i, row.n - i);
}

WORD void fast_exp_op(enum way way, const void *context, struct row row, struct tensors t)
{
    const struct exp_call *call = context;
    struct fast_row c = {
        .exp = { .kind = call->kind, .factor = call->factor, .s = call->s, .row = row, .x = t.a, .y = t.out }
    };
    const vf m = row_max(way, c.exp.factor, row, c.exp.x);
    c.exp.m = exp_shift(call->kind, call->masked, m);
    c.at = place_of_row(c.exp.m, call->s.scale, row.n);
    /* A constant in either loop. */
    vf sum;
    if (c.at.shifted) {
        c.at.shifted = 1;
        sum = row_sum(way, fast_term, &c, row.n);
    } else {
        c.at.shifted = 0;
        sum = row_sum(way, fast_term, &c, row.n);
    }
    /* The floor has made a number of the row that is all -inf. */
    if (REDUCES(call->kind) || call->masked)
        sum = v_select(m_and(v_eq(m, v_splat(-INFINITY)), v_eq(sum, sum)), ZERO, sum);
    if (call->kind == SHARE) {
        c.exp.stat = exp_finish(SHARE, row.n, m, sum);
        c.least = sum * 0x1p-126f;
        fast_shares(way, &c);
        return;
    }
    /* ln of the sum of e^(x - m), which is not below 0. */
    const vf log = place_log(call->kind == LOG_MEAN ? (vf)(sum / v_splat((float)row.n)) : sum, c.at);
    if (call->kind == LOG_SHARE) {
        c.exp.stat = v_select(v_eq(sum, ZERO), ZERO, v_max(ZERO, log));
        row_each(way, exp_result, &c.exp, row.n);
        return;
    }
    c.exp.stat = v_select(m_and(v_eq(m, v_splat(INFINITY)), v_eq(sum, sum)), m, c.exp.m + log);
    if (call->kind == LOG_SUM)
        c.exp.stat = exp_alone(way, &c.exp, v_lt(log, v_splat(0.6931f)), m);
    stat_store(way, row, t.row_out, c.exp.stat);
}

#endif
