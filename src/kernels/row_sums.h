/* SPDX-License-Identifier: MIT */
/*
 * Sums over a row, in one order, so that a row's result has the same bits along and across, at any address, on every
 * instruction set.  Element i goes to partial i mod 16 within blocks of 4096.  The partials fold 8-4-2-1.  The blocks add in
 * order, and a second sum keeps their rounding errors.
 *
 * A partial adds its terms, and a second sum keeps the rounding errors.  In the accurate mode the result has six roundings at
 * most; the promised 2^-21 of the terms' magnitudes is eight.  In the fast mode four terms of a partial first add by a tree,
 * which halves the work, and up to 127 elements add without the second sum.  The result then has ten roundings at most.
 */
#ifndef ACTFN_ROW_SUMS_H
#define ACTFN_ROW_SUMS_H

#include "kernels/reduce.h"
#include "kernels/row_traversal.h"

#include <float.h>

/* The number of elements in a block. */
enum { ROW_BLOCK = 4096 };

/* The terms of a tree, and the elements of a tree of each partial. */
#ifdef ACTFN_KERNELS_FAST
enum { TREE_TERMS = 4 };
#else
enum { TREE_TERMS = 1 };
#endif
enum { TREE_ELEMENTS = TREE_TERMS * PARTIALS };

/* The number of vectors that hold the sixteen partials. */
#define ROW_VECTORS(way) (IS_ALONG(way) ? PARTIAL_VECTORS : PARTIALS)

/* ---- the fold -------------------------------------------------------------------------------------------------------- */

/* Partials j, j + 4, j + 8, j + 12. */
WORD vf fold_four(const vf part[PARTIALS], int j) { return (part[j] + part[j + 8]) + (part[j + 4] + part[j + 12]); }

/* The sum of the first `used` vectors of partials; the others are +0.  If `exact`, the sum includes the rounding errors. */
WORD vf row_fold(enum way way, const struct partial part[PARTIALS], int used, int exact)
{
    vf sum[PARTIALS];
    sum[0] = ZERO;
    for (int j = 0; j < used; j++)
        sum[j] = exact ? (vf)(part[j].sum + part[j].error) : part[j].sum;
    if (!IS_ALONG(way) && used == PARTIALS)
        return (fold_four(sum, 0) + fold_four(sum, 2)) + (fold_four(sum, 1) + fold_four(sum, 3));
    for (int half = ROW_VECTORS(way) / 2; half; half /= 2)
        for (int j = 0; j < half && j + half < used; j++)
            sum[j] = sum[j] + sum[j + half];
    return IS_ALONG(way) ? v_splat(v_sum(sum[0])) : sum[0];
}

/* The sum of rounding errors is NaN once a sum is infinite or NaN.  The sum alone is the result then. */
WORD vf row_fold_all(enum way way, const struct partial part[PARTIALS], int used, int exact)
{
    const vf sum = row_fold(way, part, used, exact);
    if (!exact || !m_any(v_not_le(v_abs(sum), v_splat(FLT_MAX))))
        return sum;
    return v_select(v_le(v_abs(sum), v_splat(FLT_MAX)), sum, row_fold(way, part, used, 0));
}

PASS vf row_fold_across(const struct partial part[PARTIALS], int used, int exact)
{
    return row_fold_all(ACROSS, part, used, exact);
}

/* ---- a block --------------------------------------------------------------------------------------------------------- */

/* Terms of one partial, or of V_LANES of them. */
WORD vf row_tree(enum way way, row_term *op, const void *context, size_t i)
{
    const size_t step = ROW_STEP(way);
    if (TREE_TERMS == 1)
        return op(way, context, i, step);
    const vf a = op(way, context, i, step) + op(way, context, i + PARTIALS, step);
    return a + (op(way, context, i + 2 * PARTIALS, step) + op(way, context, i + 3 * PARTIALS, step));
}

WORD void row_add(struct partial *p, vf term, int exact)
{
    if (exact)
        partial_add(p, term);
    else
        p->sum = p->sum + term;
}

/* The first term of a partial.  The addition makes +0 of -0, because a sum that starts with 0 is never -0. */
WORD void row_start(struct partial *p, vf term)
{
    p->sum = term + 0.0f;
    p->error = ZERO;
}

_Static_assert(ROW_BLOCK % PAGE == 0 && PAGE % TREE_ELEMENTS == 0, "a page ends between trees, and where a block does");

WORD void page_in_for_sum(enum way way, const void *context, size_t i, size_t end)
{
    if (way == PAGED && i % PAGE == 0 && i < end)
        page_in(context, i);
}

WORD vf row_block_sum(enum way way, row_term *op, const void *context, size_t begin, size_t end)
{
    const size_t step = ROW_STEP(way);
    const int vectors = ROW_VECTORS(way);
    struct partial part[PARTIALS];
    size_t i = begin;
    for (int j = 0; IS_ALONG(way) && j < vectors; j++) /* for gcc, which does not see that all are started */
        part[j].sum = part[j].error = ZERO;
    for (; end - i >= TREE_ELEMENTS; i += TREE_ELEMENTS) {
        page_in_for_sum(way, context, i, end);
        for (int j = 0; j < vectors; j++) {
            const vf tree = row_tree(way, op, context, i + (size_t)j * step);
            if (i == begin)
                row_start(&part[j], tree);
            else
                partial_add(&part[j], tree);
        }
    }
    page_in_for_sum(way, context, i, end);
    const int exact = TREE_TERMS == 1 || i - begin > TREE_ELEMENTS;
    int used = i == begin ? 0 : vectors, j = 0;
    for (; used < vectors && end - i >= step && i < end; used++, i += step)
        row_start(&part[used], op(way, context, i, step));
    for (; end - i >= step && i < end; i += step, j = j + 1 < vectors ? j + 1 : 0)
        row_add(&part[j], op(way, context, i, step), exact);
    if (IS_ALONG(way) && i < end) {
        const vf rest = v_where(m_first(end - i), op(way, context, i, end - i));
        if (used < vectors)
            row_start(&part[used++], rest);
        else
            row_add(&part[j], rest, exact);
    }
    return IS_ALONG(way) ? row_fold_all(way, part, used, exact) : row_fold_across(part, used, exact);
}

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

/* A sum over a row is a function of its own, op_sum(way, context, n), as in ROW_EACH_PASS. */
#define ROW_SUM_IN(name, way, op, type)                                                                                \
    PASS vf op##_sum_##name(const void *context, size_t n)                                                             \
    {                                                                                                                  \
        const struct type own = type##_copy(context);                                                                  \
        return row_sum(way, op, &own, n);                                                                              \
    }
#define ROW_SUM_CALL(op)                                                                                               \
    WORD vf op##_sum(enum way way, const void *context, size_t n) { return OF_WAY(way, op##_sum)(context, n); }
#define ROW_SUM_PASS(op, type)                                                                                         \
    IN_WAYS(ROW_SUM_IN, op, type)                                                                                      \
    ROW_SUM_CALL(op)

#endif
