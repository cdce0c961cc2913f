/* SPDX-License-Identifier: MIT */
/* The row operations that choose: hardmax and maxout take the first maximum, sparsemax those that share one. */
#ifndef ACTFN_ROW_CHOICE_H
#define ACTFN_ROW_CHOICE_H

/* ---- the first maximum ----------------------------------------------------------------------------------------- */

/*
 * In each lane the largest element so far and the step at which it came first, a whole number; a NaN is larger than all.  A
 * float counts steps to 2^24, so a longer row goes piece by piece.
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

/* Of one row along, in lane 0; of V_LANES rows across. */
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
    for (size_t begin = 0; begin < row.n; begin += FIRST_PIECE) {
        const size_t end = row.n - begin < FIRST_PIECE ? row.n : begin + FIRST_PIECE;
        /* Elements below every number come first of all, but after none. */
        struct first f = { v_splat(-INFINITY), ZERO };
        size_t i = begin;
        float step = 0;
        for (; end - i >= ROW_STEP(way) && i < end; i += ROW_STEP(way), step += 1.0f)
            first_take(&f, row_load(way, row, x, i, ROW_STEP(way)), v_splat(step));
        if (way == ALONG && i < end) {
            const vf rest = v_select(m_first(end - i), row_load(way, row, x, i, end - i), v_splat(-INFINITY));
            first_take(&f, rest, v_splat(step));
        }
        float best[V_LANES], steps[V_LANES];
        v_store(best, f.best);
        v_store(steps, f.step);
        for (size_t k = 0; k < V_LANES; k++) {
            const size_t index = begin + (size_t)steps[k] * ROW_STEP(way) + (way == ALONG ? k : 0);
            const size_t to = way == ALONG ? 0 : k;
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

#define LANES(way, row) ((way) == ALONG ? 1 : (row).lanes)

WORD vf fill_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct choice_row *c = context;
    row_store(way, c->row, c->y, i, count, c->fill);
    return ZERO;
}

/* +0 in the rows of y but for `at_first` at their first maxima; all NaN in a row of x with a NaN, which has none. */
WORD void mark_first(enum way way, struct row row, const float *x, float *y, const float at_first[V_LANES])
{
    const struct firsts first = row_first(way, row, x);
    const vf best = way == ALONG ? v_splat(first.best[0]) : v_load(first.best);
    const struct choice_row c = { row, y, v_where(v_ne(best, best), best) };
    row_each(way, fill_result, &c, row.n);
    for (size_t k = 0; k < LANES(way, row); k++)
        if (!isnan(first.best[k]))
            y[k + first.index[k] * row.step] = at_first[k];
}

WORD void hardmax_op(enum way way, const void *context, struct row row, struct tensors t)
{
    float ones[V_LANES];
    (void)context;
    v_store(ones, ONE);
    mark_first(way, row, t.a, t.out, ones);
}

static void hardmax_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    (void)params, (void)flags;
    rows_each(hardmax_op, NULL, shape, (struct tensors){ .a = x, .out = y });
}

static void hardmax_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                  const float *dy, float *dx)
{
    const struct choice_row c = { .y = dx };
    (void)params, (void)x, (void)y, (void)dy;
    row_each(ALONG, fill_result, &c, shape.outer * shape.n * shape.inner);
}

WORD void maxout_op(enum way way, const void *context, struct row row, struct tensors t)
{
    const struct firsts first = row_first(way, row, t.a);
    (void)context;
    for (size_t k = 0; k < LANES(way, row); k++) {
        t.row_out[k] = first.best[k];
        if (t.row_index)
            t.row_index[k] = (int32_t)first.index[k];
    }
}

static void maxout_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    (void)params, (void)flags;
    rows_each(maxout_op, NULL, shape, (struct tensors){ .a = x, .row_out = y });
}

static void maxout_rows_index(struct actfn_shape shape, const float *x, float *y, int32_t *index)
{
    rows_each(maxout_op, NULL, shape, (struct tensors){ .a = x, .row_out = y, .row_index = index });
}

WORD void maxout_back_op(enum way way, const void *context, struct row row, struct tensors t)
{
    float dy[V_LANES];
    (void)context;
    v_store(dy, stat_load(way, row, t.row_a)); /* before dx is written: it may be dy where they are of one shape */
    mark_first(way, row, t.a, t.out, dy);
}

