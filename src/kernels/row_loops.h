/* SPDX-License-Identifier: MIT */
/*
 * What the operations over rows are made of: a row's elements read as vectors, its maximum, its sums, its exponentials.
 *
 * A row is looked at in one of two ways, a constant of each loop.  ALONG: the row is contiguous, and a vector holds
 * V_LANES of its elements.  ACROSS: rows lie side by side, and a vector holds one element of each of V_LANES rows.  A
 * statistic of a row is a vector in both: of equal lanes along, of one lane a row across.  The formulas do not know which.
 *
 * Sums go through one tree either way, and a row's result has the same bits: element i goes to partial i mod 16 within
 * blocks of 4096, with what rounding leaves off beside it; partials fold 8-4-2-1; blocks add in order, again with the rest
 * beside.  That makes six roundings at most, and 2^-21 of the terms' magnitudes is eight.
 *
 * The fast mode has other exponentials and sums, whose bits do depend on the way: fast/rows.h.
 */
#ifndef ACTFN_ROWS_H
#define ACTFN_ROWS_H

#if defined(ACTFN_KERNELS_FAST) && !defined(V_SCALAR)
#define FAST_ROWS
#endif

enum way { ALONG, ACROSS };

/* A row, or V_LANES of them: n elements, `step` floats from one to the next; only `lanes` rows across are ours. */
struct row {
    size_t n, step, lanes;
};

WORD vf row_load(enum way way, struct row row, const float *x, size_t i, size_t count)
{
    if (way == ALONG)
        return count < V_LANES ? v_load_n(x + i, count) : v_load(x + i);
    return row.lanes < V_LANES ? v_load_n(x + i * row.step, row.lanes) : v_load(x + i * row.step);
}

WORD void row_store(enum way way, struct row row, float *y, size_t i, size_t count, vf a)
{
    if (way == ALONG && count < V_LANES)
        v_store_n(y + i, a, count);
    else if (way == ALONG)
        v_store(y + i, a);
    else if (row.lanes < V_LANES)
        v_store_n(y + i * row.step, a, row.lanes);
    else
        v_store(y + i * row.step, a);
}

/* How many elements of a row a vector takes. */
#define ROW_STEP(way) ((way) == ALONG ? (size_t)V_LANES : 1)

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

/* ---- sums ------------------------------------------------------------------------------------------------------ */

enum { ROW_BLOCK = 4096 };

/* How many vectors hold the sixteen partials. */
#define ROW_VECTORS(way) ((way) == ALONG ? PARTIAL_VECTORS : PARTIALS)

/* Folds the first `used` partials, the rest being +0.  With or without what rounding left off: that is NaN once a sum is
 * infinite or NaN. */
WORD vf row_fold(enum way way, const struct partial part[PARTIALS], int used, int exact)
{
    vf fold[PARTIALS];
    fold[0] = ZERO;
    for (int j = 0; j < used; j++)
        fold[j] = part[j].sum;
    for (int j = 0; exact && j < used; j++)
        fold[j] = fold[j] + part[j].error;
    for (int half = ROW_VECTORS(way) / 2; half; half /= 2)
        for (int j = 0; j < half && j + half < used; j++)
            fold[j] = fold[j] + fold[j + half];
    return way == ALONG ? v_splat(v_sum(fold[0])) : fold[0];
}

#ifndef FAST_ROWS
WORD vf row_block_sum(enum way way, row_term *op, const void *context, size_t begin, size_t end)
{
    struct partial part[PARTIALS];
    size_t i = begin;
    int used = 0;
    for (; used < ROW_VECTORS(way) && end - i >= ROW_STEP(way); used++, i += ROW_STEP(way)) {
        part[used].sum = op(way, context, i, ROW_STEP(way)) + 0.0f; /* never -0, as a sum from 0 on would not be */
        part[used].error = ZERO;
    }
    for (; end - i >= PARTIALS; i += PARTIALS)
        for (int j = 0; j < ROW_VECTORS(way); j++)
            partial_add(&part[j], op(way, context, i + (size_t)j * ROW_STEP(way), ROW_STEP(way)));
    int j = 0;
    for (; end - i >= ROW_STEP(way) && i < end; i += ROW_STEP(way), j++)
        partial_add(&part[j], op(way, context, i, ROW_STEP(way)));
    if (way == ALONG && i < end) {
        const vf rest = v_where(m_first(end - i), op(way, context, i, end - i)) + 0.0f;
        if (used < ROW_VECTORS(way)) {
            part[used].sum = rest;
            part[used++].error = ZERO;
        } else
            partial_add(&part[j], rest);
    }
    const vf sum = row_fold(way, part, used, 1);
    if (!m_any(v_not_le(v_abs(sum), v_splat(FLT_MAX))))
        return sum;
    return v_select(v_le(v_abs(sum), v_splat(FLT_MAX)), sum, row_fold(way, part, used, 0));
}

