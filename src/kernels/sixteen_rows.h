/* SPDX-License-Identifier: MIT */
/*
 * Rows of a 16-bit type, by the fast mode's kernels of floats.  Rows that fit into a tile of floats on the stack are widened
 * there, computed in place, and rounded once.  A longer row comes in pieces, once for each pass of the kernel.  So sums, maxima
 * and exponentials have one text, and a row has the bits of its floats.
 */
#ifndef ACTFN_SIXTEEN_ROWS_H
#define ACTFN_SIXTEEN_ROWS_H

#include "dispatch/sixteen_table.h"
#include "kernels/sixteen_loops.h"

#include <math.h>

/* ROW_TILE floats hold one tensor, or two tensors with half of the floats each.  TILE_ROWS is the most rows of a tile. */
enum { ROW_TILE = 2 * PAGE, TILE_ROWS = 128 };

/* Functions that change floats on their way, or NULL.  `in` changes the floats of `a` in the tile; `index` is the index of the
 * first of them in the tensor.  `out` changes the results before they are rounded. */
struct on_the_way {
    const void *context;
    void (*in)(const void *context, size_t index, size_t n, float *x);
    void (*out)(const void *context, size_t n, float *y);
};

/* The buffers of a call, as in struct tensors of row_traversal.h.  `hard` gets the hardmax of the results as floats. */
struct sixteen_tensors {
    const uint16_t *a, *b;
    uint16_t *out, *hard;
    struct on_the_way way;
    struct row_values row_a, row_b;
    struct row_results row_out;
};

/* The same for a tile.  The first row of the tile is row number `row` of the call. */
struct tile_tensors {
    const float *a, *b;
    float *out;
    const float *row_a, *row_b;
    float *row_out;
    size_t row;
};
typedef void tile_kernel(const void *context, struct actfn_shape shape, const struct tile_tensors *t);

/* ---- to a tile and back -------------------------------------------------------------------------------------------- */

/*
 * A column has n elements, which are `step` elements apart in a tensor, and contiguous in a tile.  Four columns are moved at a
 * time, because a cache line has elements of several columns.
 */
enum { GATHERED = 64, SIDE_BY_SIDE = 4 };

WORD void gather(size_t columns, size_t count, size_t step, const uint16_t *x, uint16_t to[][GATHERED])
{
    for (size_t k = 0; k < count; k++)
#pragma GCC unroll 4
        for (size_t j = 0; j < columns; j++)
            to[j][k] = x[k * step + j];
}

WORD void scatter(size_t columns, size_t count, size_t step, uint16_t from[][GATHERED], uint16_t *y)
{
    for (size_t k = 0; k < count; k++)
#pragma GCC unroll 4
        for (size_t j = 0; j < columns; j++)
            y[k * step + j] = from[j][k];
}

WORD void widen_some_columns(struct sixteen_words w, size_t columns, size_t n, size_t step, const uint16_t *x,
                             float *tile)
{
    for (size_t i = 0, count; i < n; i += count) {
        uint16_t some[SIDE_BY_SIDE][GATHERED];
        count = n - i < GATHERED ? n - i : GATHERED;
        gather(columns, count, step, x + i * step, some);
        for (size_t j = 0; j < columns; j++)
            widen(w, count, some[j], tile + j * n + i);
    }
}

WORD void narrow_some_columns(struct sixteen_words w, size_t columns, size_t n, size_t step, const float *tile,
                              uint16_t *y)
{
    for (size_t i = 0, count; i < n; i += count) {
        uint16_t some[SIDE_BY_SIDE][GATHERED];
        count = n - i < GATHERED ? n - i : GATHERED;
        for (size_t j = 0; j < columns; j++)
            narrow(w, count, tile + j * n + i, some[j]);
        scatter(columns, count, step, some, y + i * step);
    }
}

WORD void widen_columns(struct sixteen_words w, size_t columns, size_t n, size_t step, const uint16_t *x, float *tile)
{
    for (; columns >= SIDE_BY_SIDE; columns -= SIDE_BY_SIDE, x += SIDE_BY_SIDE, tile += SIDE_BY_SIDE * n)
        widen_some_columns(w, SIDE_BY_SIDE, n, step, x, tile);
    if (columns)
        widen_some_columns(w, columns, n, step, x, tile);
}

WORD void narrow_columns(struct sixteen_words w, size_t columns, size_t n, size_t step, const float *tile, uint16_t *y)
{
    for (; columns >= SIDE_BY_SIDE; columns -= SIDE_BY_SIDE, y += SIDE_BY_SIDE, tile += SIDE_BY_SIDE * n)
        narrow_some_columns(w, SIDE_BY_SIDE, n, step, tile, y);
    if (columns)
        narrow_some_columns(w, columns, n, step, tile, y);
}

