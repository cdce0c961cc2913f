/* SPDX-License-Identifier: MIT */
/*
 * How the operations over rows read a row, and how they go through a tensor.
 *
 * Each loop reads rows in one of these ways, a constant.  ALONG: the row is contiguous, and a vector holds V_LANES of its
 * elements.  ACROSS: rows lie side by side, and a vector holds one element of each of V_LANES rows.  SOME: as ACROSS, with
 * fewer rows.  A statistic of rows is a vector in each way: ALONG all lanes are equal, ACROSS each row has a lane.  So the
 * formulas do not depend on the way.  On one lane the three ways are the same, and only ACROSS is compiled.
 *
 * PAGED is a fourth way, and the only way of objects with ACTFN_ROWS_IN_PAGES.  It is like ALONG, for a row that comes in pieces
 * (struct actfn_pages).  Each pass asks for the pieces again.  So a pass in pages reads nothing that another pass has stored.
 */
#ifndef ACTFN_ROW_TRAVERSAL_H
#define ACTFN_ROW_TRAVERSAL_H

#include "dispatch/backend.h"
#include "kernels/row_tiles.h"
#include "kernels/some_lanes.h"

enum way { ALONG, ACROSS, SOME, PAGED };

/* The order of elements within a vector is the same ALONG and PAGED. */
#ifdef V_SCALAR
#define IS_ALONG(way) ((way) == ALONG)
#else
#define IS_ALONG(way) ((way) == ALONG || (way) == PAGED)
#endif

/* A row, or V_LANES rows: n elements, `step` floats from one to the next.  ACROSS, only `lanes` rows belong to the call. */
struct row {
    size_t n, step, lanes;
    const struct actfn_pages *pages; /* for PAGED */
};

/*
 * Structs of this folder are copied field by field.  Compilers copy a whole struct by vectors.  A CPU that has just stored the
 * fields one by one waits a dozen cycles before it can load them together, and a row of 64 took twice as long.
 */
WORD struct row row_copy(const struct row *r) { return (struct row) { r->n, r->step, r->lanes, r->pages }; }

/* ---- pages --------------------------------------------------------------------------------------------------------- */

_Static_assert((PAGE & (PAGE - 1)) == 0, "the place of an element in its page is the low bits of its index");

/* The offset of element i of a row. */
WORD size_t row_place(enum way way, struct row row, size_t i)
{
    return way == PAGED ? i & (PAGE - 1) : way == ALONG ? i : i * row.step;
}

/* The context of a pass begins with its row. */
WORD size_t page_end(const void *context, size_t first)
{
    const struct row *row = context;
    return row->n - first < PAGE ? row->n : first + PAGE;
}

WORD void page_in(const void *context, size_t first)
{
    const struct actfn_pages *const pages = ((const struct row *)context)->pages;
    pages->in(pages, first, page_end(context, first) - first);
}

WORD void page_out(const void *context, size_t first)
{
    const struct actfn_pages *const pages = ((const struct row *)context)->pages;
    pages->out(pages, first, page_end(context, first) - first);
}

/* ---- elements ------------------------------------------------------------------------------------------------------ */

WORD vf row_load(enum way way, struct row row, const float *x, size_t i, size_t count)
{
    const float *const at = x + row_place(way, row, i);
    if (IS_ALONG(way))
        return load_some(at, count);
    return way == SOME ? v_load_n(at, row.lanes) : v_load(at);
}

WORD void row_store(enum way way, struct row row, float *y, size_t i, size_t count, vf a)
{
    float *const at = y + row_place(way, row, i);
    if (IS_ALONG(way))
        store_some(at, a, count);
    else if (way == SOME)
        v_store_n(at, a, row.lanes);
    else
        v_store(at, a);
}

/* One element of the row in lane k, outside the passes. */
WORD float row_get(enum way way, struct row row, const float *x, size_t k, size_t i)
{
    if (way == PAGED)
        row.pages->in(row.pages, i, 1);
    return x[k + row_place(way, row, i)];
}

