/* SPDX-License-Identifier: MIT */
/* The public functions of the gates family. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"
#include "dispatch/sixteen_table.h"

/* ---- checks -------------------------------------------------------------------------------------------------- */

/* Rows of elements of any type. */
struct view {
    const void *p;
    size_t stride;
};

/* The arguments of a call.  Inputs and outputs pass the same checks.  An output that the caller left NULL is not in `out`. */
struct call {
    size_t size, rows, n; /* bytes of an element */
    struct view in[3], out[2];
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

static bool fits(const struct call *c, struct view a)
{
    size_t span;
    return span_of(c, a.stride, &span) && !too_long_for(a.p, span, c->size);
}

static bool same_rows(const struct call *c, struct view a, struct view b)
{
    return a.p == b.p && (c->rows == 1 || a.stride == b.stride);
}

/* Whether a and b have no element in common: one lies behind the other, or they interleave like halves of packed rows. */
static bool apart(const struct call *c, struct view a, struct view b)
{
    size_t span_a = 0, span_b = 0;
    span_of(c, a.stride, &span_a);
    span_of(c, b.stride, &span_b);
    if (!bytes_overlap(a.p, span_a * c->size, b.p, span_b * c->size))
        return true;
    if (c->rows == 1 || a.stride != b.stride)
        return false;
    const uintptr_t a0 = (uintptr_t)a.p, b0 = (uintptr_t)b.p;
    const size_t stride = a.stride * c->size, row = c->n * c->size;
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

static struct actfn_rows floats_in(struct view a) { return (struct actfn_rows) { a.p, a.stride }; }
static struct actfn_rows_out floats_out(struct view a)
{
    return (struct actfn_rows_out) { (void *)(uintptr_t)a.p, a.stride };
}
static struct sixteen_rows sixteen_in(struct view a) { return (struct sixteen_rows) { a.p, a.stride }; }
static struct sixteen_rows_out sixteen_out(struct view a)
{
    return (struct sixteen_rows_out) { (void *)(uintptr_t)a.p, a.stride };
}

static actfn_status forward(int type, actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                            struct view u, struct view v, struct view y)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_GATES, mode, &params);
    if (status != ACTFN_OK)
        return status;
    struct call c = { size_of(type), rows, n, { u, v }, { y }, 2, 1 };
    status = check_rows(&c);
    if (status != ACTFN_OK || rows == 0 || n == 0)
        return status;
    join_rows(&c);
    if (type == TYPE_F32)
        tables_of(mode)->gates[op].forward(params, c.rows, c.n, floats_in(u), floats_in(v), floats_out(y));
    else
        actfn_backend_active()->sixteen[type]->gate(op, params, c.rows, c.n, sixteen_in(u), sixteen_in(v),
                                                    sixteen_out(y));
    return ACTFN_OK;
}

static actfn_status backward(int type, actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                             struct view u, struct view v, struct view dy, struct view du, struct view dv)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_GATES, mode, &params);
    if (status != ACTFN_OK)
        return status;
    struct call c = { size_of(type), rows, n, { u, v, dy }, { { NULL, 0 } }, 3, 0 };
    if (du.p)
        c.out[c.outputs++] = du;
    if (dv.p)
        c.out[c.outputs++] = dv;
    status = check_rows(&c);
    if (status != ACTFN_OK || rows == 0 || n == 0)
        return status;
    join_rows(&c);
    if (type == TYPE_F32)
        tables_of(mode)->gates[op].backward(params, c.rows, c.n, floats_in(u), floats_in(v), floats_in(dy),
                                            floats_out(du), floats_out(dv));
    else
        actfn_backend_active()->sixteen[type]->gate_backward(op, params, c.rows, c.n, sixteen_in(u), sixteen_in(v),
                                                             sixteen_in(dy), sixteen_out(du), sixteen_out(dv));
    return ACTFN_OK;
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

/* The half of packed rows that begins at `element` of each row. */
static struct view half_at(int type, const void *x, size_t element, size_t width)
{
    return (struct view) { (const char *)x + element * size_of(type), width };
}

