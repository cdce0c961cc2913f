/* SPDX-License-Identifier: MIT */
/*
 * Rows of a 16-bit type, by the fast mode's kernels of floats.  Rows that fit into a tile of floats on the stack are widened
 * there, computed in place, and rounded once.  A longer row comes in pieces, once for each pass of the kernel.  So no sum, no
 * maximum and no exponential has a second text, and a row has the bits of its floats.
 */
#ifndef ACTFN_SIXTEEN_ROWS_H
#define ACTFN_SIXTEEN_ROWS_H

#include "kernels/sixteen_loops.h"

/* ROW_TILE floats are one tensor's, or half of them one of two.  TILE_ROWS: rows of one tile, of which some have results. */
enum { ROW_TILE = 2 * PAGE, TILE_ROWS = 128 };

/* The buffers of a call, as struct tensors of row_traversal.h has them. */
struct sixteen_tensors {
    const uint16_t *a, *b;
    uint16_t *out;
    struct row_values row_a, row_b;
    struct row_results row_out;
};

/* The same of a tile; the first of its rows is number `row` of the call. */
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
 * Columns of n elements, which lie `step` elements apart, and one after the other in a tile.  Four at a time: a cache line has
 * more than one of them.
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

/* `count` lines of `width` elements, `step` elements from one to the next, which a tile has without gaps. */
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

/* The kernel on a shape of at most TILE_ROWS rows, with the values of the rows from number `row` on. */
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

struct sixteen_pages {
    struct actfn_pages pages;
    const uint16_t *a, *b;
    uint16_t *out;
    size_t step;
    float *tile_a, *tile_b, *tile_out;
};

WORD void piece_in(struct sixteen_words w, const struct sixteen_pages *p, size_t first, size_t count)
{
    const size_t place = first & (PAGE - 1), at = first * p->step;
    if (p->a)
        widen_column(w, count, p->step, p->a + at, p->tile_a + place);
    if (p->b)
        widen_column(w, count, p->step, p->b + at, p->tile_b + place);
}

WORD void piece_out(struct sixteen_words w, const struct sixteen_pages *p, size_t first, size_t count)
{
    if (p->out)
        narrow_column(w, count, p->step, p->tile_out + (first & (PAGE - 1)), p->out + first * p->step);
}

/* ---- a tensor ------------------------------------------------------------------------------------------------------ */

/*
 * How a tensor is cut.  A tile has whole parts (n, inner) of it, or some columns of one part: side by side if they are as many
 * as the largest number of lanes, or one after the other, since the kernels are slow with fewer.
 */
struct cut {
    size_t parts, columns;
    int paged, turned;
};
enum { LANES_OF_ANY = 16 };

WORD struct cut cut_of(struct actfn_shape shape, size_t room)
{
    struct cut cut = { 1, 1, shape.n > room, 0 };
    if (cut.paged)
        return cut;
    const size_t rows = room / shape.n < TILE_ROWS ? room / shape.n : TILE_ROWS;
    cut.parts = shape.inner <= rows ? rows / shape.inner : 1;
    cut.turned = shape.inner > rows && rows < LANES_OF_ANY;
    cut.columns = shape.inner <= rows ? shape.inner : cut.turned ? rows : rows / LANES_OF_ANY * LANES_OF_ANY;
    return cut;
}

/* From element `at` of the tensors on; the last columns of a part may be fewer. */
WORD void rows_in_tile(struct sixteen_words w, tile_kernel *kernel, const void *context, struct actfn_shape shape,
                       struct actfn_shape all, int turned, const struct sixteen_tensors *t, size_t at, size_t row,
                       float *a, float *b, float *out)
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
    with_row_values(w, kernel, context, shape, t, row, a, b, out);
    if (t->out && turned)
        narrow_columns(w, width, n, all.inner, out, t->out + at);
    else if (t->out)
        narrow_lines(w, lines, line, all.inner, out, t->out + at);
}

/* `pages` has the type's own piece_in and piece_out. */
WORD void rows_in_tiles(struct sixteen_words w, struct actfn_pages pages, tile_kernel *kernel, const void *context,
                        struct actfn_shape shape, const struct sixteen_tensors *t)
{
    _Alignas(64) float tile[ROW_TILE];
    const size_t n = shape.n, inner = shape.inner, room = t->b ? ROW_TILE / 2 : ROW_TILE;
    float *const tile_b = t->b ? tile + room : NULL, *const result = t->b ? tile_b : tile;
    const struct cut cut = cut_of(shape, room);
    for (size_t o = 0, outer; o < shape.outer; o += outer) {
        outer = shape.outer - o < cut.parts ? shape.outer - o : cut.parts;
        for (size_t i = 0, width; i < inner; i += width) {
            const size_t at = o * n * inner + i, row = o * inner + i;
            width = inner - i < cut.columns ? inner - i : cut.columns;
            if (!cut.paged) {
                rows_in_tile(w, kernel, context, (struct actfn_shape) { outer, n, width, NULL }, shape, cut.turned, t,
                             at, row, tile, tile_b, result);
                continue;
            }
            const struct sixteen_pages own = { pages,
                                               t->a ? t->a + at : NULL,
                                               t->b ? t->b + at : NULL,
                                               t->out ? t->out + at : NULL,
                                               inner,
                                               tile,
                                               tile_b,
                                               result };
            with_row_values(w, kernel, context, (struct actfn_shape) { 1, n, 1, &own.pages }, t, row, tile, tile_b,
                            result);
        }
    }
}

#endif
