/* SPDX-License-Identifier: MIT */
#include "actfn_ggml.h"

#include <ggml-cpu.h>

#include <math.h>
#include <stdbool.h>

/* Elements that are not adjacent go through blocks of so many elements. */
#define BLOCK 512

/* Rows are prepared for softmax in groups of about so many elements. */
#define PREPARED 1024

/* No two threads write to one cache line: 32 16-bit elements are one, and as many floats are two.  actfn_part gives less
 * than 16384 elements to one thread, which pays where threads have to be woken.  ggml's wait in a loop, and a single
 * token is less. */
#define LINE 32

actfn_status actfn_ggml_init(struct actfn_ggml *act, actfn_op op, actfn_mode mode, const float *params)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    if (!info)
        return ACTFN_ERR_OP;
    /* A call without elements: the library checks the arguments and does nothing else. */
    actfn_status status = ACTFN_ERR_NOT_OFFERED;
    if (info->family == ACTFN_FAMILY_ELEMENTWISE)
        status = actfn_forward_f32(op, mode, params, 0, NULL, NULL);
    else if (info->family == ACTFN_FAMILY_GATES)
        status = actfn_gates_forward_f32(op, mode, params, 0, 0, NULL, 0, NULL, 0, NULL, 0);
    else if (info->family == ACTFN_FAMILY_ROWS && !(info->flags & ACTFN_OP_REDUCES))
        status = actfn_rows_forward_f32(op, mode, params, 0, 0, 0, 1, NULL, NULL);
    if (status != ACTFN_OK)
        return status;

    *act = (struct actfn_ggml) { .op = op, .mode = mode, .family = info->family };
    for (int k = 0; k < info->param_count; k++)
        act->params[k] = params ? params[k] : actfn_op_param(op, k)->default_value;
    act->kernel = actfn_forward_kernel_f32(op, mode);
    act->kernel_f16 = actfn_forward_kernel_f16(op, mode);
    act->kernel_bf16 = actfn_forward_kernel_bf16(op, mode);
    return ACTFN_OK;
}

/* ---- while a graph is computed ---------------------------------------------------------------------------------- */

/* The elements of each row from element `first` on. */
struct operand {
    const struct ggml_tensor *t;
    int64_t first;
};

/* Whether a row's elements are adjacent.  A single element is, whatever nb[0] is; ggml_is_contiguous has the same rule. */
static bool adjacent(const struct ggml_tensor *t) { return t->nb[0] == ggml_type_size(t->type) || t->ne[0] == 1; }

static size_t step(const struct ggml_tensor *t) { return adjacent(t) ? ggml_type_size(t->type) : t->nb[0]; }

static char *row_of(struct operand a, int64_t row)
{
    const int64_t *ne = a.t->ne;
    const int64_t i1 = row % ne[1], i2 = row / ne[1] % ne[2], i3 = row / ne[1] / ne[2];
    return (char *)a.t->data + (size_t)i1 * a.t->nb[1] + (size_t)i2 * a.t->nb[2] + (size_t)i3 * a.t->nb[3] +
           (size_t)a.first * step(a.t);
}

static void gather(const struct ggml_tensor *t, const char *from, int64_t n, void *to)
{
    if (t->type == GGML_TYPE_F32)
        for (int64_t i = 0; i < n; i++)
            ((float *)to)[i] = *(const float *)(const void *)(from + (size_t)i * t->nb[0]);
    else
        for (int64_t i = 0; i < n; i++)
            ((uint16_t *)to)[i] = *(const uint16_t *)(const void *)(from + (size_t)i * t->nb[0]);
}

/* n elements of a row, from element i on.  Elements of a transposed tensor are copied to the buffer. */
static const void *elements(struct operand a, int64_t row, int64_t i, int64_t n, void *buffer)
{
    const char *at = row_of(a, row) + (size_t)i * step(a.t);
    if (adjacent(a.t))
        return at;
    gather(a.t, at, n, buffer);
    return buffer;
}

