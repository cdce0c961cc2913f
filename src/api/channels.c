/* SPDX-License-Identifier: MIT */
/* The public functions of the channels family. */
#include "api/arguments.h"
#include "api/channel_tiles.h"
#include "api/fpenv.h"
#include "catalogue/params.h"

/* ---- checks -------------------------------------------------------------------------------------------------- */

/* The arguments of a call.  The tensor has n elements of a type, each array of weights has `count` floats. */
struct call {
    int type;
    actfn_op op;
    struct actfn_shape shape;
    size_t terms, n, count;
    const float *const *weights;
    int arrays;
};

static actfn_status check_sizes(struct call *c)
{
    size_t row = 0;
    c->n = 0;
    if (c->shape.outer && c->shape.n && c->shape.inner &&
        (!multiply(c->shape.n, c->shape.inner, &row) || !multiply(row, c->shape.outer, &c->n)))
        return ACTFN_ERR_SIZE;
    return multiply(c->terms, c->shape.n, &c->count) ? ACTFN_OK : ACTFN_ERR_SIZE;
}

/* Checks the weights.  A tensor without elements allows missing weights; weights that are present are checked even then. */
static actfn_status check_weights(const struct call *c)
{
    bool missing = c->count != 0 && !c->weights;
    for (int k = 0; k < c->arrays && c->weights; k++) {
        missing = missing || (c->count != 0 && !c->weights[k]);
        if (c->weights[k] && too_long(c->weights[k], c->count))
            return ACTFN_ERR_SIZE;
    }
    return missing && c->n ? ACTFN_ERR_NULL : ACTFN_OK;
}

static actfn_status check_values(const struct call *c)
{
    for (int k = 0; k < c->arrays && c->weights; k++) {
        const struct actfn_param_info *info = actfn_op_param(c->op, k);
        const float *w = c->weights[k];
        for (size_t i = 0; w && i < c->count; i++)
            if (!(w[i] >= info->minimum && w[i] <= info->maximum))
                return ACTFN_ERR_PARAM;
    }
    return ACTFN_OK;
}

/* Checks operation, mode, terms and sizes. */
static actfn_status check(struct call *c, int type, actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                          size_t inner, size_t terms, const float *const *weights)
{
    const actfn_status status = check_op(op, ACTFN_FAMILY_CHANNELS, mode);
    if (status != ACTFN_OK)
        return status;
    *c = (struct call) { type, op,      shape_of(outer, channels, inner), terms, 0,
                         0,    weights, actfn_op_info(op)->param_count };
    if (terms == 0 || (terms != 1 && op != ACTFN_APL))
        return ACTFN_ERR_SHAPE;
    return check_sizes(c);
}

/* A tensor of the call. */
static struct span tensor(const struct call *c, const void *p) { return (struct span) { p, c->n, c->type }; }

static struct span floats(const float *p, size_t n) { return (struct span) { p, n, TYPE_F32 }; }

/* Whether an output overlaps a weight. */
static bool on_weights(const struct call *c, struct span out)
{
    for (int k = 0; k < c->arrays && c->weights; k++)
        if (c->weights[k] && spans_overlap(out, floats(c->weights[k], c->count)))
            return true;
    return false;
}

/* Whether an input and an output overlap and are not the same tensor. */
static bool overlap_in_part(const struct call *c, const void *in, const void *out)
{
    return in != out && spans_overlap(tensor(c, in), tensor(c, out));
}

static struct actfn_weights weights_of(const struct call *c)
{
    return (struct actfn_weights) { c->weights, c->terms, c->shape.n, 0 };
}

/* Computes dx.  `in` is x or y, as the kernel wants. */
static void compute_backward(const struct call *c,
                             void (*kernel)(struct actfn_shape shape, const struct actfn_weights *weights,
                                            const float *x, const float *dy, float *dx),
                             const void *in, const void *dy, void *dx)
{
    const struct actfn_weights weights = weights_of(c);
    if (c->type == TYPE_F32)
        kernel(c->shape, &weights, in, dy, dx);
    else
        in_channel_tiles(&(struct channels_call) { sixteen_of(c->type), NULL, kernel, in, dy, dx }, c->shape, &weights);
}

