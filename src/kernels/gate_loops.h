/* SPDX-License-Identifier: MIT */
/*
 * The gates family: y = v g(u), du = dy v g'(u), dv = dy g(u), over rows that need not be adjacent.  One pass; all
 * inputs of a vector are loaded before its results are stored, which may replace them.
 */
#ifndef ACTFN_GATE_LOOPS_H
#define ACTFN_GATE_LOOPS_H

#include "dispatch/backend.h"
#include "kernels/some_lanes.h"

typedef vf gate_op(vf u, vf v, const void *params);
typedef vf gate_grad_op(vf u, vf v, vf dy, const void *params);

WORD void gate_rows(gate_op *op, const void *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,
                    struct actfn_rows_out y)
{
    for (; rows; rows--, u.p += u.stride, v.p += v.stride, y.p += y.stride)
        for (size_t i = 0, count; i < n; i += count) {
            count = lanes_of(n, i);
            store_some(y.p + i, op(load_some(u.p + i, count), load_some(v.p + i, count), params), count);
        }
}

/* Either operation may be NULL, a constant: its result is not asked for. */
WORD void gate_grad_rows(gate_grad_op *to_u, gate_grad_op *to_v, const void *params, size_t rows, size_t n,
                         struct actfn_rows u, struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,
                         struct actfn_rows_out dv)
{
    for (size_t r = 0; r < rows; r++) {
        const float *ur = u.p + r * u.stride, *vr = v.p + r * v.stride, *dyr = dy.p + r * dy.stride;
        float *dur = to_u ? du.p + r * du.stride : NULL, *dvr = to_v ? dv.p + r * dv.stride : NULL;
        for (size_t i = 0, count; i < n; i += count) {
            count = lanes_of(n, i);
            const vf a = load_some(ur + i, count), b = load_some(vr + i, count), d = load_some(dyr + i, count);
            const vf da = to_u ? to_u(a, b, d, params) : d, db = to_v ? to_v(a, b, d, params) : d;
            if (to_u)
                store_some(dur + i, da, count);
            if (to_v)
                store_some(dvr + i, db, count);
        }
    }
}

#endif