static int64_t min64(int64_t a, int64_t b) { return a < b ? a : b; }

/* All bits but the sign are a NaN of each type. */
static void not_computed(actfn_status status, enum ggml_type type, size_t n, void *y)
{
    for (size_t i = 0; status != ACTFN_OK && i < n; i++)
        if (type == GGML_TYPE_F32)
            ((float *)y)[i] = NAN;
        else
            ((uint16_t *)y)[i] = 0x7fff;
}

/* What the library has for a type: y = f(u) or v g(u), and rows. */
#define ENTRIES(suffix, type, kernel)                                                                                  \
    static void compute_##suffix(const struct actfn_ggml *act, size_t n, const void *u, const void *v, void *y)        \
    {                                                                                                                  \
        if (act->kernel)                                                                                               \
            act->kernel(act->params, n, u, y);                                                                         \
        else                                                                                                           \
            not_computed(actfn_gates_forward_##suffix(act->op, act->mode, act->params, 1, n, u, n, v, n, y, n), type,  \
                         n, y);                                                                                        \
    }                                                                                                                  \
    static void rows_##suffix(const struct actfn_ggml *act, const float *params, size_t rows, size_t n, const void *x, \
                              void *y)                                                                                 \
    {                                                                                                                  \
        not_computed(                                                                                                  \
            actfn_rows_forward_##suffix(act->op, act->mode, params, ACTFN_MASKED_ROWS_ZERO, rows, n, 1, x, y), type,   \
            rows *n, y);                                                                                               \
    }
ENTRIES(f32, GGML_TYPE_F32, kernel)
ENTRIES(f16, GGML_TYPE_F16, kernel_f16)
ENTRIES(bf16, GGML_TYPE_BF16, kernel_bf16)

struct entries {
    void (*compute)(const struct actfn_ggml *act, size_t n, const void *u, const void *v, void *y);
    void (*rows)(const struct actfn_ggml *act, const float *params, size_t rows, size_t n, const void *x, void *y);
};

static struct entries entries_of(enum ggml_type type)
{
    return type == GGML_TYPE_F16    ? (struct entries) { compute_f16, rows_f16 }
           : type == GGML_TYPE_BF16 ? (struct entries) { compute_bf16, rows_bf16 }
                                    : (struct entries) { compute_f32, rows_f32 };
}

/* y = f(u), or v g(u).  Thread ith computes its part of the elements, which may begin and end anywhere in a row. */
static void elementwise(const struct actfn_ggml *act, struct operand u, struct operand v, struct ggml_tensor *y,
                        int ith, int nth)
{
    const int64_t total = ggml_nelements(y), lines = (total + LINE - 1) / LINE;
    const int64_t end = min64(total, lines * (ith + 1) / nth * LINE);
    /* y is contiguous if u is contiguous.  Packed rows have twice as many elements as y. */
    const bool gaps = !ggml_is_contiguous(u.t) || (v.t && !ggml_is_contiguous(v.t)) || ggml_nelements(u.t) != total;
    const bool blocks = !adjacent(u.t) || (v.t && !adjacent(v.t));
    const int64_t n = gaps ? y->ne[0] : total;
    float u_block[BLOCK], v_block[BLOCK];
    const struct entries have = entries_of(y->type);

    for (int64_t at = lines * ith / nth * LINE, count; at < end; at += count) {
        const int64_t row = at / n, i = at % n;
        count = min64(end - at, n - i);
        if (blocks)
            count = min64(count, BLOCK);
        have.compute(act, (size_t)count, elements(u, row, i, count, u_block),
                     v.t ? elements(v, row, i, count, v_block) : NULL, row_of((struct operand) { y, i }, row));
    }
}

static void unary_node(struct ggml_tensor *y, const struct ggml_tensor *x, int ith, int nth, void *act)
{
    elementwise(act, (struct operand) { x, 0 }, (struct operand) { NULL, 0 }, y, ith, nth);
}

