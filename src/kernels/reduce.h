/* SPDX-License-Identifier: MIT */
/*
 * The sum behind the gradient of a parameter or a weight.  The order depends on the number of elements alone, and not on the
 * number of lanes: within blocks of 4096 elements, element i goes to partial i mod 16; partials fold 8-4-2-1; block sums add
 * pairwise.  A partial is a float and the sum of its rounding errors (Knuth's two-sum), and the fold is in double.  With a
 * plain float the sum of one block would already miss the promised 2^-21.
 */
#ifndef ACTFN_REDUCE_H
#define ACTFN_REDUCE_H

#include "kernels/elementwise_loops.h"

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

/* If gcc knows that a function leaves the upper halves of vectors alone, gcc forgets at the call that they are in use, and
 * the caller then returns without vzeroupper.  This attribute hides the function from gcc's analysis. */
#if defined(__GNUC__) && !defined(__clang__)
#define UNKNOWN_TO_CALLERS __attribute__((noipa))
#else
#define UNKNOWN_TO_CALLERS
#endif

/* The PARTIALS partials of a sum, which lie `stride` floats apart. */
UNKNOWN_TO_CALLERS PASS double fold_partials(const float *sum, const float *error, size_t stride)
{
    double fold[PARTIALS];
    for (size_t j = 0; j < PARTIALS; j++)
        fold[j] = partial_value(sum[j * stride], error[j * stride]);
    for (int half = PARTIALS / 2; half; half /= 2)
        for (int j = 0; j < half; j++)
            fold[j] += fold[j + half];
    return fold[0];
}

/* ---- blocks, added pairwise ------------------------------------------------------------------------------------- */

/* level[j] holds the sum of 2^j blocks where bit j of `blocks` is set: a binary counter. */
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

/* ---- elements that come in pieces -------------------------------------------------------------------------------- */

/* Elements that do not fill the partials wait in x and dy. */
struct running_sum {
    struct pairwise total;
    struct partial part[PARTIAL_VECTORS];
    size_t count; /* elements in this block, including those that wait */
    float x[PARTIALS], dy[PARTIALS];
};

/*
 * Adds the terms op(x[i], dy[i]) of n elements, a multiple of PARTIALS, to the partials.  Elements from `valid` on do not
 * exist, and their terms are not added.  Only this function of the sum contains the formula: SUM_TERMS(op) makes op_terms,
 * which the other functions call.
 */
typedef void add_terms(struct partial *parts, const void *params, size_t n, size_t valid, const float *x,
                       const float *dy);

WORD void partials_add(binary_op *op, struct partial *parts, const void *params, size_t n, size_t valid, const float *x,
                       const float *dy)
{
    struct partial part[PARTIAL_VECTORS];
    memcpy(part, parts, sizeof part);
    const size_t whole = valid / PARTIALS * PARTIALS;
    for (size_t i = 0; i < whole; i += PARTIALS)
        for (size_t j = 0; j < PARTIAL_VECTORS; j++) {
            const size_t at = i + j * V_LANES;
            partial_add(&part[j], op(v_load(x + at), v_load(dy + at), params));
        }
    for (size_t j = 0; whole < n && j < PARTIAL_VECTORS; j++) {
        const size_t at = whole + j * V_LANES, there = at < valid ? valid - at : 0;
        const vf term = op(v_load(x + at), v_load(dy + at), params);
        partial_add(&part[j], v_where(m_first(there < V_LANES ? there : V_LANES), term));
    }
    memcpy(parts, part, sizeof part);
}

#define SUM_TERMS(op)                                                                                                  \
    static void op##_terms(struct partial *parts, const void *params, size_t n, size_t valid, const float *x,          \
                           const float *dy)                                                                            \
    {                                                                                                                  \
        partials_add(op, parts, params, n, valid, x, dy);                                                              \
    }

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

PASS void running_sum_end_block(struct running_sum *s)
{
    float sum[PARTIALS], error[PARTIALS];
    for (int j = 0; j < PARTIAL_VECTORS; j++) {
        v_store(sum + j * V_LANES, s->part[j].sum);
        v_store(error + j * V_LANES, s->part[j].error);
    }
    pairwise_add(&s->total, fold_partials(sum, error, 1));
    running_sum_block(s);
}

PASS void running_sum_add(struct running_sum *s, add_terms *add, const void *params, size_t n, const float *x,
                          const float *dy)
{
    for (size_t m; n; n -= m, x += m, dy += m) {
        const size_t waiting = s->count % PARTIALS, room = BLOCK - s->count;
        if (waiting == 0 && n >= PARTIALS) {
            m = (n < room ? n : room) / PARTIALS * PARTIALS;
            add(s->part, params, m, m, x, dy);
        } else {
            m = n < PARTIALS - waiting ? n : PARTIALS - waiting;
            memcpy(s->x + waiting, x, m * sizeof *x);
            memcpy(s->dy + waiting, dy, m * sizeof *dy);
            if (waiting + m == PARTIALS)
                add(s->part, params, PARTIALS, PARTIALS, s->x, s->dy);
        }
        s->count += m;
        if (s->count == BLOCK)
            running_sum_end_block(s);
    }
}

PASS float running_sum_end(struct running_sum *s, add_terms *add, const void *params)
{
    const size_t waiting = s->count % PARTIALS;
    if (waiting) {
        for (size_t j = waiting; j < PARTIALS; j++)
            s->x[j] = s->dy[j] = 0.0f;
        add(s->part, params, PARTIALS, waiting, s->x, s->dy);
    }
    if (s->count)
        running_sum_end_block(s);
    return (float)pairwise_total(&s->total);
}

/* The sum of op(x[i], dy[i]) over all n elements. */
PASS float reduce(add_terms *add, const void *params, size_t n, const float *x, const float *dy)
{
    struct running_sum s;
    running_sum_start(&s);
    running_sum_add(&s, add, params, n, x, dy);
    return running_sum_end(&s, add, params);
}

#endif
