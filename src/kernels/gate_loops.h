/* SPDX-License-Identifier: MIT */
/*
 * The gates family: y = v g(u), du = dy v g'(u), dv = dy g(u), over rows that need not be adjacent, in one pass.  All
 * inputs of a vector are loaded before its results are stored, because the outputs may be the inputs.
 */
#ifndef ACTFN_GATE_LOOPS_H
#define ACTFN_GATE_LOOPS_H

#include "dispatch/backend.h"
#include "kernels/some_lanes.h"

typedef vf gate_op(vf u, vf v, const void *params);
typedef vf gate_grad_op(vf u, vf v, vf dy, const void *params);

WORD void gate_step(gate_op *op, const void *params, size_t count, const float *u, const float *v, float *y)
{
    store_some(y, op(load_some(u, count), load_some(v, count), params), count);
}

WORD void gate_rows(gate_op *op, const void *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,
                    struct actfn_rows_out y)
{
    /* No pointer goes beyond the last row: its start plus the stride may lie outside the buffer. */
    for (size_t r = 0; r < rows; r++) {
        const float *ur = u.p + r * u.stride, *vr = v.p + r * v.stride;
        float *yr = y.p + r * y.stride;
        size_t i = 0;
        for (; n - i >= V_LANES; i += V_LANES)
            gate_step(op, params, V_LANES, ur + i, vr + i, yr + i);
        if (V_LANES > 1 && i < n)
            gate_step(op, params, n - i, ur + i, vr + i, yr + i);
    }
}

/* Either operation may be a constant NULL; then the caller does not want its result. */
WORD void gate_grad_step(gate_grad_op *to_u, gate_grad_op *to_v, const void *params, size_t count, const float *u,
                         const float *v, const float *dy, float *du, float *dv)
{
    const vf a = load_some(u, count), b = load_some(v, count), d = load_some(dy, count);
    const vf da = to_u ? to_u(a, b, d, params) : d, db = to_v ? to_v(a, b, d, params) : d;
    if (to_u)
        store_some(du, da, count);
    if (to_v)
        store_some(dv, db, count);
}

WORD void gate_grad_rows(gate_grad_op *to_u, gate_grad_op *to_v, const void *params, size_t rows, size_t n,
                         struct actfn_rows u, struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,
                         struct actfn_rows_out dv)
{
    for (size_t r = 0; r < rows; r++) {
        const float *ur = u.p + r * u.stride, *vr = v.p + r * v.stride, *dyr = dy.p + r * dy.stride;
        float *dur = to_u ? du.p + r * du.stride : NULL, *dvr = to_v ? dv.p + r * dv.stride : NULL;
        size_t i = 0;
        for (; n - i >= V_LANES; i += V_LANES)
            gate_grad_step(to_u, to_v, params, V_LANES, ur + i, vr + i, dyr + i, to_u ? dur + i : NULL,
                           to_v ? dvr + i : NULL);
        if (V_LANES > 1 && i < n)
            gate_grad_step(to_u, to_v, params, n - i, ur + i, vr + i, dyr + i, to_u ? dur + i : NULL,
                           to_v ? dvr + i : NULL);
    }
}

#endif