#else
/* Terms by trees of eight, the trees with what rounding leaves off: as good, and half the work.  One tree stands
 * alone. */
WORD vf row_four(enum way way, row_term *op, const void *context, size_t i)
{
    const size_t step = ROW_STEP(way);
    const vf a = op(way, context, i, step) + op(way, context, i + step, step);
    return a + (op(way, context, i + 2 * step, step) + op(way, context, i + 3 * step, step));
}

WORD vf row_block_sum(enum way way, row_term *op, const void *context, size_t begin, size_t end)
{
    const size_t step = ROW_STEP(way);
    struct partial part = { ZERO, ZERO };
    size_t i = begin;
    const size_t trees = (end - begin) / (8 * step);
    if (trees > 1)
        for (; end - i >= 8 * step; i += 8 * step)
            partial_add(&part, row_four(way, op, context, i) + row_four(way, op, context, i + 4 * step));
    vf sum = ZERO;
    if (trees == 1) {
        sum = row_four(way, op, context, i) + row_four(way, op, context, i + 4 * step) + 0.0f;
        i += 8 * step;
    }
    if (end - i >= 4 * step) {
        sum = sum + row_four(way, op, context, i);
        i += 4 * step;
    }
    for (; end - i >= step && i < end; i += step)
        sum = sum + op(way, context, i, step);
    if (way == ALONG && i < end)
        sum = sum + v_where(m_first(end - i), op(way, context, i, end - i));
    if (trees > 1) {
        partial_add(&part, sum);
        sum = v_select(v_le(v_abs(part.sum), v_splat(FLT_MAX)), part.sum + part.error, part.sum);
    }
    return way == ALONG ? v_splat(v_sum(sum)) : sum;
}
#endif

/* The sum of op over a row of n elements. */
WORD vf row_sum(enum way way, row_term *op, const void *context, size_t n)
{
    if (n <= ROW_BLOCK)
        return row_block_sum(way, op, context, 0, n);
    struct partial total = { ZERO, ZERO };
    for (size_t i = 0; i < n; i += ROW_BLOCK)
        partial_add(&total, row_block_sum(way, op, context, i, n - i < ROW_BLOCK ? n : i + ROW_BLOCK));
    return v_select(v_lt(v_abs(total.sum), v_splat(INFINITY)), total.sum + total.error, total.sum);
}

/* ---- the maximum ----------------------------------------------------------------------------------------------- */

/* The largest of factor x; where there is a NaN, any or none of them.  Which zero it is, is left open. */
WORD vf row_max(enum way way, float factor_, struct row row, const float *x)
{
    const vf factor = v_splat(factor_);
    vf a = v_splat(-INFINITY), b = a, c = a, d = a;
    size_t i = 0;
    for (; row.n - i >= 4 * ROW_STEP(way); i += 4 * ROW_STEP(way)) {
        a = v_max(a, factor * row_load(way, row, x, i, ROW_STEP(way)));
        b = v_max(b, factor * row_load(way, row, x, i + ROW_STEP(way), ROW_STEP(way)));
        c = v_max(c, factor * row_load(way, row, x, i + 2 * ROW_STEP(way), ROW_STEP(way)));
        d = v_max(d, factor * row_load(way, row, x, i + 3 * ROW_STEP(way), ROW_STEP(way)));
    }
    for (; row.n - i >= ROW_STEP(way) && i < row.n; i += ROW_STEP(way))
        a = v_max(a, factor * row_load(way, row, x, i, ROW_STEP(way)));
    if (way == ALONG && i < row.n)
        b = v_max(b, v_select(m_first(row.n - i), factor * row_load(way, row, x, i, row.n - i), b));
    a = v_max(v_max(a, b), v_max(c, d));
    return way == ALONG ? v_splat(v_top(a)) : a;
}

