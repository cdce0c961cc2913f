/* SPDX-License-Identifier: MIT */
/*
 * How the operations over rows read a row, and how they go through a tensor.
 *
 * A row is looked at in one of two ways, a constant of each loop.  ALONG: the row is contiguous, and a vector holds
 * V_LANES of its elements.  ACROSS: rows lie side by side, and a vector holds one element of each of V_LANES rows.  A
 * statistic of a row is a vector in both: of equal lanes along, of one lane a row across.  The formulas do not know which.
 * On one lane the two are the same, and only ACROSS is compiled.
 */
#ifndef ACTFN_ROW_TRAVERSAL_H
#define ACTFN_ROW_TRAVERSAL_H

#include "dispatch/backend.h"
#include "kernels/row_tiles.h"
#include "kernels/some_lanes.h"

enum way { ALONG, ACROSS };

/* A row, or V_LANES of them: n elements, `step` floats from one to the next; only `lanes` rows across are ours. */
struct row {
    size_t n, step, lanes;
};

/* ---- elements ------------------------------------------------------------------------------------------------------ */

WORD vf row_load(enum way way, struct row row, const float *x, size_t i, size_t count)
{
    return way == ALONG ? load_some(x + i, count) : load_some(x + i * row.step, row.lanes);
}

WORD void row_store(enum way way, struct row row, float *y, size_t i, size_t count, vf a)
{
    if (way == ALONG)
        store_some(y + i, a, count);
    else
        store_some(y + i * row.step, a, row.lanes);
}

/* How many elements of a row a vector takes, and how many rows. */
#define ROW_STEP(way) ((way) == ALONG ? (size_t)V_LANES : 1)
#define ROW_LANES(way, row) ((way) == ALONG ? 1 : (row).lanes)

/* What a pass does with elements i ... i + count - 1 of a row (count is 1 across); it may store, and returns a term. */
typedef vf row_term(enum way way, const void *context, size_t i, size_t count);

WORD void row_each(enum way way, row_term *op, const void *context, size_t n)
{
    size_t i = 0;
    for (; n - i >= ROW_STEP(way); i += ROW_STEP(way))
        op(way, context, i, ROW_STEP(way));
    if (way == ALONG && i < n)
        op(way, context, i, n - i);
}

/* A pass over a row is a function of its own, op_each(way, context, n): several operations share it. */
#define ROW_EACH_PASS(op)                                                                            \
    PASS void op##_each_along(const void *context, size_t n) { row_each(ALONG, op, context, n); }    \
    PASS void op##_each_across(const void *context, size_t n) { row_each(ACROSS, op, context, n); }  \
    WORD void op##_each(enum way way, const void *context, size_t n)                                 \
    {                                                                                                \
        if (way == ALONG)                                                                            \
            op##_each_along(context, n);                                                             \
        else                                                                                         \
            op##_each_across(context, n);                                                            \
    }

/* A statistic into what has one value a row. */
WORD void stat_store(enum way way, struct row row, float *p, vf a)
{
    if (way == ALONG)
        v_store_n(p, a, 1);
    else
        store_some(p, a, row.lanes);
}

WORD vf stat_load(enum way way, struct row row, const float *p)
{
    return way == ALONG ? v_splat(*p) : load_some(p, row.lanes);
}

/* ---- the maximum ----------------------------------------------------------------------------------------------------- */

WORD vf row_max_of(enum way way, vf factor, int scaled, struct row row, const float *x)
{
    vf a = v_splat(-INFINITY), b = a, c = a, d = a;
#define ELEMENT(at, count) (scaled ? (vf)(factor * row_load(way, row, x, at, count)) : row_load(way, row, x, at, count))
    size_t i = 0;
    for (; row.n - i >= 4 * ROW_STEP(way); i += 4 * ROW_STEP(way)) {
        a = v_max(a, ELEMENT(i, ROW_STEP(way)));
        b = v_max(b, ELEMENT(i + ROW_STEP(way), ROW_STEP(way)));
        c = v_max(c, ELEMENT(i + 2 * ROW_STEP(way), ROW_STEP(way)));
        d = v_max(d, ELEMENT(i + 3 * ROW_STEP(way), ROW_STEP(way)));
    }
    for (; row.n - i >= ROW_STEP(way) && i < row.n; i += ROW_STEP(way))
        a = v_max(a, ELEMENT(i, ROW_STEP(way)));
    if (way == ALONG && i < row.n)
        b = v_max(b, v_select(m_first(row.n - i), ELEMENT(i, row.n - i), b));
#undef ELEMENT
    a = v_max(v_max(a, b), v_max(c, d));
    return way == ALONG ? v_splat(v_top(a)) : a;
}

PASS vf max_along(struct row row, const float *x) { return row_max_of(ALONG, ONE, 0, row, x); }
PASS vf max_across(struct row row, const float *x) { return row_max_of(ACROSS, ONE, 0, row, x); }
PASS vf scaled_max_along(float factor, struct row row, const float *x)
{
    return row_max_of(ALONG, v_splat(factor), 1, row, x);
}
PASS vf scaled_max_across(float factor, struct row row, const float *x)
{
    return row_max_of(ACROSS, v_splat(factor), 1, row, x);
}