WORD void row_put(enum way way, struct row row, float *y, size_t k, size_t i, float a)
{
    y[k + row_place(way, row, i)] = a;
    if (way == PAGED)
        row.pages->out(row.pages, i, 1);
}

/* The number of elements of a row in a vector, and the number of rows. */
#define ROW_STEP(way) (IS_ALONG(way) ? (size_t)V_LANES : 1)
#define ROW_LANES(way, row) (IS_ALONG(way) ? 1 : (row).lanes)

/* The step of a pass over elements i ... i + count - 1 of a row (count is 1 ACROSS).  The step may store; it returns a term. */
typedef vf row_term(enum way way, const void *context, size_t i, size_t count);

WORD void row_each_of(enum way way, row_term *op, const void *context, size_t i, size_t end)
{
    for (; end - i >= ROW_STEP(way); i += ROW_STEP(way))
        op(way, context, i, ROW_STEP(way));
    if (IS_ALONG(way) && i < end)
        op(way, context, i, end - i);
}

WORD void row_each(enum way way, row_term *op, const void *context, size_t n)
{
    if (way != PAGED) {
        row_each_of(way, op, context, 0, n);
        return;
    }
    for (size_t i = 0; i < n; i = page_end(context, i)) {
        page_in(context, i);
        row_each_of(way, op, context, i, page_end(context, i));
        page_out(context, i);
    }
}

/*
 * A pass over a row is a function of its own, op_each(way, context, n), which several operations share.  The function copies
 * its context, a struct `type`.  Otherwise the compiler would have to assume that each store to a result changes the context,
 * and could keep no field in a register.
 */
#if defined(ACTFN_ROWS_IN_PAGES)
#define OF_WAY(way, pass) ((void)(way), pass##_paged)
#define IN_WAYS(make, ...) make(paged, PAGED, __VA_ARGS__)
#elif defined(V_SCALAR)
#define OF_WAY(way, pass) ((void)(way), pass##_across)
#define IN_WAYS(make, ...) make(across, ACROSS, __VA_ARGS__)
#else
#define OF_WAY(way, pass) ((way) == ALONG ? pass##_along : (way) == ACROSS ? pass##_across : pass##_some)
#define IN_WAYS(make, ...)                                                                                             \
    make(along, ALONG, __VA_ARGS__) make(across, ACROSS, __VA_ARGS__) make(some, SOME, __VA_ARGS__)
#endif
#define ROW_EACH_IN(name, way, op, type)                                                                               \
    PASS void op##_each_##name(const void *context, size_t n)                                                          \
    {                                                                                                                  \
        const struct type own = type##_copy(context);                                                                  \
        row_each(way, op, &own, n);                                                                                    \
    }
#define ROW_EACH_PASS(op, type)                                                                                        \
    IN_WAYS(ROW_EACH_IN, op, type)                                                                                     \
    ROW_EACH_CALL(op)
#define ROW_EACH_CALL(op)                                                                                              \
    WORD void op##_each(enum way way, const void *context, size_t n) { OF_WAY(way, op##_each)(context, n); }

/* Stores a statistic: one value for each row. */
WORD void stat_store(enum way way, struct row row, float *p, vf a)
{
    if (IS_ALONG(way))
        v_store_n(p, a, 1);
    else
        store_some(p, a, row.lanes);
}

WORD vf stat_load(enum way way, struct row row, const float *p)
{
    return IS_ALONG(way) ? v_splat(*p) : load_some(p, row.lanes);
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
    if (IS_ALONG(way) && i < row.n)
        b = v_max(b, v_select(m_first(row.n - i), ELEMENT(i, row.n - i), b));
#undef ELEMENT
    a = v_max(v_max(a, b), v_max(c, d));
    return IS_ALONG(way) ? v_splat(v_top(a)) : a;
}

