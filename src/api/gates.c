/* SPDX-License-Identifier: MIT */
/* The public functions of the gates family. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"

/* ---- checks -------------------------------------------------------------------------------------------------- */

/* The arguments of a call.  Inputs and outputs pass the same checks.  An output that the caller left NULL is not in `out`. */
struct call {
    size_t rows, n;
    struct actfn_rows in[3], out[2];
    int inputs, outputs;
};

/* *span = the number of elements from the start of the first row to the end of the last; false if it overflows. */
static bool span_of(const struct call *c, size_t stride, size_t *span)
{
    size_t before;
    if (c->rows == 1)
        stride = 0;
    if (!multiply(c->rows - 1, stride, &before) || before > SIZE_MAX - c->n)
        return false;
    *span = before + c->n;
    return true;
}

static bool fits(const struct call *c, struct actfn_rows a)
{
    size_t span;
    return span_of(c, a.stride, &span) && !too_long(a.p, span);
}

static bool same_rows(const struct call *c, struct actfn_rows a, struct actfn_rows b)
{
    return a.p == b.p && (c->rows == 1 || a.stride == b.stride);
}

/* Whether a and b have no element in common: one lies behind the other, or they interleave like halves of packed rows. */
static bool apart(const struct call *c, struct actfn_rows a, struct actfn_rows b)
{
    size_t span_a = 0, span_b = 0;
    span_of(c, a.stride, &span_a);
    span_of(c, b.stride, &span_b);
    if (!overlap(a.p, span_a, b.p, span_b))
        return true;
    if (c->rows == 1 || a.stride != b.stride)
        return false;
    const uintptr_t a0 = (uintptr_t)a.p, b0 = (uintptr_t)b.p;
    const size_t stride = a.stride * sizeof(float), row = c->n * sizeof(float);
    const size_t rest = (size_t)(a0 < b0 ? b0 - a0 : a0 - b0) % stride;
    return rest >= row && stride - rest >= row;
}

static actfn_status check_rows(const struct call *c)
{
    for (int k = 0; k < c->inputs + c->outputs && c->rows > 1; k++)
        if ((k < c->inputs ? c->in[k] : c->out[k - c->inputs]).stride < c->n)
            return ACTFN_ERR_SHAPE;
    if (c->rows == 0 || c->n == 0)
        return ACTFN_OK;
    for (int k = 0; k < c->inputs + c->outputs; k++)
        if (!(k < c->inputs ? c->in[k] : c->out[k - c->inputs]).p)
            return ACTFN_ERR_NULL;
    for (int k = 0; k < c->inputs + c->outputs; k++)
        if (!fits(c, k < c->inputs ? c->in[k] : c->out[k - c->inputs]))
            return ACTFN_ERR_SIZE;
    for (int k = 0; k < c->outputs; k++)
        for (int j = 0; j < c->inputs; j++)
            if (!same_rows(c, c->out[k], c->in[j]) && !apart(c, c->out[k], c->in[j]))
                return ACTFN_ERR_OVERLAP;
    return c->outputs == 2 && !apart(c, c->out[0], c->out[1]) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

/* Makes one row from rows without gaps. */
static void join_rows(struct call *c)
{
    for (int k = 0; k < c->inputs + c->outputs; k++)
        if ((k < c->inputs ? c->in[k] : c->out[k - c->inputs]).stride != c->n)
            return;
    c->n *= c->rows;
    c->rows = 1;
}

/* ---- forward and backward ------------------------------------------------------------------------------------ */

static actfn_status forward(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                            struct actfn_rows u, struct actfn_rows v, struct actfn_rows_out y)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_GATES, mode, &params);
    if (status != ACTFN_OK)
        return status;
    struct call c = { rows, n, { u, v }, { { y.p, y.stride } }, 2, 1 };
    status = check_rows(&c);
    if (status != ACTFN_OK || rows == 0 || n == 0)
        return status;
    join_rows(&c);
    tables_of(mode)->gates[op].forward(params, c.rows, c.n, u, v, y);
    return ACTFN_OK;
}

static actfn_status backward(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                             struct actfn_rows u, struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,
                             struct actfn_rows_out dv)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_GATES, mode, &params);
    if (status != ACTFN_OK)
        return status;
    struct call c = { rows, n, { u, v, dy }, { { NULL, 0 } }, 3, 0 };
    if (du.p)
        c.out[c.outputs++] = (struct actfn_rows) { du.p, du.stride };
    if (dv.p)
        c.out[c.outputs++] = (struct actfn_rows) { dv.p, dv.stride };
    status = check_rows(&c);
    if (status != ACTFN_OK || rows == 0 || n == 0)
        return status;
    join_rows(&c);
    tables_of(mode)->gates[op].backward(params, c.rows, c.n, u, v, dy, du, dv);
    return ACTFN_OK;
}

