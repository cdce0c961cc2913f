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
#include <string.h>

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

/* The PARTIALS partials of a sum, which lie `stride` floats apart. */
WORD double fold_partials(const float *sum, const float *error, size_t stride)
{
    double fold[PARTIALS];
    for (size_t j = 0; j < PARTIALS; j++)
        fold[j] = partial_value(sum[j * stride], error[j * stride]);
    for (int half = PARTIALS / 2; half; half /= 2)
        for (int j = 0; j < half; j++)
            fold[j] += fold[j + half];
    return fold[0];
}

WORD double fold_vectors(const struct partial *part)
{
    float sum[PARTIALS], error[PARTIALS];
    for (int j = 0; j < PARTIAL_VECTORS; j++) {
        v_store(sum + j * V_LANES, part[j].sum);
        v_store(error + j * V_LANES, part[j].error);
    }
    return fold_partials(sum, error, 1);
}

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

    return fold_vectors(part);
}

/* Sums of blocks, added pairwise: level[j] holds the sum of 2^j blocks where bit j of `blocks` is set, a binary counter. */
struct pairwise {
    double level[LEVELS];
    size_t blocks;
};

WORD void pairwise_add(struct pairwise *p, double sum)
{
    int j = 0;
    for (; p->blocks >> j & 1; j++)
        sum = p->level[j] + sum;
    p->level[j] = sum;
    p->blocks++;
}

WORD double pairwise_total(const struct pairwise *p)
{
    double total = 0;
    for (int j = 0; p->blocks >> j; j++)
        if (p->blocks >> j & 1)
            total = p->level[j] + total;
    return total;
}

/* The sum of op(x[i], dy[i]) over all n elements. */
WORD float reduce(binary_op *op, const void *params, size_t n, const float *x, const float *dy)
{
    struct pairwise total;
    total.blocks = 0;
    for (size_t i = 0; i < n; i += BLOCK)
        pairwise_add(&total, reduce_block(op, params, n - i < BLOCK ? n - i : BLOCK, x + i, dy + i));
    return (float)pairwise_total(&total);
}

/* The same sum of elements that come in pieces: what does not fill the partials waits. */
struct running_sum {
    struct pairwise total;
    struct partial part[PARTIAL_VECTORS];
    size_t count; /* in this block, those that wait included */
    float x[PARTIALS], dy[PARTIALS];
};

WORD void running_sum_block(struct running_sum *s)
{
    for (int j = 0; j < PARTIAL_VECTORS; j++)
        s->part[j].sum = s->part[j].error = v_splat(0.0f);
    s->count = 0;
}

WORD void running_sum_start(struct running_sum *s)
{
    s->total.blocks = 0;
    running_sum_block(s);
}

/* n is a multiple of PARTIALS. */
WORD void running_sum_full(struct running_sum *s, binary_op *op, const void *params, size_t n, const float *x,
                           const float *dy)
{
    struct partial part[PARTIAL_VECTORS];
    memcpy(part, s->part, sizeof part);
    for (size_t i = 0; i < n; i += PARTIALS)
        for (int j = 0; j < PARTIAL_VECTORS; j++) {
            const size_t at = i + (size_t)j * V_LANES;
            partial_add(&part[j], op(v_load(x + at), v_load(dy + at), params));
        }
    memcpy(s->part, part, sizeof part);
}

WORD void running_sum_add(struct running_sum *s, binary_op *op, const void *params, size_t n, const float *x,
                          const float *dy)
{
    for (size_t m; n; n -= m, x += m, dy += m) {
        const size_t waiting = s->count % PARTIALS, room = BLOCK - s->count;
        if (waiting == 0 && n >= PARTIALS) {
            m = (n < room ? n : room) / PARTIALS * PARTIALS;
            running_sum_full(s, op, params, m, x, dy);
        } else {
            m = n < PARTIALS - waiting ? n : PARTIALS - waiting;
            memcpy(s->x + waiting, x, m * sizeof *x);
            memcpy(s->dy + waiting, dy, m * sizeof *dy);
            if (waiting + m == PARTIALS)
                running_sum_full(s, op, params, PARTIALS, s->x, s->dy);
        }
        s->count += m;
        if (s->count == BLOCK) {
            pairwise_add(&s->total, fold_vectors(s->part));
            running_sum_block(s);
        }
    }
}

WORD float running_sum_end(struct running_sum *s, binary_op *op, const void *params)
{
    const size_t waiting = s->count % PARTIALS;
    if (waiting) {
        for (size_t j = waiting; j < PARTIALS; j++)
            s->x[j] = s->dy[j] = 0.0f;
        /* What a formula makes of elements that are not there must not be added. */
        float terms[PARTIALS];
        for (size_t j = 0; j < PARTIALS; j += V_LANES)
            v_store(terms + j, op(v_load(s->x + j), v_load(s->dy + j), params));
        for (size_t j = waiting; j < PARTIALS; j++)
            terms[j] = 0.0f;
        for (int j = 0; j < PARTIAL_VECTORS; j++)
            partial_add(&s->part[j], v_load(terms + j * V_LANES));
    }
    if (s->count)
        pairwise_add(&s->total, fold_vectors(s->part));
    return (float)pairwise_total(&s->total);
}

#endif