#define MAX_IN(name, way, unused)                                                                                      \
    PASS vf max_##name(size_t n, size_t step, size_t lanes, const float *x)                                            \
    {                                                                                                                  \
        return row_max_of(way, ONE, 0, (struct row) { n, step, lanes, NULL }, x);                                      \
    }                                                                                                                  \
    PASS vf scaled_max_##name(float factor, size_t n, size_t step, size_t lanes, const float *x)                       \
    {                                                                                                                  \
        return row_max_of(way, v_splat(factor), 1, (struct row) { n, step, lanes, NULL }, x);                          \
    }
IN_WAYS(MAX_IN, )

/* The largest of factor x.  In a row with a NaN the result may be NaN or not.  A result of 0 may have either sign. */
WORD vf row_max_here(enum way way, float factor, size_t n, size_t step, size_t lanes, const float *x)
{
    return factor == 1.0f ? OF_WAY(way, max)(n, step, lanes, x) : OF_WAY(way, scaled_max)(factor, n, step, lanes, x);
}

WORD vf row_max(enum way way, float factor, struct row row, const float *x)
{
    if (way != PAGED)
        return row_max_here(way, factor, row.n, row.step, row.lanes, x);
    vf m = v_splat(-INFINITY);
    for (size_t i = 0; i < row.n; i = page_end(&row, i)) {
        page_in(&row, i);
        m = v_max(m, row_max_here(PAGED, factor, page_end(&row, i) - i, 1, V_LANES, x));
    }
    return m;
}

/* ---- going through a tensor -------------------------------------------------------------------------------------- */

/* The buffers of an operation: tensors of the whole shape, and buffers with one value for each row.  NULL where not used. */
struct tensors {
    const float *a, *b;
    float *out;
    const float *row_a, *row_b;
    float *row_out;
    int32_t *row_index;
    const int64_t *row_classes;
};

WORD struct tensors tensors_at(const struct tensors *t, size_t at, size_t out)
{
    const struct tensors there = { t->a ? t->a + at : NULL,
                                   t->b ? t->b + at : NULL,
                                   t->out ? t->out + at : NULL,
                                   t->row_a ? t->row_a + out : NULL,
                                   t->row_b ? t->row_b + out : NULL,
                                   t->row_out ? t->row_out + out : NULL,
                                   t->row_index ? t->row_index + out : NULL,
                                   t->row_classes ? t->row_classes + out : NULL };
    return there;
}

/*
 * Runs the operation on a row, or on rows side by side, at element `at` of the tensors and at row `out`, and on the rows that
 * follow.  There are `count` rows in all, row.n elements apart.  ROW_OP(op) makes this function from
 * WORD void op(way, context, row, t), whose t points to the row.  An operation computes only the pointers that it uses.
 */
typedef void rows_fn(const void *context, const struct row *row, const struct tensors *t, size_t at, size_t out,
                     size_t count);
struct rows_op {
#ifdef ACTFN_ROWS_IN_PAGES
    rows_fn *paged;
#else
    rows_fn *along, *across, *some;
#endif
};
#define ROW_OP_IN(name, way, op)                                                                                       \
    static void op##_##name(const void *context, const struct row *row, const struct tensors *t, size_t at,            \
                            size_t out, size_t count)                                                                  \
    {                                                                                                                  \
        const struct row own = row_copy(row);                                                                          \
        const struct tensors all = tensors_at(t, 0, 0);                                                                \
        for (; count; count--, at += own.n, out++) {                                                                   \
            const struct tensors here = tensors_at(&all, at, out);                                                     \
            op(way, context, own, &here);                                                                              \
        }                                                                                                              \
    }
#if defined(ACTFN_ROWS_IN_PAGES)
#define ROWS_OP(op)                                                                                                    \
    {                                                                                                                  \
        op##_paged                                                                                                     \
    }
#elif defined(V_SCALAR)
#define ROWS_OP(op)                                                                                                    \
    {                                                                                                                  \
        op##_across, op##_across, op##_across                                                                          \
    }
