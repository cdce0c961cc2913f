/* SPDX-License-Identifier: MIT */
/*
 * The channels family over (outer, channels, inner).  Where inner > 1, a channel consists of runs of inner elements, and all
 * lanes have the weights of one channel.  Where inner = 1, neighbouring elements belong to neighbouring channels, and each
 * lane has the weights of its own channel.  The formulas are the same, so an element's bits are the same.
 */
#ifndef ACTFN_CHANNEL_LOOPS_H
#define ACTFN_CHANNEL_LOOPS_H

#include "dispatch/backend.h"
#include "kernels/reduce.h"
#include "math/channel_formulas.h"

/* The channels and the term whose weights a loop wants: channel `first` in all lanes (count = 0), or `count` channels from
 * `first` on. */
struct channels_at {
    const struct actfn_weights *weights;
    size_t term, first, count;
};

WORD vf weight_at(const struct channels_at *at, int k)
{
    const struct actfn_weights *const all = at->weights;
    const float *p = all->arrays[k] + at->term * all->channels + all->first + at->first;
    return at->count == 0 ? v_splat(*p) : at->count == V_LANES ? v_load(p) : v_load_n(p, at->count);
}

/* The weights as a formula gets them.  A sum over terms gets `all` and fetches the weights of each term itself. */
union weights {
    struct prelu_weights prelu;
    struct srelu_weights srelu;
    struct apl_weights apl;
    struct channels_at all;
};
typedef void fetch_weights(union weights *w, const struct channels_at *at);

WORD void all_weights(union weights *w, const struct channels_at *at) { w->all = *at; }

/* A tensor with one channel is one run. */
WORD struct actfn_shape joined(struct actfn_shape shape)
{
    if (shape.n == 1) {
        shape.inner *= shape.outer;
        shape.outer = 1;
    }
    return shape;
}

/* ---- element by element ---------------------------------------------------------------------------------------- */

WORD void channels_map(fetch_weights *fetch, unary_op *op, struct actfn_shape shape,
                       const struct actfn_weights *weights, const float *x, float *y)
{
    union weights w;
    shape = joined(shape);
    if (shape.n == 1 || shape.inner != 1) {
        for (size_t o = 0; o < shape.outer; o++)
            for (size_t c = 0; c < shape.n; c++, x += shape.inner, y += shape.inner) {
                fetch(&w, &(struct channels_at) { weights, 0, c, 0 });
                map(op, 1, &w, shape.inner, x, y);
            }
        return;
    }
    for (size_t o = 0; o < shape.outer; o++, x += shape.n, y += shape.n) {
        size_t c = 0;
        for (; shape.n - c >= V_LANES; c += V_LANES) {
            fetch(&w, &(struct channels_at) { weights, 0, c, V_LANES });
            v_store(y + c, op(v_load(x + c), &w));
        }
        if (V_LANES > 1 && c < shape.n) {
            fetch(&w, &(struct channels_at) { weights, 0, c, shape.n - c });
            v_store_n(y + c, op(v_load_n(x + c, shape.n - c), &w), shape.n - c);
        }
    }
}

WORD void channels_map_grad(fetch_weights *fetch, binary_op *op, struct actfn_shape shape,
                            const struct actfn_weights *weights, const float *x, const float *dy, float *dx)
{
    union weights w;
    shape = joined(shape);
    if (shape.n == 1 || shape.inner != 1) {
        for (size_t o = 0; o < shape.outer; o++)
            for (size_t c = 0; c < shape.n; c++, x += shape.inner, dy += shape.inner, dx += shape.inner) {
                fetch(&w, &(struct channels_at) { weights, 0, c, 0 });
                map_grad(op, 1, &w, shape.inner, x, dy, dx);
            }
        return;
    }
    for (size_t o = 0; o < shape.outer; o++, x += shape.n, dy += shape.n, dx += shape.n) {
        size_t c = 0;
        for (; shape.n - c >= V_LANES; c += V_LANES) {
            fetch(&w, &(struct channels_at) { weights, 0, c, V_LANES });
            v_store(dx + c, op(v_load(x + c), v_load(dy + c), &w));
        }
        if (V_LANES > 1 && c < shape.n) {
            fetch(&w, &(struct channels_at) { weights, 0, c, shape.n - c });
            v_store_n(dx + c, op(v_load_n(x + c, shape.n - c), v_load_n(dy + c, shape.n - c), &w), shape.n - c);
        }
    }
}