actfn_status actfn_gates_forward_f32(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                                     const float *u, size_t u_stride, const float *v, size_t v_stride, float *y,
                                     size_t y_stride)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = forward(op, mode, params, rows, n, (struct actfn_rows) { u, u_stride },
                                        (struct actfn_rows) { v, v_stride }, (struct actfn_rows_out) { y, y_stride });
    fpenv_leave(was);
    return status;
}

actfn_status actfn_gates_backward_f32(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                                      const float *u, size_t u_stride, const float *v, size_t v_stride, const float *dy,
                                      size_t dy_stride, float *du, size_t du_stride, float *dv, size_t dv_stride)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status =
        backward(op, mode, params, rows, n, (struct actfn_rows) { u, u_stride }, (struct actfn_rows) { v, v_stride },
                 (struct actfn_rows) { dy, dy_stride }, (struct actfn_rows_out) { du, du_stride },
                 (struct actfn_rows_out) { dv, dv_stride });
    fpenv_leave(was);
    return status;
}

/* ---- packed rows --------------------------------------------------------------------------------------------- */

/* The offsets of gate and value in a packed row. */
static actfn_status halves_of(actfn_gate_layout layout, size_t width, size_t *gate, size_t *value)
{
    if (((int)layout != ACTFN_GATE_FIRST && (int)layout != ACTFN_GATE_LAST) || width % 2)
        return ACTFN_ERR_SHAPE;
    *gate = layout == ACTFN_GATE_FIRST ? 0 : width / 2;
    *value = width / 2 - *gate;
    return ACTFN_OK;
}

/* The packed forms call the other forms.  Only the checks of a whole packed row stand here: not NULL, and no overflow. */
static actfn_status check_packed(actfn_op op, actfn_mode mode, const float *params, actfn_gate_layout layout,
                                 size_t rows, size_t width, const float *x, const float *second, const float *third,
                                 size_t *gate, size_t *value)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_GATES, mode, &params);
    if (status == ACTFN_OK)
        status = halves_of(layout, width, gate, value);
    if (status != ACTFN_OK || rows == 0 || width == 0)
        return status;
    size_t n;
    if (!x || !second || !third)
        return ACTFN_ERR_NULL;
    return !multiply(rows, width, &n) || too_long(x, n) ? ACTFN_ERR_SIZE : ACTFN_OK;
}

static actfn_status packed_forward(actfn_op op, actfn_mode mode, const float *params, actfn_gate_layout layout,
                                   size_t rows, size_t width, const float *x, float *y)
{
    size_t gate, value;
    const actfn_status status = check_packed(op, mode, params, layout, rows, width, x, y, y, &gate, &value);
    if (status != ACTFN_OK || rows == 0 || width == 0)
        return status;
    return forward(op, mode, params, rows, width / 2, (struct actfn_rows) { x + gate, width },
                   (struct actfn_rows) { x + value, width }, (struct actfn_rows_out) { y, width / 2 });
}

static actfn_status packed_backward(actfn_op op, actfn_mode mode, const float *params, actfn_gate_layout layout,
                                    size_t rows, size_t width, const float *x, const float *dy, float *dx)
{
    size_t gate, value;
    const actfn_status status = check_packed(op, mode, params, layout, rows, width, x, dy, dx, &gate, &value);
    if (status != ACTFN_OK || rows == 0 || width == 0)
        return status;
    if (too_long(dx, rows * width))
        return ACTFN_ERR_SIZE;
    if (dx != x && overlap(dx, rows * width, x, rows * width))
        return ACTFN_ERR_OVERLAP;
    return backward(op, mode, params, rows, width / 2, (struct actfn_rows) { x + gate, width },
                    (struct actfn_rows) { x + value, width }, (struct actfn_rows) { dy, width / 2 },
                    (struct actfn_rows_out) { dx + gate, width }, (struct actfn_rows_out) { dx + value, width });
}

actfn_status actfn_gates_packed_forward_f32(actfn_op op, actfn_mode mode, const float *params, actfn_gate_layout layout,
                                            size_t rows, size_t width, const float *x, float *y)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = packed_forward(op, mode, params, layout, rows, width, x, y);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_gates_packed_backward_f32(actfn_op op, actfn_mode mode, const float *params,
                                             actfn_gate_layout layout, size_t rows, size_t width, const float *x,
                                             const float *dy, float *dx)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = packed_backward(op, mode, params, layout, rows, width, x, dy, dx);
    fpenv_leave(was);
    return status;
}