static void gate_node(struct ggml_tensor *y, const struct ggml_tensor *u, const struct ggml_tensor *v, int ith, int nth,
                      void *act)
{
    elementwise(act, (struct operand) { u, 0 }, (struct operand) { v, 0 }, y, ith, nth);
}

static void gate_first_node(struct ggml_tensor *y, int ith, int nth, void *act)
{
    const struct ggml_tensor *x = y->src[0];
    elementwise(act, (struct operand) { x, 0 }, (struct operand) { x, y->ne[0] }, y, ith, nth);
}

static void gate_last_node(struct ggml_tensor *y, int ith, int nth, void *act)
{
    const struct ggml_tensor *x = y->src[0];
    elementwise(act, (struct operand) { x, y->ne[0] }, (struct operand) { x, 0 }, y, ith, nth);
}

/* y = scale x + mask, where y may be x. */
static void add_mask(const struct ggml_tensor *mask, const char *from, float scale, int64_t n, const float *x, float *y)
{
    float block[BLOCK];
    for (int64_t at = 0, count; at < n; at += count) {
        count = min64(n - at, BLOCK);
        const float *m = (const float *)(const void *)from + at;
        if (mask->type == GGML_TYPE_F16) {
            ggml_cpu_fp16_to_fp32((const ggml_fp16_t *)(const void *)from + at, block, count);
            m = block;
        }
        for (int64_t i = 0; i < count; i++)
            y[at + i] = scale * x[at + i] + m[i];
    }
}

/* Writes a row as the input of softmax to y.  With a mask the elements are floats. */
static void prepare_row(const struct actfn_ggml *act, const struct ggml_tensor *x, const struct ggml_tensor *mask,
                        int64_t row, void *y)
{
    const int64_t n = x->ne[0], i1 = row % x->ne[1], i2 = row / x->ne[1] % x->ne[2], i3 = row / x->ne[1] / x->ne[2];
    const void *from = elements((struct operand) { x, 0 }, row, 0, n, y);
    if (mask)
        add_mask(mask,
                 (const char *)mask->data + (size_t)i1 * mask->nb[1] + (size_t)(i2 % mask->ne[2]) * mask->nb[2] +
                     (size_t)(i3 % mask->ne[3]) * mask->nb[3],
                 act->params[0], n, from, y);
}

static void rows_node(struct ggml_tensor *y, const struct ggml_tensor *x, const struct ggml_tensor *mask, int ith,
                      int nth, void *userdata)
{
    const struct actfn_ggml *act = userdata;
    const int64_t n = y->ne[0], total = ggml_nrows(y), end = total * (ith + 1) / nth;
    const bool prepared = mask || !adjacent(x);
    /* Adjacent rows share a call.  Prepared rows must still be in the first cache when softmax reads them. */
    const int64_t together = !ggml_is_contiguous(y)  ? 1
                             : prepared              ? PREPARED / (n + 1) + 1
                             : ggml_is_contiguous(x) ? total
                                                     : 1;
    for (int64_t row = total * ith / nth, count; row < end; row += count) {
        count = min64(end - row, together);
        char *to = row_of((struct operand) { y, 0 }, row);
        const char *from = to;
        if (prepared)
            for (int64_t k = 0; k < count; k++)
                prepare_row(act, x, mask, row + k, to + (size_t)(k * n) * ggml_type_size(y->type));
        else
            from = row_of((struct operand) { x, 0 }, row);
        entries_of(y->type).rows(act, mask ? NULL : act->params, (size_t)count, (size_t)n, from, to);
    }
}

static void rows_alone_node(struct ggml_tensor *y, const struct ggml_tensor *x, int ith, int nth, void *act)
{
    rows_node(y, x, NULL, ith, nth, act);
}

/* ---- while a graph is built ------------------------------------------------------------------------------------- */