/* ---- sums over a channel --------------------------------------------------------------------------------------- */

/*
 * Element i of channel c in row o is the channel's element o inner + i.  The elements are added in the order of reduce.h,
 * which depends on their number alone.  So every layout has the same order.
 */

/* A tile has as many channels side by side as a sum has partials: a cache line of each row on every instruction set. */
enum { TILE = PARTIALS, TILE_VECTORS = TILE / V_LANES };

/* Adds the rows of one block to the partials of `count` channels.  Nobody reads the sums of lanes beyond the last channel. */
typedef struct partial tile_partials[PARTIALS][TILE_VECTORS];
typedef void tile_terms(tile_partials part, const union weights *w, size_t rows, size_t channels, size_t count,
                        const float *x, const float *dy);

WORD void tile_add(binary_op *op, tile_partials part, const union weights *w, size_t rows, size_t channels,
                   size_t count, const float *x, const float *dy)
{
    const size_t full = count / V_LANES, rest = count % V_LANES;
    for (size_t o = 0; o < rows; o++, x += channels, dy += channels) {
        struct partial *p = part[o % PARTIALS];
        for (size_t v = 0; v < full; v++)
            partial_add(&p[v], op(v_load(x + v * V_LANES), v_load(dy + v * V_LANES), &w[v]));
        if (rest)
            partial_add(&p[full],
                        op(v_load_n(x + full * V_LANES, rest), v_load_n(dy + full * V_LANES, rest), &w[full]));
    }
}

/* Makes the two functions that contain the formula of a weight's gradient: op_terms and op_tile. */
#define CHANNEL_SUM_TERMS(op)                                                                                          \
    SUM_TERMS(op)                                                                                                      \
    static void op##_tile(tile_partials part, const union weights *w, size_t rows, size_t channels, size_t count,      \
                          const float *x, const float *dy)                                                             \
    {                                                                                                                  \
        tile_add(op, part, w, rows, channels, count, x, dy);                                                           \
    }

/* ---- the factors, as floats --------------------------------------------------------------------------------------- */

/* The most factors that are widened at a time. */
enum { PIECE = 512, PIECE_ROWS = PIECE / TILE };
_Static_assert(PIECE_ROWS % PARTIALS == 0, "the first row of a piece goes to partial 0");

WORD const uint16_t *narrow_at(const void *tensor, size_t at) { return (const uint16_t *)tensor + at; }
WORD const float *wide_at(const void *tensor, size_t at) { return (const float *)tensor + at; }

/* Adds n factors from element `at` on. */
WORD void run_add(struct running_sum *sum, add_terms *add, const union weights *w, size_t n,
                  const struct actfn_factors *factors, size_t at)
{
    float x[PIECE], dy[PIECE];
    if (!factors->widen) {
        running_sum_add(sum, add, w, n, wide_at(factors->x, at), wide_at(factors->dy, at));
        return;
    }
    for (size_t i = 0, m; i < n; i += m) {
        m = n - i < PIECE ? n - i : PIECE;
        factors->widen(m, narrow_at(factors->x, at + i), x);
        factors->widen(m, narrow_at(factors->dy, at + i), dy);
        running_sum_add(sum, add, w, m, x, dy);
    }
}

