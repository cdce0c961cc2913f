/* SPDX-License-Identifier: MIT */
/*
 * Sums over a row, by one tree either way, so that a row's result has the same bits along and across: element i goes to
 * partial i mod 16 within blocks of 4096, with what rounding leaves off beside it; partials fold 8-4-2-1; blocks add in
 * order, again with the rest beside.  That makes six roundings at most, and 2^-21 of the terms' magnitudes is eight.
 *
 * The fast mode has other sums within a block, whose bits depend on the way: fast/row_tree_sums.h.
 */
#ifndef ACTFN_ROW_SUMS_H
#define ACTFN_ROW_SUMS_H

#include "kernels/reduce.h"
#include "kernels/row_traversal.h"
#include "kernels/row_mode.h"
#ifdef FAST_ROWS
#include "kernels/fast/row_tree_sums.h"
#else
#include "kernels/accurate/row_partial_sums.h"
#endif

/* The sum of op over a row of n elements. */
WORD vf row_sum(enum way way, row_term *op, const void *context, size_t n)
{
    struct partial total = { ZERO, ZERO };
    for (size_t i = 0;; i += ROW_BLOCK) {
        const size_t end = n - i <= ROW_BLOCK ? n : i + ROW_BLOCK;
        const vf block = row_block_sum(way, op, context, i, end);
        if (n <= ROW_BLOCK)
            return block;
        partial_add(&total, block);
        if (end == n)
            return v_select(v_lt(v_abs(total.sum), v_splat(INFINITY)), total.sum + total.error, total.sum);
    }
}

/* A sum over a row is a function of its own, op_sum(way, context, n), as ROW_EACH_PASS has it. */
#define ROW_SUM_IN(name, way, op, type)                                                                                \
    PASS vf op##_sum_##name(const void *context, size_t n)                                                             \
    {                                                                                                                  \
        const struct type own = type##_copy(context);                                                                  \
        return row_sum(way, op, &own, n);                                                                              \
    }
#define ROW_SUM_CALL(op)                                                                                               \
    WORD vf op##_sum(enum way way, const void *context, size_t n) { return OF_WAY(way, op##_sum)(context, n); }
#ifdef V_SCALAR
#define ROW_SUM_PASS(op, type)                                                                                         \
    ROW_SUM_IN(across, ACROSS, op, type)                                                                               \
    ROW_SUM_CALL(op)
#else
#define ROW_SUM_PASS(op, type)                                                                                         \
    ROW_SUM_IN(along, ALONG, op, type)                                                                                 \
    ROW_SUM_IN(across, ACROSS, op, type)                                                                               \
    ROW_SUM_IN(some, SOME, op, type)                                                                                   \
    ROW_SUM_CALL(op)
#endif

#endif