WORD void widen_column(struct sixteen_words w, size_t n, size_t step, const uint16_t *x, float *tile)
{
    if (step == 1)
        widen(w, n, x, tile);
    else
        widen_some_columns(w, 1, n, step, x, tile);
}

WORD void narrow_column(struct sixteen_words w, size_t n, size_t step, const float *tile, uint16_t *y)
{
    if (step == 1)
        narrow(w, n, tile, y);
    else
        narrow_some_columns(w, 1, n, step, tile, y);
}

/* `count` lines of `width` elements.  In a tensor the lines begin `step` elements apart, in a tile they have no gaps. */
WORD void widen_lines(struct sixteen_words w, size_t count, size_t width, size_t step, const uint16_t *x, float *tile)
{
    for (size_t k = 0; k < count; k++)
        widen(w, width, x + k * step, tile + k * width);
}

WORD void narrow_lines(struct sixteen_words w, size_t count, size_t width, size_t step, const float *tile, uint16_t *y)
{
    for (size_t k = 0; k < count; k++)
        narrow(w, width, tile + k * width, y + k * step);
}

/* ---- values of rows ------------------------------------------------------------------------------------------------ */

WORD const float *values_at(struct sixteen_words w, struct row_values values, size_t row, size_t rows, float *own)
{
    if (values.narrow)
        widen(w, rows, values.narrow + row, own);
    return values.narrow ? own : values.wide ? values.wide + row : NULL;
}

/* Runs the kernel on a shape of at most TILE_ROWS rows, with the values of the rows from number `row` on. */
WORD void with_row_values(struct sixteen_words w, tile_kernel *kernel, const void *context, struct actfn_shape shape,
                          const struct sixteen_tensors *t, size_t row, const float *a, const float *b, float *out)
{
    float own[2][TILE_ROWS];
    const size_t rows = shape.outer * shape.inner;
    struct tile_tensors tile = { .a = a, .b = b, .out = out, .row = row };
    tile.row_a = values_at(w, t->row_a, row, rows, own[0]);
    tile.row_b = values_at(w, t->row_b, row, rows, own[1]);
    tile.row_out = t->row_out.narrow ? own[0] : t->row_out.wide ? t->row_out.wide + row : NULL;
    kernel(context, shape, &tile);
    if (t->row_out.narrow)
        narrow(w, rows, own[0], t->row_out.narrow + row);
}

/* ---- a row in pieces ----------------------------------------------------------------------------------------------- */

/* The first maximum of a row's results so far; NaN if the row has a NaN. */
struct page_maximum {
    float value;
    size_t index;
};

struct sixteen_pages {
    struct actfn_pages pages;
    const struct sixteen_tensors *t;
    size_t at, step;
    float *tile_a, *tile_b, *tile_out;
    struct page_maximum *maximum; /* NULL where it is not needed */
};

WORD void piece_in(struct sixteen_words w, const struct sixteen_pages *p, size_t first, size_t count)
{
    const struct sixteen_tensors *const t = p->t;
    const size_t at = p->at + first * p->step;
    float *const a = p->tile_a + (first & (PAGE - 1));
    if (t->a)
        widen_column(w, count, p->step, t->a + at, a);
    if (t->b)
        widen_column(w, count, p->step, t->b + at, p->tile_b + (first & (PAGE - 1)));
    if (t->way.in && p->step == 1)
        t->way.in(t->way.context, at, count, a);
    else if (t->way.in)
        for (size_t k = 0; k < count; k++)
            t->way.in(t->way.context, at + k * p->step, 1, a + k);
}

typedef void index_kernel(struct actfn_shape shape, const float *x, float *y, int32_t *index);

WORD void piece_out(struct sixteen_words w, index_kernel *maxout, const struct sixteen_pages *p, size_t first,
                    size_t count)
{
    const struct sixteen_tensors *const t = p->t;
    float *const from = p->tile_out + (first & (PAGE - 1));
    if (t->way.out)
        t->way.out(t->way.context, count, from);
    if (t->out)
        narrow_column(w, count, p->step, from, t->out + p->at + first * p->step);
    if (p->maximum && !isnan(p->maximum->value)) {
        float best;
        int32_t index;
        maxout((struct actfn_shape) { 1, count, 1, NULL }, from, &best, &index);
        if (isnan(best) || best > p->maximum->value)
            *p->maximum = (struct page_maximum) { best, first + (size_t)index };
    }
}

/* Writes a row of +0 with 1 at the maximum.  A row with a NaN becomes NaN. */
WORD void put_hard(struct sixteen_words w, const struct page_maximum *maximum, size_t n, size_t step, uint16_t *y)
{
    const uint16_t fill = isnan(maximum->value) ? w.of_float(maximum->value) : 0;
    for (size_t k = 0; k < n; k++)
        y[k * step] = fill;
    if (!isnan(maximum->value))
        y[maximum->index * step] = w.of_float(1.0f);
}

