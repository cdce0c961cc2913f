/* SPDX-License-Identifier: MIT */
/* hardmax and maxout: the first maximum of a row. */
#ifndef ACTFN_ROW_FIRST_H
#define ACTFN_ROW_FIRST_H

#include "kernels/light.h"
#include "kernels/row_traversal.h"
#include "math/words.h"

#include <math.h>

/* ---- the first maximum ----------------------------------------------------------------------------------------- */

/*
 * Each lane has the largest element so far and the step at which this element came first, a whole number.  A NaN counts as
 * larger than every number.  A float counts steps to 2^24, so a longer row is read in pieces.
 */
struct first {
    vf best, step;
};

WORD void first_take(struct first *f, vf x, vf step)
{
    const vm larger = v_lt(f->best, x), nan = m_and(v_ne(x, x), v_eq(f->best, f->best));
    f->best = v_select(larger, x, v_select(nan, x, f->best));
    f->step = v_select(larger, step, v_select(nan, step, f->step));
}

enum { FIRST_PIECE = 1 << 20 };

/* Whether (a, i) comes before (b, j) as a first maximum. */
WORD int first_before(float a, size_t i, float b, size_t j)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && (!isnan(b) || i < j);
    return a > b || (a == b && i < j);
}

/* The result for one row in lane 0 (ALONG), or for V_LANES rows (ACROSS). */
struct firsts {
    float best[V_LANES];
    size_t index[V_LANES];
};

WORD struct firsts row_first(enum way way, struct row row, const float *x)
{
    struct firsts all;
    for (int k = 0; k < V_LANES; k++) {
        all.best[k] = -INFINITY;
        all.index[k] = SIZE_MAX;
    }
    const size_t piece = way == PAGED ? (size_t)PAGE : (size_t)FIRST_PIECE;
    for (size_t begin = 0; begin < row.n; begin += piece) {
        const size_t end = row.n - begin < piece ? row.n : begin + piece;
        if (way == PAGED)
            page_in(&row, begin);
        /* The start is -inf at step 0.  In a piece of -inf only, the start is the first maximum, with the right index. */
        struct first f = { v_splat(-INFINITY), ZERO };
        size_t i = begin;
        float step = 0;
        for (; end - i >= ROW_STEP(way) && i < end; i += ROW_STEP(way), step += 1.0f)
            first_take(&f, row_load(way, row, x, i, ROW_STEP(way)), v_splat(step));
        if (IS_ALONG(way) && i < end) {
            const vf rest = v_select(m_first(end - i), row_load(way, row, x, i, end - i), v_splat(-INFINITY));
            first_take(&f, rest, v_splat(step));
        }
        float best[V_LANES], steps[V_LANES];
        v_store(best, f.best);
        v_store(steps, f.step);
        for (size_t k = 0; k < V_LANES; k++) {
            const size_t index = begin + (size_t)steps[k] * ROW_STEP(way) + (IS_ALONG(way) ? k : 0);
            const size_t to = IS_ALONG(way) ? 0 : k;
            if (index < end && first_before(best[k], index, all.best[to], all.index[to])) {
                all.best[to] = best[k];
                all.index[to] = index;
            }
        }
    }
    return all;
}

struct choice_row {
    struct row row;
    float *y;
    vf fill;
};

WORD vf fill_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct choice_row *c = context;
    row_store(way, c->row, c->y, i, count, c->fill);
    return ZERO;
}

/* Writes `at_first` at the first maximum of each row of y, and +0 elsewhere.  A row of x with a NaN gives NaN everywhere. */
WORD void mark_first(enum way way, struct row row, const float *x, float *y, const float at_first[V_LANES])
{
    const struct firsts first = row_first(way, row, x);
    const vf best = IS_ALONG(way) ? v_splat(first.best[0]) : v_load(first.best);
    const struct choice_row c = { row, y, v_where(v_ne(best, best), best) };
    row_each(way, fill_result, &c, row.n);
    for (size_t k = 0; k < ROW_LANES(way, row); k++)
        if (!isnan(first.best[k]))
            row_put(way, row, y, k, first.index[k], at_first[k]);
}

WORD void hardmax_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    float ones[V_LANES];
    (void)context;
    v_store(ones, ONE);
    mark_first(way, row, t->a, t->out, ones);
}
ROW_OP(hardmax_op)

void FIRST(hardmax_rows)(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    (void)params, (void)flags;
    rows_each(&hardmax_op_rows, NULL, shape, &(const struct tensors) { .a = x, .out = y });
}

void FIRST(hardmax_rows_backward)(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                  const float *dy, float *dx)
{
    const struct choice_row c = { .y = dx };
    (void)params, (void)x, (void)y, (void)dy;
    row_each(ALONG, fill_result, &c, shape.outer * shape.n * shape.inner);
}

WORD void maxout_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    const struct firsts first = row_first(way, row, t->a);
    (void)context;
    for (size_t k = 0; k < ROW_LANES(way, row); k++) {
        t->row_out[k] = first.best[k];
        if (t->row_index)
            t->row_index[k] = (int32_t)first.index[k];
    }
}
ROW_OP(maxout_op)

void FIRST(maxout_rows)(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    (void)params, (void)flags;
    rows_each(&maxout_op_rows, NULL, shape, &(const struct tensors) { .a = x, .row_out = y });
}

void FIRST(maxout_rows_index)(struct actfn_shape shape, const float *x, float *y, int32_t *index)
{
    rows_each(&maxout_op_rows, NULL, shape, &(const struct tensors) { .a = x, .row_out = y, .row_index = index });
}

WORD void maxout_back_op(enum way way, const void *context, struct row row, const struct tensors *t)
{
    float dy[V_LANES];
    (void)context;
    v_store(dy,
            stat_load(way, row, t->row_a)); /* before dx is written, because dx may be dy where both have one shape */
    mark_first(way, row, t->a, t->out, dy);
}
ROW_OP(maxout_back_op)

void FIRST(maxout_rows_backward)(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                 const float *dy, float *dx)
{
    (void)params, (void)y;
    rows_each(&maxout_back_op_rows, NULL, shape, &(const struct tensors) { .a = x, .out = dx, .row_a = dy });
}

#endif
