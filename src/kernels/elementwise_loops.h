/* SPDX-License-Identifier: MIT */
/*
 * The elementwise loops, in the vocabulary.  Each takes the operation as a function, which is inlined too.  The whole vectors
 * and the rest of a buffer run the same operation, so an element's result does not depend on its position.
 *
 * `wide` is a constant.  Where it is 1, four vectors are in flight, for operations that call nothing.  A call loses every
 * vector register, so an operation with a call gains nothing from four vectors.  The four vectors are four variables, not an
 * array, because gcc keeps an array in memory.
 */
#ifndef ACTFN_ELEMENTWISE_LOOPS_H
#define ACTFN_ELEMENTWISE_LOOPS_H

#include "kernels/some_lanes.h"

typedef vf unary_op(vf x, const void *params);
typedef vf binary_op(vf x, vf dy, const void *params);

/* y[i] = op(x[i]); y may be x. */
WORD void map(unary_op *op, int wide, const void *params, size_t n, const float *x, float *y)
{
    size_t i = 0;
    for (; wide && n - i >= 4 * V_LANES; i += 4 * V_LANES) {
        vf a = v_load(x + i), b = v_load(x + i + V_LANES);
        vf c = v_load(x + i + 2 * V_LANES), d = v_load(x + i + 3 * V_LANES);
        v_store(y + i, op(a, params));
        v_store(y + i + V_LANES, op(b, params));
        v_store(y + i + 2 * V_LANES, op(c, params));
        v_store(y + i + 3 * V_LANES, op(d, params));
    }
    for (; n - i >= V_LANES; i += V_LANES)
        v_store(y + i, op(v_load(x + i), params));
    if (V_LANES > 1 && i < n)
        v_store_n(y + i, op(v_load_n(x + i, n - i), params), n - i);
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void map_grad(binary_op *op, int wide, const void *params, size_t n, const float *x, const float *dy, float *dx)
{
    size_t i = 0;
    for (; wide && n - i >= 4 * V_LANES; i += 4 * V_LANES) {
        vf a = v_load(x + i), b = v_load(x + i + V_LANES);
        vf c = v_load(x + i + 2 * V_LANES), d = v_load(x + i + 3 * V_LANES);
        vf da = v_load(dy + i), db = v_load(dy + i + V_LANES);
        vf dc = v_load(dy + i + 2 * V_LANES), dd = v_load(dy + i + 3 * V_LANES);
        v_store(dx + i, op(a, da, params));
        v_store(dx + i + V_LANES, op(b, db, params));
        v_store(dx + i + 2 * V_LANES, op(c, dc, params));
        v_store(dx + i + 3 * V_LANES, op(d, dd, params));
    }
    for (; n - i >= V_LANES; i += V_LANES)
        v_store(dx + i, op(v_load(x + i), v_load(dy + i), params));
    if (V_LANES > 1 && i < n)
        v_store_n(dx + i, op(v_load_n(x + i, n - i), v_load_n(dy + i, n - i), params), n - i);
}

#endif
