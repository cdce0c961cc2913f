/* SPDX-License-Identifier: MIT */
/*
 * The kernels of the channels family, for light.c.  This header makes the names <name>_fetch, which gets the weights of a
 * channel; <name>_channel, _channel_df, _channel_dfy and _channel_d_<weight>, the formulas as the loops take them; and
 * <name>_channels_forward, _backward, _from_output and _weight_gradients.
 */
#ifndef ACTFN_CHANNEL_KERNELS_H
#define ACTFN_CHANNEL_KERNELS_H

#include "kernels/channel_loops.h"
#include "kernels/light.h"

/* ---- the formulas as the loops take them --------------------------------------------------------------------------- */

#define CHANNELS_CHANNELS(...) __VA_ARGS__
#define CHANNELS_RANDOM(...)
#define CHANNELS_GATES(...)
#define CHANNELS_ROWS(...)
#define CHANNELS_LOSSES(...)

#define P(op, param, ...) w->op.param = weight_at(at, k++);
#define FAMILY(kind, name, NAME, value, arity, params, ...)                                                            \
    CHANNELS_##kind(                                                                                                   \
        WORD void name##_fetch(union weights *w, const struct channels_at *at) {                                       \
            int k = 0;                                                                                                 \
            params(void) k;                                                                                            \
        } static void name##_fetched(union weights *w, const struct channels_at *at) { name##_fetch(w, at); })
#include "catalogue/ops.def"

#define CHANNEL_FORMULAS(name)                                                                                         \
    WORD vf name##_channel(vf x, const void *w) { return act_##name(x, &((const union weights *)w)->name); }           \
    WORD vf name##_channel_df(vf x, vf dy, const void *w)                                                              \
    {                                                                                                                  \
        return act_##name##_grad(x, dy, &((const union weights *)w)->name);                                            \
    }
CHANNEL_FORMULAS(prelu)
CHANNEL_FORMULAS(srelu)

WORD vf prelu_channel_dfy(vf y, vf dy, const void *w)
{
    return act_prelu_grad_y(y, dy, &((const union weights *)w)->prelu);
}

WORD vf apl_channel(vf x, const void *w)
{
    struct channels_at at = ((const union weights *)w)->all;
    vf y = act_apl_start(x);
    for (at.term = 0; at.term < at.weights->terms; at.term++) {
        union weights term;
        apl_fetch(&term, &at);
        y = act_apl(y, x, &term.apl);
    }
    return y;
}
WORD vf apl_channel_df(vf x, vf dy, const void *w)
{
    struct channels_at at = ((const union weights *)w)->all;
    vf slope = act_apl_grad_start(x);
    for (at.term = 0; at.term < at.weights->terms; at.term++) {
        union weights term;
        apl_fetch(&term, &at);
        slope = act_apl_grad(slope, x, &term.apl);
    }
    return dy * slope;
}

#define prelu_fetch_elements prelu_fetch
#define srelu_fetch_elements srelu_fetch
#define apl_fetch_elements all_weights

/* ---- the kernels ---------------------------------------------------------------------------------------- */

#define P(op, param, ...)                                                                                              \
    WORD vf op##_channel_d_##param(vf x, vf dy, const void *w)                                                         \
    {                                                                                                                  \
        return act_##op##_d_##param(x, dy, &((const union weights *)w)->op);                                           \
    }                                                                                                                  \
    CHANNEL_SUM_TERMS(op##_channel_d_##param)
#define FAMILY(kind, name, NAME, value, arity, params, ...) CHANNELS_##kind(params)
#include "catalogue/ops.def"

/* One pass for each gradient that the caller wants. */
#define P(op, param, ...)                                                                                              \
    if (*dweights)                                                                                                     \
        channels_sums(op##_fetched, op##_channel_d_##param##_terms, op##_channel_d_##param##_tile, shape, weights,     \
                      factors, *dweights);                                                                             \
    dweights++;
#define CHANNEL_KERNELS(name, ...)                                                                                     \
    static void name##_channels_forward(struct actfn_shape shape, const struct actfn_weights *weights, const float *x, \
                                        float *y)                                                                      \
    {                                                                                                                  \
        channels_map(name##_fetch_elements, name##_channel, shape, weights, x, y);                                     \
    }                                                                                                                  \
    static void name##_channels_backward(struct actfn_shape shape, const struct actfn_weights *weights,                \
                                         const float *x, const float *dy, float *dx)                                   \
    {                                                                                                                  \
        channels_map_grad(name##_fetch_elements, name##_channel_df, shape, weights, x, dy, dx);                        \
    }                                                                                                                  \
    static void name##_weight_gradients(struct actfn_shape shape, const struct actfn_weights *weights,                 \
                                        const struct actfn_factors *factors, float *const *dweights)                   \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define FAMILY(kind, name, NAME, value, arity, params, ...) CHANNELS_##kind(CHANNEL_KERNELS(name, params))
#include "catalogue/ops.def"

static void prelu_channels_from_output(struct actfn_shape shape, const struct actfn_weights *weights, const float *y,
                                       const float *dy, float *dx)
{
    channels_map_grad(prelu_fetch, prelu_channel_dfy, shape, weights, y, dy, dx);
}

#define prelu_from_output_kernel prelu_channels_from_output
#define srelu_from_output_kernel NULL
#define apl_from_output_kernel NULL
const struct actfn_channel_kernels LIGHT(channels)[OP_COUNT] = {
#define FAMILY(kind, name, NAME, ...)                                                                                  \
    CHANNELS_##kind([RECORD_##NAME] = { name##_channels_forward, name##_channels_backward, name##_from_output_kernel,  \
                                        name##_weight_gradients }, )
#include "catalogue/ops.def"
};

#endif