static bool refuse(const char **error, const char *sentence)
{
    if (error)
        *error = sentence;
    return false;
}

#define CHECK(condition, sentence)                                                                                     \
    if (!(condition))                                                                                                  \
    return refuse(error, sentence)

/* The messages about an argument.  Each names the argument. */
struct sentences {
    const char *null, *type, *stride;
};
#define ARGUMENT(name)                                                                                                 \
    {                                                                                                                  \
        name ": it is NULL", name ": its type is not F32, F16 or BF16", name ": a stride is not of whole elements"     \
    }
static const struct sentences x_is = ARGUMENT("x"), gate_is = ARGUMENT("gate"), value_is = ARGUMENT("value");

static bool whole_strides(const struct ggml_tensor *t)
{
    return (t->nb[0] | t->nb[1] | t->nb[2] | t->nb[3]) % ggml_type_size(t->type) == 0;
}

static bool takes_type(enum ggml_type type)
{
    return type == GGML_TYPE_F32 || type == GGML_TYPE_F16 || type == GGML_TYPE_BF16;
}

static bool takes_floats(const struct ggml_tensor *t, const struct sentences *t_is, const char **error)
{
    CHECK(t, t_is->null);
    CHECK(takes_type(t->type), t_is->type);
    CHECK(whole_strides(t), t_is->stride);
    return true;
}

static bool takes_act(const struct actfn_ggml *act, actfn_family family, const char **error)
{
    CHECK(act, "act: it is NULL");
    CHECK(act->family == family, family == ACTFN_FAMILY_ELEMENTWISE ? "act: it is not an elementwise operation"
                                 : family == ACTFN_FAMILY_GATES     ? "act: it is not a gate"
                                                                    : "act: it is not an operation over rows");
    return true;
}

/* Whether the rows of an output share no elements. */
static bool rows_apart(const struct ggml_tensor *t)
{
    for (int i = 1; i < GGML_MAX_DIMS; i++)
        if (t->ne[i] > 1 && t->nb[i] < (size_t)t->ne[0] * ggml_type_size(t->type))
            return false;
    return true;
}

static bool takes_in_place(const struct ggml_tensor *x, const char **error)
{
    CHECK(adjacent(x), "x: the elements of its rows are not adjacent, and cannot be computed in place");
    CHECK(rows_apart(x), "x: its rows overlap, and cannot be computed in place");
    return true;
}

static bool takes_mask(const struct actfn_ggml *act, const struct ggml_tensor *x, const struct ggml_tensor *mask,
                       const char **error)
{
    CHECK(act->op == ACTFN_SOFTMAX || act->op == ACTFN_LOG_SOFTMAX, "mask: only softmax and log_softmax take one");
    CHECK(x->type == GGML_TYPE_F32, "mask: only an x of F32 takes one");
    CHECK(mask->type == GGML_TYPE_F32 || mask->type == GGML_TYPE_F16, "mask: its type is neither F32 nor F16");
    CHECK(mask->nb[0] == ggml_type_size(mask->type) && whole_strides(mask),
          "mask: the elements of its rows are not adjacent");
    CHECK(mask->ne[0] == x->ne[0] && mask->ne[1] >= x->ne[1] && mask->ne[2] > 0 && x->ne[2] % mask->ne[2] == 0 &&
              mask->ne[3] > 0 && x->ne[3] % mask->ne[3] == 0,
          "mask: its shape does not fit that of x");
    return true;
}

/* ggml takes a pointer to non-const, although ggml does not write there. */
static void *userdata(const struct actfn_ggml *act) { return (void *)(uintptr_t)act; }

struct ggml_tensor *actfn_ggml_unary(struct ggml_context *ctx, struct ggml_tensor *x, const struct actfn_ggml *act,
                                     const char **error)
{
    if (!takes_act(act, ACTFN_FAMILY_ELEMENTWISE, error) || !takes_floats(x, &x_is, error))
        return NULL;
    return ggml_map_custom1(ctx, x, unary_node, GGML_N_TASKS_MAX, userdata(act));
}