/* The largest of factor x; where there is a NaN, any or none of them.  Which zero it is, is left open. */
WORD vf row_max(enum way way, float factor, struct row row, const float *x)
{
    if (factor == 1.0f)
        return way == ALONG ? max_along(row, x) : max_across(row, x);
    return way == ALONG ? scaled_max_along(factor, row, x) : scaled_max_across(factor, row, x);
}

/* ---- going through a tensor -------------------------------------------------------------------------------------- */

/* What an operation reads and writes, at its place: tensors of the whole shape, and values of one a row.  NULL where not
 * used. */
struct tensors {
    const float *a, *b;
    float *out;
    const float *row_a, *row_b;
    float *row_out;
    int32_t *row_index;
    const int64_t *row_classes;
};

/* What is done to a row, and to rows side by side: ROW_OP(op) makes both of WORD void op(way, context, row, t). */
typedef void rows_fn(const void *context, struct row row, const struct tensors *t);
struct rows_op {
    rows_fn *along, *across;
};
#ifdef V_SCALAR
#define ROW_OP(op)                                                                        \
    static void op##_across(const void *context, struct row row, const struct tensors *t) \
    {                                                                                     \
        op(ACROSS, context, row, *t);                                                     \
    }                                                                                     \
    static const struct rows_op op##_rows = { op##_across, op##_across };
#else
#define ROW_OP(op)                                                                        \
    static void op##_along(const void *context, struct row row, const struct tensors *t)  \
    {                                                                                     \
        op(ALONG, context, row, *t);                                                      \
    }                                                                                     \
    static void op##_across(const void *context, struct row row, const struct tensors *t) \
    {                                                                                     \
        op(ACROSS, context, row, *t);                                                     \
    }                                                                                     \
    static const struct rows_op op##_rows = { op##_along, op##_across };
#endif

WORD struct tensors tensors_at(const struct tensors *t, size_t at, size_t out)
{
    const struct tensors there = { t->a ? t->a + at : NULL,           t->b ? t->b + at : NULL,
                                   t->out ? t->out + at : NULL,       t->row_a ? t->row_a + out : NULL,
                                   t->row_b ? t->row_b + out : NULL,  t->row_out ? t->row_out + out : NULL,
                                   t->row_index ? t->row_index + out : NULL,
                                   t->row_classes ? t->row_classes + out : NULL };
    return there;
}

/* Between a tile and a strip of V_LANES columns, `lanes` of them ours. */
PASS void strip_in(float *tile, const float *x, struct row row)
{
    for (size_t k = 0; k < row.n; k++)
        v_store(tile + k * V_LANES, row_load(ACROSS, row, x, k, 1));
}

PASS void strip_out(float *x, const float *tile, struct row row)
{
    for (size_t k = 0; k < row.n; k++)
        row_store(ACROSS, row, x, k, 1, v_load(tile + k * V_LANES));
}

/* The operation on V_LANES rows of at most SHORT, moved to a tile and back: rows that lie one after the other are turned, and
 * a strip is made dense (at a power of two apart its lines would share few places in the cache). */
PASS void on_tile(rows_fn *across, const void *context, struct row row, const struct tensors *t)
{
    float a[SHORT * V_LANES], b[SHORT * V_LANES], out[SHORT * V_LANES];
    struct tensors tile = *t;
    const int strip = row.step != 1;
    if (t->a && strip)
        strip_in(a, t->a, row);
    else if (t->a)
        turn_in(a, t->a, row.lanes, row.n);
    if (t->b && strip)
        strip_in(b, t->b, row);
    else if (t->b)
        turn_in(b, t->b, row.lanes, row.n);
    tile.a = a;
    tile.b = b;
    tile.out = out;
    across(context, (struct row){ row.n, V_LANES, row.lanes }, &tile);
    if (t->out && strip)
        strip_out(t->out, out, row);
    else if (t->out)
        turn_out(t->out, out, row.lanes, row.n);
}

/* How far apart the elements of a row lie before they are worth moving. */
enum { WORTH_MOVING = 128 };

PASS void rows_each(const struct rows_op *op, const void *context, struct actfn_shape shape, const struct tensors *t)
{
    const size_t n = shape.n, inner = shape.inner;
    const int tiled = V_LANES > 1 && n <= SHORT;
    if (inner == 1 && !tiled) {
        for (size_t o = 0; o < shape.outer; o++) {
            const struct tensors there = tensors_at(t, o * n, o);
            op->along(context, (struct row){ n, 1, V_LANES }, &there);
        }
        return;
    }
    /* Rows one after the other are the columns of one matrix, turned. */
    const size_t outer = inner == 1 ? 1 : shape.outer, columns = inner == 1 ? shape.outer : inner;
    for (size_t o = 0; o < outer; o++)
        for (size_t i = 0; i < columns; i += V_LANES) {
            const size_t at = inner == 1 ? i * n : o * n * inner + i;
            const struct row row = { n, inner, lanes_of(columns, i) };
            const struct tensors there = tensors_at(t, at, o * columns + i);
            if (tiled && (inner == 1 || inner >= WORTH_MOVING))
                on_tile(op->across, context, row, &there);
            else
                op->across(context, row, &there);
        }
}

#endif