static void maxout_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                 const float *dy, float *dx)
{
    (void)params, (void)y;
    rows_each(maxout_back_op, NULL, shape, (struct tensors){ .a = x, .out = dx, .row_a = dy });
}

/* ---- sparsemax -------------------------------------------------------------------------------------------------- */

/*
 * tau solves f(tau) = sum max(z - tau, 0) = 1, z = x - m.  Newton's steps from the left: f is convex and piecewise linear,
 * so tau only grows, and ends exactly when the support stays the same.  At each step the product of the rest f - 1 and the
 * slope falls to a quarter at most, which bounds the steps by about half the bits of both: no sorting, no workspace.
 */
struct sparse_row {
    struct row row;
    const float *x, *dy;
    float *y;
    vf m, tau, mean, poison;
};

WORD vf sparse_at(enum way way, const struct sparse_row *c, size_t i, size_t count)
{
    return row_load(way, c->row, c->x, i, count) - c->m;
}

WORD vf support_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf z = sparse_at(way, c, i, count);
    return v_where(v_lt(c->tau, z), z);
}

WORD vf support_count(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(c->tau, sparse_at(way, c, i, count)), ONE);
}

/* 0 of a number, NaN of NaN. */
WORD vf nan_term(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf x = row_load(way, c->row, c->x, i, count);
    return v_where(v_ne(x, x), x);
}

WORD vf sparse_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf z = sparse_at(way, c, i, count);
    row_store(way, c->row, c->y, i, count, v_where(v_lt(c->tau, z), z - c->tau) + c->poison);
    return z;
}

WORD void sparsemax_op(enum way way, const void *context, struct row row, struct tensors t)
{
    const int *masked = context;
    struct sparse_row c = { .row = row, .x = t.a, .y = t.out };
    const vf m = row_max(way, 1.0f, row, c.x);
    c.m = *masked ? v_select(v_eq(m, v_splat(-INFINITY)), ZERO, m) : m;
    /* NaN where there is a NaN or an infinite maximum, and then in all of the row. */
    c.poison = row_sum(way, nan_term, &c, row.n) + (c.m - c.m);
    c.tau = v_splat(-1.0f);
    vf size = row_sum(way, support_count, &c, row.n);
    for (;;) {
        const vf next = (row_sum(way, support_sum, &c, row.n) - 1.0f) / size;
        /* Rounded down it may fall behind. */
        c.tau = v_select(v_lt(c.tau, next), next, c.tau);
        const vf left = row_sum(way, support_count, &c, row.n);
        if (!m_any(m_and(v_lt(left, size), v_lt(ZERO, left))))
            break;
        size = v_select(v_lt(ZERO, left), left, size);
    }
    row_each(way, sparse_result, &c, row.n);
}

static void sparsemax_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y)
{
    const int masked = (flags & ACTFN_MASKED_ROWS_ZERO) != 0;
    (void)params;
    rows_each(sparsemax_op, &masked, shape, (struct tensors){ .a = x, .out = y });
}

/* Backward: x is y here, and y is dx. */
WORD vf chosen_sum(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(ZERO, row_load(way, c->row, c->x, i, count)), row_load(way, c->row, c->dy, i, count));
}

WORD vf chosen_count(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    return v_where(v_lt(ZERO, row_load(way, c->row, c->x, i, count)), ONE);
}

WORD vf chosen_result(enum way way, const void *context, size_t i, size_t count)
{
    const struct sparse_row *c = context;
    const vf y = row_load(way, c->row, c->x, i, count), dy = row_load(way, c->row, c->dy, i, count);
    row_store(way, c->row, c->y, i, count, gate(v_lt(ZERO, y), dy - c->mean, y));
    return y;
}

WORD void sparsemax_back_op(enum way way, const void *context, struct row row, struct tensors t)
{
    struct sparse_row c = { .row = row, .x = t.a, .dy = t.b, .y = t.out };
    (void)context;
    c.mean = row_sum(way, chosen_sum, &c, row.n) / row_sum(way, chosen_count, &c, row.n);
    row_each(way, chosen_result, &c, row.n);
}

static void sparsemax_rows_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                    const float *dy, float *dx)
{
    (void)params, (void)x;
    rows_each(sparsemax_back_op, NULL, shape, (struct tensors){ .a = y, .b = dy, .out = dx });
}

#endif