struct ggml_tensor *actfn_ggml_unary_inplace(struct ggml_context *ctx, struct ggml_tensor *x,
                                             const struct actfn_ggml *act, const char **error)
{
    if (!takes_act(act, ACTFN_FAMILY_ELEMENTWISE, error) || !takes_floats(x, &x_is, error) || !takes_in_place(x, error))
        return NULL;
    return ggml_map_custom1_inplace(ctx, x, unary_node, GGML_N_TASKS_MAX, userdata(act));
}

static bool takes_pair(const struct ggml_tensor *gate, const struct ggml_tensor *value, const char **error)
{
    CHECK(value->type == gate->type, "value: its type is not that of gate");
    CHECK(ggml_are_same_shape(gate, value), "value: its shape is not that of gate");
    return true;
}

struct ggml_tensor *actfn_ggml_gate(struct ggml_context *ctx, struct ggml_tensor *gate, struct ggml_tensor *value,
                                    const struct actfn_ggml *act, const char **error)
{
    if (!takes_act(act, ACTFN_FAMILY_GATES, error) || !takes_floats(gate, &gate_is, error) ||
        !takes_floats(value, &value_is, error) || !takes_pair(gate, value, error))
        return NULL;
    return ggml_map_custom2(ctx, gate, value, gate_node, GGML_N_TASKS_MAX, userdata(act));
}

static bool takes_halves(const struct ggml_tensor *x, actfn_gate_layout layout, const char **error)
{
    CHECK(x->ne[0] % 2 == 0, "x: its rows have no halves");
    CHECK(layout == ACTFN_GATE_FIRST || layout == ACTFN_GATE_LAST, "layout: there is no such one");
    return true;
}

struct ggml_tensor *actfn_ggml_gate_packed(struct ggml_context *ctx, struct ggml_tensor *x, actfn_gate_layout layout,
                                           const struct actfn_ggml *act, const char **error)
{
    if (!takes_act(act, ACTFN_FAMILY_GATES, error) || !takes_floats(x, &x_is, error) || !takes_halves(x, layout, error))
        return NULL;
    return ggml_custom_4d(ctx, x->type, x->ne[0] / 2, x->ne[1], x->ne[2], x->ne[3], &x, 1,
                          layout == ACTFN_GATE_FIRST ? gate_first_node : gate_last_node, GGML_N_TASKS_MAX,
                          userdata(act));
}

static struct ggml_tensor *rows(struct ggml_context *ctx, struct ggml_tensor *x, struct ggml_tensor *mask,
                                const struct actfn_ggml *act, bool in_place, const char **error)
{
    if (!takes_act(act, ACTFN_FAMILY_ROWS, error) || !takes_floats(x, &x_is, error) ||
        (in_place && !takes_in_place(x, error)) || (mask && !takes_mask(act, x, mask, error)))
        return NULL;
    if (mask)
        return (in_place ? ggml_map_custom2_inplace : ggml_map_custom2)(ctx, x, mask, rows_node, GGML_N_TASKS_MAX,
                                                                        userdata(act));
    return (in_place ? ggml_map_custom1_inplace : ggml_map_custom1)(ctx, x, rows_alone_node, GGML_N_TASKS_MAX,
                                                                    userdata(act));
}

struct ggml_tensor *actfn_ggml_rows(struct ggml_context *ctx, struct ggml_tensor *x, struct ggml_tensor *mask,
                                    const struct actfn_ggml *act, const char **error)
{
    return rows(ctx, x, mask, act, false, error);
}

struct ggml_tensor *actfn_ggml_rows_inplace(struct ggml_context *ctx, struct ggml_tensor *x, struct ggml_tensor *mask,
                                            const struct actfn_ggml *act, const char **error)
{
    return rows(ctx, x, mask, act, true, error);
}