/* ---- exponentials ------------------------------------------------------------------------------------------------ */

/* e^(scale (x - m)) is +0, to the last bit, where x - m <= zero_below. */
struct scaling {
    float scale, octaves, zero_below;
};

WORD struct scaling scaling_of(float scale)
{
    /* e^-104 is less than half the least subnormal.  Of a small scale the quotient is -inf, where the limit holds too. */
    const float octaves = scale * 0x1.715476p+0f;
    const struct scaling s = { scale, octaves < FLT_MAX ? octaves : FLT_MAX, -104.0f / scale };
    return s;
}

/*
 * e^(scale (high + low)) for scale (high + low) up to 87, within 0.8 ulp: our own, since a call for each vector would
 * cost more than the function.  By tools/coefficients.py: ln 2 in two parts, and a polynomial of relative error 2^-26.8.
 * NaN stays NaN.
 */
WORD vf row_exp(vf high, vf low, struct scaling s)
{
    const vf k = v_round(high * s.octaves);
    const vf near = v_fma(v_splat(s.scale), high, k * v_splat(-0x1.62e4p-1f));
    const vf r = v_fma(v_splat(s.scale), low, v_fma(k, v_splat(-0x1.7f7d1cp-20f), near));
    vf q = v_splat(0x1.6ca764p-10f);
    q = v_fma(q, r, v_splat(0x1.120ccep-7f));
    q = v_fma(q, r, v_splat(0x1.55556ep-5f));
    q = v_fma(q, r, v_splat(0x1.5554dcp-3f));
    q = v_fma(q, r, v_splat(0x1p-1f));
    const vf e = v_scale(v_fma(q, r * r, r) + 1.0f, k);
    return v_where(v_not_le(high, v_splat(s.zero_below)), e);
}

/* The same of x - m, which rounds: of a spread of 100 that alone would be 60 ulp of the result. */
WORD vf row_exp_below(vf x, vf m, struct scaling s)
{
    const struct pair t = exact_sum(x, -m);
    return row_exp(t.high, t.low, s);
}

/* e^(high + low), and what cross entropy makes of a row's exponentials: one by one, and ln of their sum of which one is set
 * apart, the z-th. */
#ifndef FAST_ROWS
WORD vf row_exp_one(vf high, vf low) { return row_exp(high, low, scaling_of(1.0f)); }

struct place {
    vf m;
};
WORD struct place place_of_row(vf m, float scale, size_t n)
{
    (void)scale, (void)n;
    return (struct place) { m };
}
WORD vf place_exp(vf x, struct place at) { return row_exp_below(x, at.m, scaling_of(1.0f)); }
WORD vf place_log(vf sum, struct place at)
{
    (void)at;
    return v_log(sum);
}
/* Where that one is the largest, ln is as small as the others. */
WORD vf place_log_with(vf others, vf own, vf z, struct place at)
{
    (void)z, (void)at;
    return v_select(v_eq(own, ONE), v_log1p(others), v_log(others + own));
}
#else
#include "kernels/fast/row_exponentials_fast.h"
#endif

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

/* What is done to a row, or to rows side by side. */
typedef void rows_op(enum way way, const void *context, struct row row, struct tensors t);

WORD struct tensors tensors_at(struct tensors t, size_t at, size_t out)
{
    const struct tensors there = { t.a ? t.a + at : NULL,           t.b ? t.b + at : NULL,
                                   t.out ? t.out + at : NULL,       t.row_a ? t.row_a + out : NULL,
                                   t.row_b ? t.row_b + out : NULL,  t.row_out ? t.row_out + out : NULL,
                                   t.row_index ? t.row_index + out : NULL,
                                   t.row_classes ? t.row_classes + out : NULL };
    return there;
}

