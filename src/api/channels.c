/* SPDX-License-Identifier: MIT */
/* The public functions of the channels family. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"

/* ---- checks -------------------------------------------------------------------------------------------------- */

/* The arguments of a call.  The tensor has n elements, each array of weights has `count` floats. */
struct call {
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
static actfn_status check(struct call *c, actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner,
                          size_t terms, const float *const *weights)
{
    const actfn_status status = check_op(op, ACTFN_FAMILY_CHANNELS, mode);
    if (status != ACTFN_OK)
        return status;
    *c = (struct call) { op, shape_of(outer, channels, inner), terms, 0, 0, weights, actfn_op_info(op)->param_count };
    if (terms == 0 || (terms != 1 && op != ACTFN_APL))
        return ACTFN_ERR_SHAPE;
    return check_sizes(c);
}

/* Whether an output of n floats overlaps a weight. */
static bool on_weights(const struct call *c, const float *out, size_t n)
{
    for (int k = 0; k < c->arrays && c->weights; k++)
        if (c->weights[k] && overlap(out, n, c->weights[k], c->count))
            return true;
    return false;
}

/* ---- forward, and backward without the weights' gradients ------------------------------------------------------ */

static actfn_status forward(struct call *c, actfn_mode mode, const float *x, float *y)
{
    if (c->n && (!x || !y))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long(x, c->n) || too_long(y, c->n)))
        return ACTFN_ERR_SIZE;
    actfn_status status = check_weights(c);
    if (status == ACTFN_OK)
        status = check_values(c);
    if (status != ACTFN_OK || c->n == 0)
        return status;
    if ((x != y && overlap(x, c->n, y, c->n)) || on_weights(c, y, c->n))
        return ACTFN_ERR_OVERLAP;
    tables_of(mode)->channels[c->op].forward(c->shape, c->terms, c->weights, x, y);
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

static actfn_status from_output(struct call *c, actfn_mode mode, const float *y, const float *dy, float *dx)
{
    if (c->n && (!y || !dy || !dx))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long(y, c->n) || too_long(dy, c->n) || too_long(dx, c->n)))
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
    if ((y != dx && overlap(y, c->n, dx, c->n)) || (dy != dx && overlap(dy, c->n, dx, c->n)) || on_weights(c, dx, c->n))
        return ACTFN_ERR_OVERLAP;
    tables_of(mode)->channels[c->op].backward_from_output(c->shape, c->terms, c->weights, y, dy, dx);
    return ACTFN_OK;
}

/* ---- backward -------------------------------------------------------------------------------------------------- */

/* Whether a dweights[k] overlaps any other buffer. */
static bool gradients_overlap(const struct call *c, const float *x, const float *dy, const float *dx,
                              float *const *dweights)
{
    for (int k = 0; k < c->arrays; k++) {
        if (!dweights[k])
            continue;
        if (on_weights(c, dweights[k], c->count))
            return true;
        if (c->n && (overlap(dweights[k], c->count, x, c->n) || overlap(dweights[k], c->count, dy, c->n) ||
                     (dx && overlap(dweights[k], c->count, dx, c->n))))
            return true;
        for (int j = 0; j < k; j++)
            if (dweights[j] && overlap(dweights[k], c->count, dweights[j], c->count))
                return true;
    }
    return false;
}

static actfn_status backward(struct call *c, actfn_mode mode, const float *x, const float *dy, float *dx,
                             float *const *dweights)
{
    if (c->n && (!x || !dy))
        return ACTFN_ERR_NULL;
    if (c->n && (too_long(x, c->n) || too_long(dy, c->n) || (dx && too_long(dx, c->n))))
        return ACTFN_ERR_SIZE;
    for (int k = 0; dweights && k < c->arrays; k++)
        if (dweights[k] && too_long(dweights[k], c->count))
            return ACTFN_ERR_SIZE;
    actfn_status status = check_weights(c);
    if (status == ACTFN_OK)
        status = check_values(c);
    if (status != ACTFN_OK)
        return status;
    if (c->n && dx &&
        ((x != dx && overlap(x, c->n, dx, c->n)) || (dy != dx && overlap(dy, c->n, dx, c->n)) ||
         on_weights(c, dx, c->n)))
        return ACTFN_ERR_OVERLAP;
    if (dweights && gradients_overlap(c, x, dy, dx, dweights))
        return ACTFN_ERR_OVERLAP;

    if (c->n == 0) {
        for (int k = 0; dweights && k < c->arrays; k++)
            for (size_t i = 0; dweights[k] && i < c->count; i++)
                dweights[k][i] = 0.0f;
        return ACTFN_OK;
    }
    const struct actfn_channel_kernels *kernels = &tables_of(mode)->channels[c->op];
    /* The sums come first, because they read x and dy, and dx may be one of these. */
    if (dweights)
        kernels->weight_gradients(c->shape, c->terms, c->weights, x, dy, dweights);
    if (dx)
        kernels->backward(c->shape, c->terms, c->weights, x, dy, dx);
    return ACTFN_OK;
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

actfn_status actfn_channels_forward_f32(actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner,
                                        size_t terms, const float *const *weights, const float *x, float *y)
{
    const uint64_t was = fpenv_enter();
    struct call c;
    actfn_status status = check(&c, op, mode, outer, channels, inner, terms, weights);
    if (status == ACTFN_OK)
        status = forward(&c, mode, x, y);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_channels_backward_f32(actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner,
                                         size_t terms, const float *const *weights, const float *x, const float *dy,
                                         float *dx, float *const *dweights)
{
    const uint64_t was = fpenv_enter();
    struct call c;
    actfn_status status = check(&c, op, mode, outer, channels, inner, terms, weights);
    if (status == ACTFN_OK)
        status = backward(&c, mode, x, dy, dx, dweights);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_channels_backward_from_output_f32(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                     size_t inner, size_t terms, const float *const *weights,
                                                     const float *y, const float *dy, float *dx)
{
    const uint64_t was = fpenv_enter();
    struct call c;
    actfn_status status = check_op(op, ACTFN_FAMILY_CHANNELS, mode);
    if (status == ACTFN_OK && !(actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT))
        status = ACTFN_ERR_NOT_OFFERED;
    if (status == ACTFN_OK)
        status = check(&c, op, mode, outer, channels, inner, terms, weights);
    if (status == ACTFN_OK)
        status = from_output(&c, mode, y, dy, dx);
    fpenv_leave(was);
    return status;
}
