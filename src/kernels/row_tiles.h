/* SPDX-License-Identifier: MIT */
/* Short rows are turned: V_LANES rows that lie one after the other become the columns of a tile. */
#ifndef ACTFN_ROW_TILES_H
#define ACTFN_ROW_TILES_H

#include "math/simd.h"

/*
 * V_LANES short rows are turned, so that they lie side by side, and the results are turned back.  Otherwise a row of eight
 * would pay for a whole vector, a fold of its lanes and a division.  Longer rows gain nothing in the cache.  Beyond the cache
 * they lose, because sixteen rows at once are more streams than the CPU prefetches.
 */
enum { SHORT = 48 };
_Static_assert(SHORT % V_LANES == 0, "a tile is filled a square at a time");

/*
 * Takes `count` vectors, a power of two, as one sequence.  Each round interleaves the halves of the sequence, which moves the
 * highest bit of every element's index to the lowest position.  So log2 V_LANES rounds turn V_LANES rows of `count` elements
 * into columns, and log2 count rounds turn them back.
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

/* V_LANES rows of HALF elements are together HALF whole vectors. */
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
PASS void turn_in(float *tile, const float *x, size_t rows, size_t n)
{
    if (n == HALF && rows == V_LANES) {
        turn_half(tile, x, V_LANES);
        return;
    }
    for (size_t k = 0; k < n; k += V_LANES) {
        vf square[V_LANES];
        const size_t count = n - k < V_LANES ? n - k : V_LANES;
        /* A loop for each case, because a test for each row takes longer than the loads between which it decides. */
        if (rows < V_LANES) {
            for (size_t r = 0; r < V_LANES; r++)
                square[r] = r >= rows          ? ZERO
                            : count == V_LANES ? v_load(x + r * n + k)
                                               : v_load_n(x + r * n + k, count);
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

PASS void turn_out(float *x, const float *tile, size_t rows, size_t n)
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

#endif
