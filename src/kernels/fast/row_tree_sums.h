/* SPDX-License-Identifier: MIT */
/*
 * The sum of a block of a row in the fast mode: terms by trees of eight vectors, the trees with what rounding leaves off.  It
 * is as good as that of the accurate mode, and half the work.  A block's bits depend on which way the row lies.
 */
#ifndef ACTFN_ROW_TREE_SUMS_H
#define ACTFN_ROW_TREE_SUMS_H

#include "kernels/reduce.h"
#include "kernels/row_traversal.h"

#include <float.h>

/* Half a tree. */
WORD vf row_four(enum way way, row_term *op, const void *context, size_t i)
{
    const size_t step = ROW_STEP(way);
    const vf a = op(way, context, i, step) + op(way, context, i + step, step);
    return a + (op(way, context, i + 2 * step, step) + op(way, context, i + 3 * step, step));
}

WORD vf row_block_sum(enum way way, row_term *op, const void *context, size_t begin, size_t end)
{
    const size_t step = ROW_STEP(way), trees = (end - begin) / (8 * step);
    struct partial part = { ZERO, ZERO };
    size_t i = begin;
    for (size_t k = 0; k < trees; k++, i += 8 * step)
        partial_add(&part, row_four(way, op, context, i) + row_four(way, op, context, i + 4 * step));
    /* One tree stands alone. */
    vf sum = trees > 1 ? ZERO : part.sum;
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