/* ---- forward, and backward without the weights' gradients ------------------------------------------------------ */

static actfn_status forward(struct call *c, actfn_mode mode, const void *x, void *y)
{
    if (c->n && (!x || !y))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long_span(tensor(c, x)) || too_long_span(tensor(c, y))))
        return ACTFN_ERR_SIZE;
    actfn_status status = check_weights(c);
    if (status == ACTFN_OK)
        status = check_values(c);
    if (status != ACTFN_OK || c->n == 0)
        return status;
    if (overlap_in_part(c, x, y) || on_weights(c, tensor(c, y)))
        return ACTFN_ERR_OVERLAP;
    const struct actfn_channel_kernels *kernels = &tables_of(mode)->channels[c->op];
    const struct actfn_weights weights = weights_of(c);
    if (c->type == TYPE_F32)
        kernels->forward(c->shape, &weights, x, y);
    else
        in_channel_tiles(&(struct channels_call) { sixteen_of(c->type), kernels->forward, NULL, x, NULL, y }, c->shape,
                         &weights);
    return ACTFN_OK;
}

/* Whether y tells on which side of the kink x was.  This is so for monotonic operations only. */
static bool allows_from_output(const struct call *c)
{
    const struct op_record *record = actfn_op_record(c->op);
    for (size_t i = 0; c->weights && c->weights[0] && i < c->count; i++)
        if (!record->from_output_legal(&c->weights[0][i]))
            return false;
    return true;
}

static actfn_status from_output(struct call *c, actfn_mode mode, const void *y, const void *dy, void *dx)
{
    if (c->n && (!y || !dy || !dx))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long_span(tensor(c, y)) || too_long_span(tensor(c, dy)) || too_long_span(tensor(c, dx))))
        return ACTFN_ERR_SIZE;
    actfn_status status = check_weights(c);
    if (status == ACTFN_OK)
        status = check_values(c);
    if (status != ACTFN_OK)
        return status;
    if (!allows_from_output(c))
        return ACTFN_ERR_NOT_OFFERED;
    if (c->n == 0)
        return ACTFN_OK;
    if (overlap_in_part(c, y, dx) || overlap_in_part(c, dy, dx) || on_weights(c, tensor(c, dx)))
        return ACTFN_ERR_OVERLAP;
    compute_backward(c, tables_of(mode)->channels[c->op].backward_from_output, y, dy, dx);
    return ACTFN_OK;
}

/* ---- backward -------------------------------------------------------------------------------------------------- */

/* Whether a dweights[k] overlaps any other buffer. */
static bool gradients_overlap(const struct call *c, const void *x, const void *dy, const void *dx,
                              float *const *dweights)
{
    for (int k = 0; k < c->arrays; k++) {
        const struct span gradient = floats(dweights[k], c->count);
        if (!dweights[k])
            continue;
        if (on_weights(c, gradient))
            return true;
        if (c->n && (spans_overlap(gradient, tensor(c, x)) || spans_overlap(gradient, tensor(c, dy)) ||
                     (dx && spans_overlap(gradient, tensor(c, dx)))))
            return true;
        for (int j = 0; j < k; j++)
            if (dweights[j] && spans_overlap(gradient, floats(dweights[j], c->count)))
                return true;
    }
    return false;
}

/* Sets sums over nothing to +0. */
static void clear_gradients(const struct call *c, float *const *dweights)
{
    for (int k = 0; dweights && k < c->arrays; k++)
        for (size_t i = 0; dweights[k] && i < c->count; i++)
            dweights[k][i] = 0.0f;
}

