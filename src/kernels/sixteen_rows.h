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
enum { ROW_TILE = 2 * PAGE, TILE_ROWS = 256 };

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

enum { GATHERED = 64 };

/* n elements, `step` elements from one to the next. */
WORD void widen_column(struct sixteen_words w, size_t n, size_t step, const uint16_t *x, float *tile)
{
    if (step == 1) {
        widen(w, n, x, tile);
        return;
    }
    for (size_t i = 0, count; i < n; i += count) {
        uint16_t some[GATHERED];
        count = n - i < GATHERED ? n - i : GATHERED;
        for (size_t k = 0; k < count; k++)
            some[k] = x[(i + k) * step];
        widen(w, count, some, tile + i);
    }
}

WORD void narrow_column(struct sixteen_words w, size_t n, size_t step, const float *tile, uint16_t *y)
{
    if (step == 1) {
        narrow(w, n, tile, y);
        return;
    }
    for (size_t i = 0, count; i < n; i += count) {
        uint16_t some[GATHERED];
        count = n - i < GATHERED ? n - i : GATHERED;
        narrow(w, count, tile + i, some);
        for (size_t k = 0; k < count; k++)
            y[(i + k) * step] = some[k];
    }
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
 * A tile has whole parts (n, inner) of the tensor, or some columns of one part.  The columns are a multiple of every number of
 * lanes where they can be.  `pages` has the type's own piece_in and piece_out.
 */
WORD void rows_in_tiles(struct sixteen_words w, struct actfn_pages pages, tile_kernel *kernel, const void *context,
                        struct actfn_shape shape, const struct sixteen_tensors *t)
{
    _Alignas(64) float tile[ROW_TILE];
    const size_t n = shape.n, inner = shape.inner, room = t->b ? ROW_TILE / 2 : ROW_TILE, part = n * inner;
    float *const tile_b = t->b ? tile + room : NULL, *const result = t->b ? tile_b : tile;
    const int paged = n > room;
    const size_t rows = paged ? 1 : room / n < TILE_ROWS ? room / n : TILE_ROWS;
    const size_t parts = inner <= rows ? rows / inner : 1;
    const size_t columns = inner <= rows ? inner : rows < 16 ? rows : rows & ~(size_t)15;
    for (size_t o = 0, outer; o < shape.outer; o += outer) {
        outer = paged ? 1 : shape.outer - o < parts ? shape.outer - o : parts;
        for (size_t i = 0, width; i < inner; i += width) {
            width = inner - i < columns ? inner - i : columns;
            const size_t at = o * part + i, lines = width == inner ? 1 : n,
                         line = width == inner ? outer * part : width;
            const struct sixteen_tensors here = { t->a ? t->a + at : NULL,
                                                  t->b ? t->b + at : NULL,
                                                  t->out ? t->out + at : NULL,
                                                  t->row_a,
                                                  t->row_b,
                                                  t->row_out };
            if (paged) {
                const struct sixteen_pages own = { pages, here.a, here.b, here.out, inner, tile, tile_b, result };
                with_row_values(w, kernel, context, (struct actfn_shape) { 1, n, 1, &own.pages }, t, o * inner + i,
                                tile, tile_b, result);
                continue;
            }
            if (here.a)
                widen_lines(w, lines, line, inner, here.a, tile);
            if (here.b)
                widen_lines(w, lines, line, inner, here.b, tile_b);
            with_row_values(w, kernel, context, (struct actfn_shape) { outer, n, width, NULL }, t, o * inner + i, tile,
                            tile_b, result);
            if (here.out)
                narrow_lines(w, lines, line, inner, result, here.out);
        }
    }
}

#endif
