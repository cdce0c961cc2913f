/* SPDX-License-Identifier: MIT */
/*
 * The gates family: y = v g(u), du = dy v g'(u), dv = dy g(u), over rows that need not be adjacent.  One pass; all
 * inputs of a vector are loaded before its results are stored, which may replace them.
 */
#ifndef ACTFN_GATES_H
#define ACTFN_GATES_H

typedef vf gate_op(vf u, vf v, const void *params);
typedef vf gate_grad_op(vf u, vf v, vf dy, const void *params);

WORD void gate_row(gate_op *op, const void *params, size_t n, const float *u, const float *v, float *y)
{
    size_t i = 0;
    for (; n - i >= V_LANES; i += V_LANES)
        v_store(y + i, op(v_load(u + i), v_load(v + i), params));
    if (i < n)
        v_store_n(y + i, op(v_load_n(u + i, n - i), v_load_n(v + i, n - i), params), n - i);
}

/* Either operation may be NULL, a constant: its result is not asked for. */
WORD void gate_grad_row(gate_grad_op *to_u, gate_grad_op *to_v, const void *params, size_t n, const float *u,
                        const float *v, const float *dy, float *du, float *dv)
{
    size_t i = 0;
    for (; n - i >= V_LANES; i += V_LANES) {
        const vf a = v_load(u + i), b = v_load(v + i), d = v_load(dy + i);
        const vf da = to_u ? to_u(a, b, d, params) : d, db = to_v ? to_v(a, b, d, params) : d;
        if (to_u)
            v_store(du + i, da);
        if (to_v)
            v_store(dv + i, db);
    }
    if (i < n) {
        const vf a = v_load_n(u + i, n - i), b = v_load_n(v + i, n - i), d = v_load_n(dy + i, n - i);
        const vf da = to_u ? to_u(a, b, d, params) : d, db = to_v ? to_v(a, b, d, params) : d;
        if (to_u)
            v_store_n(du + i, da, n - i);
        if (to_v)
            v_store_n(dv + i, db, n - i);
    }
}

WORD void gate_rows(gate_op *op, const void *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,
                    struct actfn_rows_out y)
{
    for (size_t r = 0; r < rows; r++)
        gate_row(op, params, n, u.p + r * u.stride, v.p + r * v.stride, y.p + r * y.stride);
}

WORD void gate_grad_rows(gate_grad_op *to_u, gate_grad_op *to_v, const void *params, size_t rows, size_t n,
                         struct actfn_rows u, struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,
                         struct actfn_rows_out dv)
{
    for (size_t r = 0; r < rows; r++)
        gate_grad_row(to_u, to_v, params, n, u.p + r * u.stride, v.p + r * v.stride, dy.p + r * dy.stride,
                      to_u ? du.p + r * du.stride : NULL, to_v ? dv.p + r * dv.stride : NULL);
}

/* ---- the kernels of each gate of the list ---------------------------------------------------------------------- */

#define GATE_KERNELS(name, arity)                                                                                      \
    WORD vf name##_gate(vf u, vf v, const void *params)                                                                \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return CALL(arity, gate_##name, u, v);                                                                    \
    }                                                                                                                  \
    WORD vf name##_gate_du(vf u, vf v, vf dy, const void *params)                                                      \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return CALL(arity, gate_##name##_du, u, v, dy);                                                           \
    }                                                                                                                  \
    WORD vf name##_gate_dv(vf u, vf v, vf dy, const void *params)                                                      \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return CALL(arity, gate_##name##_dv, u, v, dy);                                                           \
    }                                                                                                                  \
    static void name##_gate_forward(const float *params, size_t rows, size_t n, struct actfn_rows u,                   \
                                    struct actfn_rows v, struct actfn_rows_out y)                                      \
    {                                                                                                                  \
        COPY(name, arity) gate_rows(name##_gate, &p, rows, n, u, v, y);                                           \
    }                                                                                                                  \
    static void name##_gate_backward(const float *params, size_t rows, size_t n, struct actfn_rows u,                  \
                                     struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,              \
                                     struct actfn_rows_out dv)                                                         \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        if (du.p && dv.p) gate_grad_rows(name##_gate_du, name##_gate_dv, &p, rows, n, u, v, dy, du, dv);               \
        else if (du.p) gate_grad_rows(name##_gate_du, NULL, &p, rows, n, u, v, dy, du, dv);                            \
        else if (dv.p) gate_grad_rows(NULL, name##_gate_dv, &p, rows, n, u, v, dy, du, dv);                            \
    }

#define GATE_OF_CHANNELS(name, arity)
#define GATE_OF_RANDOM(name, arity)
#define GATE_OF_GATES(name, arity) GATE_KERNELS(name, arity)
#define GATE_OF_ROWS(name, arity)
#define GATE_OF_LOSSES(name, arity)
#define FAMILY(kind, name, NAME, value, arity, ...) GATE_OF_##kind(name, arity)
#include "catalogue/ops.def"

#define KERNELS_GATES(name)                                                                                            \
    {                                                                                                                  \
        .gates = { name##_gate_forward, name##_gate_backward }                                                         \
    }

#endif