static actfn_status check_backward(const struct call *c, const void *x, const void *dy, const void *dx,
                                   float *const *dweights)
{
    if (c->n && (!x || !dy))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long_span(tensor(c, x)) || too_long_span(tensor(c, dy)) || (dx && too_long_span(tensor(c, dx)))))
        return ACTFN_ERR_SIZE;
    for (int k = 0; dweights && k < c->arrays; k++)
        if (dweights[k] && too_long(dweights[k], c->count))
            return ACTFN_ERR_SIZE;
    actfn_status status = check_weights(c);
    if (status == ACTFN_OK)
        status = check_values(c);
    if (status != ACTFN_OK)
        return status;
    if (c->n && dx && (overlap_in_part(c, x, dx) || overlap_in_part(c, dy, dx) || on_weights(c, tensor(c, dx))))
        return ACTFN_ERR_OVERLAP;
    return dweights && gradients_overlap(c, x, dy, dx, dweights) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

static actfn_status backward(struct call *c, actfn_mode mode, const void *x, const void *dy, void *dx,
                             float *const *dweights)
{
    const actfn_status status = check_backward(c, x, dy, dx, dweights);
    if (status == ACTFN_OK && c->n == 0)
        clear_gradients(c, dweights);
    if (status != ACTFN_OK || c->n == 0)
        return status;
    /* The sums come first, because they read x and dy, and dx may be one of these.  Both modes have the same kernels. */
    const struct actfn_channel_kernels *kernels = &tables_of(mode)->channels[c->op];
    const struct actfn_weights weights = weights_of(c);
    const struct actfn_factors factors = { x, dy, c->type == TYPE_F32 ? NULL : sixteen_of(c->type)->to_f32 };
    if (dweights)
        kernels->weight_gradients(c->shape, &weights, &factors, dweights);
    if (dx)
        compute_backward(c, kernels->backward, x, dy, dx);
    return ACTFN_OK;
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

/* Pasted: actfn_channels_forward_<suffix> (actfn_channels_forward_bf16), TYPE_<TYPE>. */
#define ENTRIES(suffix, TYPE, element)                                                                                 \
    actfn_status actfn_channels_forward_##suffix(actfn_op op, actfn_mode mode, size_t outer, size_t channels,          \
                                                 size_t inner, size_t terms, const float *const *weights,              \
                                                 const element *x, element *y)                                         \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        struct call c;                                                                                                 \
        actfn_status status = check(&c, TYPE_##TYPE, op, mode, outer, channels, inner, terms, weights);                \
        if (status == ACTFN_OK)                                                                                        \
            status = forward(&c, mode, x, y);                                                                          \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_channels_backward_##suffix(                                                                     \
        actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner, size_t terms,                       \
        const float *const *weights, const element *x, const element *dy, element *dx, float *const *dweights)         \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        struct call c;                                                                                                 \
        actfn_status status = check(&c, TYPE_##TYPE, op, mode, outer, channels, inner, terms, weights);                \
        if (status == ACTFN_OK)                                                                                        \
            status = backward(&c, mode, x, dy, dx, dweights);                                                          \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_channels_backward_from_output_##suffix(                                                         \
        actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner, size_t terms,                       \
        const float *const *weights, const element *y, const element *dy, element *dx)                                 \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        struct call c;                                                                                                 \
        actfn_status status = check_op(op, ACTFN_FAMILY_CHANNELS, mode);                                               \
        if (status == ACTFN_OK && !(actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT))                                  \
            status = ACTFN_ERR_NOT_OFFERED;                                                                            \
        if (status == ACTFN_OK)                                                                                        \
            status = check(&c, TYPE_##TYPE, op, mode, outer, channels, inner, terms, weights);                         \
        if (status == ACTFN_OK)                                                                                        \
            status = from_output(&c, mode, y, dy, dx);                                                                 \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
ENTRIES(f32, F32, float)
ENTRIES(bf16, BF16, actfn_bf16)
ENTRIES(f16, F16, actfn_f16)