#else
#define ROWS_OP(op)                                                                                                    \
    {                                                                                                                  \
        op##_along, op##_across, op##_some                                                                             \
    }
#endif
#define ROW_OP(op)                                                                                                     \
    IN_WAYS(ROW_OP_IN, op)                                                                                             \
    static const struct rows_op op##_rows = ROWS_OP(op);

#ifdef ACTFN_ROWS_IN_PAGES

/* The shape is one row in pages. */
PASS void rows_each(const struct rows_op *op, const void *context, struct actfn_shape shape, const struct tensors *t)
{
    const struct row row = { shape.n, 1, V_LANES, shape.pages };
    op->paged(context, &row, t, 0, 0, 1);
}

#else

/* Moves between a tile and a strip of V_LANES columns, of which `lanes` belong to the call. */
WORD void strip_in(float *tile, const float *x, const struct row *row)
{
    for (size_t k = 0; k < row->n; k++)
        v_store(tile + k * V_LANES, load_some(x + k * row->step, row->lanes));
}

WORD void strip_out(float *x, const float *tile, const struct row *row)
{
    for (size_t k = 0; k < row->n; k++)
        store_some(x + k * row->step, v_load(tile + k * V_LANES), row->lanes);
}

/* The operation on at most V_LANES rows of at most SHORT elements, which are moved to a tile and back; a tile has all lanes.
 * Rows that lie one after the other are turned.  A strip is made dense, because at a distance of a power of two its cache
 * lines would share few sets of the cache. */
PASS void on_tile(rows_fn *across, const void *context, const struct row *row, const struct tensors *t, size_t at,
                  size_t out_row)
{
    float a[SHORT * V_LANES], b[SHORT * V_LANES], *const out = t->b ? b : a;
    const int strip = row->step != 1;
    if (t->a && strip)
        strip_in(a, t->a + at, row);
    else if (t->a)
        turn_in(a, t->a + at, row->lanes, row->n);
    if (t->b && strip)
        strip_in(b, t->b + at, row);
    else if (t->b)
        turn_in(b, t->b + at, row->lanes, row->n);
    const struct tensors tile = { a, b, out, t->row_a, t->row_b, t->row_out, t->row_index, t->row_classes };
    const struct row dense = { row->n, V_LANES, row->lanes, NULL };
    /* The tile begins at 0.  Buffers with one value for each row are not in the tile and keep their row. */
    across(context, &dense, &tile, 0, out_row, 1);
    if (t->out && strip)
        strip_out(t->out + at, out, row);
    else if (t->out)
        turn_out(t->out + at, out, row->lanes, row->n);
}

/* From this distance between the elements of a row on, the strip is worth moving. */
enum { WORTH_MOVING = 128 };

PASS void rows_each(const struct rows_op *op, const void *context, struct actfn_shape shape, const struct tensors *t)
{
    const size_t n = shape.n, inner = shape.inner;
    const int tiled = V_LANES > 1 && n <= SHORT;
    if (inner == 1 && !tiled) {
        const struct row row = { n, 1, V_LANES, NULL };
        op->along(context, &row, t, 0, 0, shape.outer);
        return;
    }
    /* Rows that lie one after the other are the columns of one turned matrix. */
    const size_t outer = inner == 1 ? 1 : shape.outer, columns = inner == 1 ? shape.outer : inner;
    for (size_t o = 0; o < outer; o++)
        for (size_t i = 0; i < columns; i += V_LANES) {
            const size_t at = inner == 1 ? i * n : o * n * inner + i;
            const struct row row = { n, inner, lanes_of(columns, i), NULL };
            if (tiled && (inner == 1 || inner >= WORTH_MOVING))
                on_tile(op->across, context, &row, t, at, o * columns + i);
            else
                (row.lanes == V_LANES ? op->across : op->some)(context, &row, t, at, o * columns + i, 1);
        }
}

#endif

#endif