/* Adds the rows of a block, which begins at element `at`, to the partials of `count` channels. */
WORD void rows_add(tile_terms *add, tile_partials part, const union weights *w, size_t rows, size_t channels,
                   size_t count, const struct actfn_factors *factors, size_t at)
{
    float x[PIECE], dy[PIECE];
    if (!factors->widen) {
        add(part, w, rows, channels, count, wide_at(factors->x, at), wide_at(factors->dy, at));
        return;
    }
    for (size_t o = 0, m; o < rows; o += m) {
        m = rows - o < PIECE_ROWS ? rows - o : PIECE_ROWS;
        for (size_t r = 0; r < m; r++) {
            factors->widen(count, narrow_at(factors->x, at + (o + r) * channels), x + r * TILE);
            factors->widen(count, narrow_at(factors->dy, at + (o + r) * channels), dy + r * TILE);
        }
        add(part, w, m, TILE, count, x, dy);
    }
}

/* Adds the rows of one block to sums[0 ... count). */
PASS void tile_block(tile_terms *add, const union weights *w, size_t rows, size_t channels, size_t count,
                     const struct actfn_factors *factors, size_t at, struct pairwise *sums)
{
    tile_partials part;
    for (int j = 0; j < PARTIALS; j++)
        for (int v = 0; v < TILE_VECTORS; v++)
            part[j][v].sum = part[j][v].error = v_splat(0.0f);
    rows_add(add, part, w, rows, channels, count, factors, at);

    float sum[PARTIALS][TILE], error[PARTIALS][TILE];
    for (int j = 0; j < PARTIALS; j++)
        for (int v = 0; v < TILE_VECTORS; v++) {
            v_store(&sum[j][v * V_LANES], part[j][v].sum);
            v_store(&error[j][v * V_LANES], part[j][v].error);
        }
    for (size_t c = 0; c < count; c++)
        pairwise_add(&sums[c], fold_partials(&sum[0][c], &error[0][c], TILE));
}

PASS void tile_sums(fetch_weights *fetch, tile_terms *add, struct actfn_shape shape, struct channels_at at,
                    size_t count, const struct actfn_factors *factors, float *out)
{
    union weights w[TILE_VECTORS];
    struct pairwise sums[TILE];
    for (size_t c = 0; c < count; c += V_LANES) {
        struct channels_at here = at;
        here.first += c;
        here.count = lanes_of(count, c);
        fetch(&w[c / V_LANES], &here);
    }
    for (size_t c = 0; c < count; c++)
        sums[c].blocks = 0;
    for (size_t o = 0; o < shape.outer; o += BLOCK)
        tile_block(add, w, shape.outer - o < BLOCK ? shape.outer - o : BLOCK, shape.n, count, factors,
                   o * shape.n + at.first, sums);
    for (size_t c = 0; c < count; c++)
        out[at.first + c] = (float)pairwise_total(&sums[c]);
}

/* out[s * channels + c] for every term and channel. */
PASS void channels_sums(fetch_weights *fetch, add_terms *add, tile_terms *add_tile, struct actfn_shape shape,
                        const struct actfn_weights *weights, const struct actfn_factors *factors, float *out)
{
    shape = joined(shape);
    struct channels_at at = { weights, 0, 0, 0 };
    for (; at.term < weights->terms; at.term++, out += shape.n) {
        if (shape.n != 1 && shape.inner == 1) {
            for (at.first = 0; at.first < shape.n; at.first += TILE)
                tile_sums(fetch, add_tile, shape, at, shape.n - at.first < TILE ? shape.n - at.first : TILE, factors,
                          out);
            continue;
        }
        for (at.first = 0; at.first < shape.n; at.first++) {
            union weights w;
            struct running_sum sum;
            fetch(&w, &at);
            running_sum_start(&sum);
            for (size_t o = 0; o < shape.outer; o++)
                run_add(&sum, add, &w, shape.inner, factors, (o * shape.n + at.first) * shape.inner);
            out[at.first] = running_sum_end(&sum, add, &w);
        }
    }
}

#endif