/*
 * Short rows: V_LANES of them are turned, so that they lie side by side, and turned back.  Otherwise a row of eight would
 * pay for a whole vector, a fold of its lanes and a division.  Longer ones gain nothing in the cache, and beyond it lose:
 * sixteen rows at once are more streams than are fetched ahead.
 */
enum { SHORT = 48 };
_Static_assert(SHORT % V_LANES == 0, "a tile is filled a square at a time");

/*
 * `count` vectors, a power of two, as one sequence: each round interleaves its halves, which moves the highest bit of every
 * element's address to the lowest place.  So log2 V_LANES rounds turn V_LANES rows of `count` into columns, and log2 count
 * rounds turn them back.
 */
WORD void turn(vf *a, int count, int order)
{
    vf other[V_LANES];
#pragma GCC unroll 16
    for (int round = 1; round < order; round *= 2) {
#pragma GCC unroll 16
        for (int j = 0; j < count / 2; j++) {
            other[2 * j] = v_interleave_low(a[j], a[j + count / 2]);
            other[2 * j + 1] = v_interleave_high(a[j], a[j + count / 2]);
        }
#pragma GCC unroll 16
        for (int j = 0; j < count; j++)
            a[j] = other[j];
    }
}

/* All of V_LANES rows of HALF elements are HALF whole vectors. */
enum { HALF = V_LANES / 2 };

WORD void turn_half(float *to, const float *from, int order)
{
    vf a[V_LANES];
#pragma GCC unroll 16
    for (int j = 0; j < HALF; j++)
        a[j] = v_load(from + j * V_LANES);
    turn(a, HALF, order);
#pragma GCC unroll 16
    for (int j = 0; j < HALF; j++)
        v_store(to + j * V_LANES, a[j]);
}

/* tile[k][r] = x[r][k], for `rows` rows of n; other rows of the tile are 0. */
WORD void turn_in(float *tile, const float *x, size_t rows, size_t n)
{
    if (n == HALF && rows == V_LANES) {
        turn_half(tile, x, V_LANES);
        return;
    }
    for (size_t k = 0; k < n; k += V_LANES) {
        vf square[V_LANES];
        const size_t count = n - k < V_LANES ? n - k : V_LANES;
        /* Each case by itself: a test for each row takes longer than what it decides. */
        if (rows < V_LANES) {
            for (size_t r = 0; r < V_LANES; r++)
                square[r] = r >= rows ? ZERO : count == V_LANES ? v_load(x + r * n + k) : v_load_n(x + r * n + k, count);
        } else if (count < V_LANES) {
#pragma GCC unroll 16
            for (size_t r = 0; r < V_LANES; r++)
                square[r] = v_load_n(x + r * n + k, count);
        } else {
#pragma GCC unroll 16
            for (size_t r = 0; r < V_LANES; r++)
                square[r] = v_load(x + r * n + k);
        }
        turn(square, V_LANES, V_LANES);
#pragma GCC unroll 16
        for (size_t j = 0; j < V_LANES; j++)
            v_store(tile + (k + j) * V_LANES, square[j]);
    }
}

WORD void turn_out(float *x, const float *tile, size_t rows, size_t n)
{
    if (n == HALF && rows == V_LANES) {
        turn_half(x, tile, HALF);
        return;
    }
    for (size_t k = 0; k < n; k += V_LANES) {
        vf square[V_LANES];
        const size_t count = n - k < V_LANES ? n - k : V_LANES;
#pragma GCC unroll 16
        for (size_t j = 0; j < V_LANES; j++)
            square[j] = v_load(tile + (k + j) * V_LANES);
        turn(square, V_LANES, V_LANES);
        if (rows < V_LANES) {
            for (size_t r = 0; r < rows; r++)
                if (count == V_LANES)
                    v_store(x + r * n + k, square[r]);
                else
                    v_store_n(x + r * n + k, square[r], count);
        } else if (count < V_LANES) {
#pragma GCC unroll 16
            for (size_t r = 0; r < V_LANES; r++)
                v_store_n(x + r * n + k, square[r], count);
        } else {
#pragma GCC unroll 16
            for (size_t r = 0; r < V_LANES; r++)
                v_store(x + r * n + k, square[r]);
        }
    }
}