/* ---- a tensor ------------------------------------------------------------------------------------------------------ */

/*
 * How a tensor is cut.  A tile has whole parts (n, inner) of the tensor, or some columns of one part.  The columns are side by
 * side if a tile has room for as many as the largest number of lanes.  If not, the columns are turned and lie one after the
 * other, because the kernels are slow with few columns side by side.
 */
struct cut {
    size_t parts, columns;
    int paged, turned;
};
enum { LANES_OF_ANY = 16 };

/* by_index: neighbouring elements of a tile must have neighbouring indices in the tensor. */
WORD struct cut cut_of(struct actfn_shape shape, size_t room, int by_index)
{
    struct cut cut = { 1, 1, shape.n > room, 0 };
    if (cut.paged)
        return cut;
    const size_t rows = room / shape.n < TILE_ROWS ? room / shape.n : TILE_ROWS;
    cut.parts = shape.inner <= rows ? rows / shape.inner : 1;
    const int few = rows < LANES_OF_ANY;
    cut.turned = shape.inner > rows && few && !by_index;
    cut.columns = shape.inner <= rows ? shape.inner : few ? rows : rows / LANES_OF_ANY * LANES_OF_ANY;
    return cut;
}

typedef void hardmax_kernel(const float *params, unsigned int flags, struct actfn_shape shape, const float *x,
                            float *y);

/* Computes a tile from element `at` of the tensors on.  The last tile of a part may have fewer columns. */
WORD void rows_in_tile(struct sixteen_words w, hardmax_kernel *hardmax, tile_kernel *kernel, const void *context,
                       struct actfn_shape shape, struct actfn_shape all, int turned, const struct sixteen_tensors *t,
                       size_t at, size_t row, float *a, float *b, float *out)
{
    const size_t n = shape.n, width = shape.inner, whole = width == all.inner;
    const size_t lines = whole ? 1 : n, line = whole ? shape.outer * n * width : width;
    if (turned)
        shape = (struct actfn_shape) { width, n, 1, NULL };
    if (t->a && turned)
        widen_columns(w, width, n, all.inner, t->a + at, a);
    else if (t->a)
        widen_lines(w, lines, line, all.inner, t->a + at, a);
    if (t->b && turned)
        widen_columns(w, width, n, all.inner, t->b + at, b);
    else if (t->b)
        widen_lines(w, lines, line, all.inner, t->b + at, b);
    for (size_t k = 0; t->way.in && k < lines; k++)
        t->way.in(t->way.context, at + k * all.inner, line, a + k * line);
    with_row_values(w, kernel, context, shape, t, row, a, b, out);
    if (t->way.out)
        t->way.out(t->way.context, lines * line, out);
    if (t->out && turned)
        narrow_columns(w, width, n, all.inner, out, t->out + at);
    else if (t->out)
        narrow_lines(w, lines, line, all.inner, out, t->out + at);
    if (t->hard) { /* the tile is never turned then */
        hardmax(NULL, 0, shape, out, out);
        narrow_lines(w, lines, line, all.inner, out, t->hard + at);
    }
}

/* `pages` has the type's own piece_in and piece_out. */
WORD void rows_in_tiles(struct sixteen_words w, struct actfn_pages pages, hardmax_kernel *hardmax, tile_kernel *kernel,
                        const void *context, struct actfn_shape shape, const struct sixteen_tensors *t)
{
    _Alignas(64) float tile[ROW_TILE];
    const size_t n = shape.n, inner = shape.inner, room = t->b ? ROW_TILE / 2 : ROW_TILE;
    float *const tile_b = t->b ? tile + room : NULL, *const result = t->b ? tile_b : tile;
    const struct cut cut = cut_of(shape, room, t->way.in != NULL);
    for (size_t o = 0, outer; o < shape.outer; o += outer) {
        outer = shape.outer - o < cut.parts ? shape.outer - o : cut.parts;
        for (size_t i = 0, width; i < inner; i += width) {
            const size_t at = o * n * inner + i, row = o * inner + i;
            width = inner - i < cut.columns ? inner - i : cut.columns;
            if (!cut.paged) {
                rows_in_tile(w, hardmax, kernel, context, (struct actfn_shape) { outer, n, width, NULL }, shape,
                             cut.turned, t, at, row, tile, tile_b, result);
                continue;
            }
            struct page_maximum maximum = { -INFINITY, 0 };
            const struct sixteen_pages own = { pages, t, at, inner, tile, tile_b, result, t->hard ? &maximum : NULL };
            with_row_values(w, kernel, context, (struct actfn_shape) { 1, n, 1, &own.pages }, t, row, tile, tile_b,
                            result);
            if (t->hard)
                put_hard(w, &maximum, n, inner, t->hard + at);
        }
    }
}

#endif
