/* SPDX-License-Identifier: MIT */
/*
 * The sum behind a parameter's gradient, in an order that depends on n alone and not on the number of lanes:
 * within blocks of 4096 elements, element i goes to partial i mod 16; partials fold 8-4-2-1; block sums add pairwise.
 * A partial is a float with the sum of its rounding errors beside it (Knuth's two-sum), and is folded in double: a
 * plain float would miss the promised 2^-21 within a block already.
 */
#ifndef ACTFN_REDUCE_H
#define ACTFN_REDUCE_H

#include <math.h>

enum { PARTIALS = 16, PARTIAL_VECTORS = PARTIALS / V_LANES, BLOCK = 4096, LEVELS = 64 };

struct partial {
    vf sum, error;
};

WORD void partial_add(struct partial *p, vf term)
{
    vf sum = p->sum + term;
    vf added = sum - p->sum;
    p->error = p->error + ((p->sum - (sum - added)) + (term - added));
    p->sum = sum;
}

/* Once a partial is infinite or NaN its error term is NaN, and the sum alone is the answer. */
WORD double partial_value(float sum, float error) { return isfinite(sum) ? (double)sum + (double)error : (double)sum; }

/* The sum of op(x[i], dy[i]) over one block of n <= BLOCK elements. */
WORD double reduce_block(binary_op *op, const void *params, size_t n, const float *x, const float *dy)
{
    struct partial part[PARTIAL_VECTORS];
    for (int j = 0; j < PARTIAL_VECTORS; j++)
        part[j].sum = part[j].error = v_splat(0.0f);

    size_t i = 0;
    for (; n - i >= PARTIALS; i += PARTIALS)
        for (int j = 0; j < PARTIAL_VECTORS; j++) {
            const size_t at = i + (size_t)j * V_LANES;
            partial_add(&part[j], op(v_load(x + at), v_load(dy + at), params));
        }
    int k = 0;
    for (; n - i >= V_LANES; i += V_LANES, k++)
        partial_add(&part[k], op(v_load(x + i), v_load(dy + i), params));
    if (i < n) {
        /* What a formula makes of the lanes beyond n must not be added. */
        float terms[V_LANES] = { 0 };
        v_store_n(terms, op(v_load_n(x + i, n - i), v_load_n(dy + i, n - i), params), n - i);
        partial_add(&part[k], v_load(terms));
    }

    float sum[PARTIALS], error[PARTIALS];
    double fold[PARTIALS];
    for (int j = 0; j < PARTIAL_VECTORS; j++) {
        v_store(sum + j * V_LANES, part[j].sum);
        v_store(error + j * V_LANES, part[j].error);
    }
    for (int j = 0; j < PARTIALS; j++)
        fold[j] = partial_value(sum[j], error[j]);
    for (int half = PARTIALS / 2; half; half /= 2)
        for (int j = 0; j < half; j++)
            fold[j] += fold[j + half];
    return fold[0];
}

/* The sum of op(x[i], dy[i]) over all n elements. */
WORD float reduce(binary_op *op, const void *params, size_t n, const float *x, const float *dy)
{
    /* level[j] holds the sum of 2^j blocks where bit j of `blocks` is set: a binary counter adds pairwise. */
    double level[LEVELS];
    size_t blocks = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        double sum = reduce_block(op, params, n - i < BLOCK ? n - i : BLOCK, x + i, dy + i);
        int j = 0;
        for (; blocks >> j & 1; j++)
            sum = level[j] + sum;
        level[j] = sum;
        blocks++;
    }
    double total = 0;
    for (int j = 0; blocks >> j; j++)
        if (blocks >> j & 1)
            total = level[j] + total;
    return (float)total;
}

#endif