/* Between a tile and a strip of V_LANES columns, `lanes` of them ours. */
WORD void strip_in(float *tile, const float *x, struct row row)
{
    for (size_t k = 0; k < row.n; k++)
        v_store(tile + k * V_LANES, row_load(ACROSS, row, x, k, 1));
}

WORD void strip_out(float *x, const float *tile, struct row row)
{
    for (size_t k = 0; k < row.n; k++)
        row_store(ACROSS, row, x, k, 1, v_load(tile + k * V_LANES));
}

/* The operation on V_LANES rows of at most SHORT, moved to a tile and back: rows that lie one after the other are turned, and
 * a strip is made dense (at a power of two apart its lines would share few places in the cache). */
WORD void on_tile(rows_op *op, const void *context, struct row row, struct tensors t)
{
    float a[SHORT * V_LANES], b[SHORT * V_LANES], out[SHORT * V_LANES];
    struct tensors tile = t;
    const int strip = row.step != 1;
    if (t.a && strip)
        strip_in(a, t.a, row);
    else if (t.a)
        turn_in(a, t.a, row.lanes, row.n);
    if (t.b && strip)
        strip_in(b, t.b, row);
    else if (t.b)
        turn_in(b, t.b, row.lanes, row.n);
    tile.a = a;
    tile.b = b;
    tile.out = out;
    op(ACROSS, context, (struct row){ row.n, V_LANES, row.lanes }, tile);
    if (t.out && strip)
        strip_out(t.out, out, row);
    else if (t.out)
        turn_out(t.out, out, row.lanes, row.n);
}

/* How far apart the elements of a row lie before they are worth moving. */
enum { FAR = 128 };

WORD void rows_each(rows_op *op, const void *context, struct actfn_shape shape, struct tensors t)
{
    const size_t n = shape.n, inner = shape.inner;
    const int tiled = V_LANES > 1 && n <= SHORT;
    if (inner == 1 && !tiled) {
        for (size_t o = 0; o < shape.outer; o++)
            op(ALONG, context, (struct row){ n, 1, V_LANES }, tensors_at(t, o * n, o));
        return;
    }
    /* Rows one after the other are the columns of one matrix, turned. */
    const size_t outer = inner == 1 ? 1 : shape.outer, columns = inner == 1 ? shape.outer : inner;
    for (size_t o = 0; o < outer; o++)
        for (size_t i = 0; i < columns; i += V_LANES) {
            const size_t lanes = columns - i < V_LANES ? columns - i : V_LANES;
            const size_t at = inner == 1 ? i * n : o * n * inner + i;
            const struct row row = { n, inner, lanes };
            const struct tensors there = tensors_at(t, at, o * columns + i);
            if (tiled && (inner == 1 || inner >= FAR))
                on_tile(op, context, row, there);
            else
                op(ACROSS, context, row, there);
        }
}

/* A statistic into what has one value a row. */
WORD void stat_store(enum way way, struct row row, float *p, vf a)
{
    if (way == ALONG)
        v_store_n(p, a, 1);
    else if (row.lanes < V_LANES)
        v_store_n(p, a, row.lanes);
    else
        v_store(p, a);
}

WORD vf stat_load(enum way way, struct row row, const float *p)
{
    if (way == ALONG)
        return v_splat(*p);
    return row.lanes < V_LANES ? v_load_n(p, row.lanes) : v_load(p);
}

/* ---- the kernels ------------------------------------------------------------------------------------------------ */

#include "kernels/row_softmax.h"
#include "kernels/row_choice.h"

#define INDEX_softmax NULL
#define INDEX_softmin NULL
#define INDEX_log_softmax NULL
#define INDEX_logsumexp NULL
#define INDEX_logmeanexp NULL
#define INDEX_hardmax NULL
#define INDEX_sparsemax NULL
#define INDEX_maxout maxout_rows_index
#define KERNELS_ROWS(name) { .rows = { name##_rows, name##_rows_backward, INDEX_##name } }

#endif