/* The packed forms call the other forms.  Only the checks of a whole packed row stand here: not NULL, and no overflow. */
static actfn_status check_packed(int type, actfn_op op, actfn_mode mode, const float *params, actfn_gate_layout layout,
                                 size_t rows, size_t width, const void *x, const void *second, const void *third,
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
    return !multiply(rows, width, &n) || too_long_for(x, n, size_of(type)) ? ACTFN_ERR_SIZE : ACTFN_OK;
}

static actfn_status packed_forward(int type, actfn_op op, actfn_mode mode, const float *params,
                                   actfn_gate_layout layout, size_t rows, size_t width, const void *x, const void *y)
{
    size_t gate, value;
    const actfn_status status = check_packed(type, op, mode, params, layout, rows, width, x, y, y, &gate, &value);
    if (status != ACTFN_OK || rows == 0 || width == 0)
        return status;
    return forward(type, op, mode, params, rows, width / 2, half_at(type, x, gate, width),
                   half_at(type, x, value, width), (struct view) { y, width / 2 });
}

static actfn_status packed_backward(int type, actfn_op op, actfn_mode mode, const float *params,
                                    actfn_gate_layout layout, size_t rows, size_t width, const void *x, const void *dy,
                                    const void *dx)
{
    size_t gate, value;
    const actfn_status status = check_packed(type, op, mode, params, layout, rows, width, x, dy, dx, &gate, &value);
    if (status != ACTFN_OK || rows == 0 || width == 0)
        return status;
    const size_t bytes = rows * width * size_of(type);
    if (too_long_for(dx, rows * width, size_of(type)))
        return ACTFN_ERR_SIZE;
    if (dx != x && bytes_overlap(dx, bytes, x, bytes))
        return ACTFN_ERR_OVERLAP;
    return backward(type, op, mode, params, rows, width / 2, half_at(type, x, gate, width),
                    half_at(type, x, value, width), (struct view) { dy, width / 2 }, half_at(type, dx, gate, width),
                    half_at(type, dx, value, width));
}

/* ---- the entries ----------------------------------------------------------------------------------------------- */

/* Pasted: actfn_gates_forward_<suffix> (actfn_gates_forward_bf16), TYPE_<TYPE>. */
#define ENTRIES(suffix, TYPE, number)                                                                                  \
    actfn_status actfn_gates_forward_##suffix(actfn_op op, actfn_mode mode, const float *params, size_t rows,          \
                                              size_t n, const number *u, size_t u_stride, const number *v,             \
                                              size_t v_stride, number *y, size_t y_stride)                             \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = forward(TYPE_##TYPE, op, mode, params, rows, n, (struct view) { u, u_stride },     \
                                            (struct view) { v, v_stride }, (struct view) { y, y_stride });             \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_gates_backward_##suffix(actfn_op op, actfn_mode mode, const float *params, size_t rows,         \
                                               size_t n, const number *u, size_t u_stride, const number *v,            \
                                               size_t v_stride, const number *dy, size_t dy_stride, number *du,        \
                                               size_t du_stride, number *dv, size_t dv_stride)                         \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = backward(TYPE_##TYPE, op, mode, params, rows, n, (struct view) { u, u_stride },    \
                                             (struct view) { v, v_stride }, (struct view) { dy, dy_stride },           \
                                             (struct view) { du, du_stride }, (struct view) { dv, dv_stride });        \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_gates_packed_forward_##suffix(actfn_op op, actfn_mode mode, const float *params,                \
                                                     actfn_gate_layout layout, size_t rows, size_t width,              \
                                                     const number *x, number *y)                                       \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = packed_forward(TYPE_##TYPE, op, mode, params, layout, rows, width, x, y);          \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_gates_packed_backward_##suffix(actfn_op op, actfn_mode mode, const float *params,               \
                                                      actfn_gate_layout layout, size_t rows, size_t width,             \
                                                      const number *x, const number *dy, number *dx)                   \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = packed_backward(TYPE_##TYPE, op, mode, params, layout, rows, width, x, dy, dx);    \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
ENTRIES(f32, F32, float)
ENTRIES(bf16, BF16, actfn_bf16)
ENTRIES(f16, F16, actfn_f16)
