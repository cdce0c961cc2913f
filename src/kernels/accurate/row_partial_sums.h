/* SPDX-License-Identifier: MIT */
/* The sum of a block of a row, by sixteen partials: row_sums.h gives the order. */
#ifndef ACTFN_ROW_PARTIAL_SUMS_H
#define ACTFN_ROW_PARTIAL_SUMS_H

#include "kernels/reduce.h"
#include "kernels/row_mode.h"
#include "kernels/row_traversal.h"

#include <float.h>

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

#endif
