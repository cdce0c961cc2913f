/* SPDX-License-Identifier: MIT */
/*
 * The families by name, in the fast mode, made from the list: gates, rows and losses with the default parameters, channels with
 * an argument for each array of weights.
 */
#include "api/arguments.h"

#define FAMILY(kind, name, NAME, value, arity, params, from_output, ...) NAMED_##kind(name, NAME, arity, from_output)
#define NAMED_RANDOM(...)

/* ---- gates --------------------------------------------------------------------------------------------------------- */

/* Pasted: actfn_<op>_<type>, actfn_<op>_packed_<type> (actfn_swiglu_packed_bf16), actfn_gates_forward_<type>. */
#define GATES_OF(name, NAME, type, element)                                                                            \
    actfn_status actfn_##name##_##type(size_t n, const element *u, const element *v, element *y)                       \
    {                                                                                                                  \
        return actfn_gates_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 1, n, u, n, v, n, y, n);                     \
    }                                                                                                                  \
    actfn_status actfn_##name##_backward_##type(size_t n, const element *u, const element *v, const element *dy,       \
                                                element *du, element *dv)                                              \
    {                                                                                                                  \
        return actfn_gates_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 1, n, u, n, v, n, dy, n, du, n, dv, n);     \
    }                                                                                                                  \
    actfn_status actfn_##name##_packed_##type(actfn_gate_layout layout, size_t rows, size_t width, const element *x,   \
                                              element *y)                                                              \
    {                                                                                                                  \
        return actfn_gates_packed_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, layout, rows, width, x, y);           \
    }                                                                                                                  \
    actfn_status actfn_##name##_packed_backward_##type(actfn_gate_layout layout, size_t rows, size_t width,            \
                                                       const element *x, const element *dy, element *dx)               \
    {                                                                                                                  \
        return actfn_gates_packed_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, layout, rows, width, x, dy, dx);     \
    }
#define NAMED_GATES(name, NAME, ...)                                                                                   \
    GATES_OF(name, NAME, f32, float)                                                                                   \
    GATES_OF(name, NAME, bf16, actfn_bf16)                                                                             \
    GATES_OF(name, NAME, f16, actfn_f16)

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

/* Pasted: actfn_<op>_<type>, actfn_<op>_axis_<type> (actfn_softmax_axis_bf16), actfn_rows_forward_<type>. */
#define ROWS_OF(name, NAME, type, element)                                                                             \
    actfn_status actfn_##name##_axis_##type(size_t outer, size_t n, size_t inner, const element *x, element *y)        \
    {                                                                                                                  \
        return actfn_rows_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, outer, n, inner, x, y);                    \
    }                                                                                                                  \
    actfn_status actfn_##name##_axis_backward_##type(size_t outer, size_t n, size_t inner, const element *x,           \
                                                     const element *y, const element *dy, element *dx)                 \
    {                                                                                                                  \
        return actfn_rows_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, outer, n, inner, x, y, dy, dx);           \
    }                                                                                                                  \
    actfn_status actfn_##name##_##type(size_t rows, size_t n, const element *x, element *y)                            \
    {                                                                                                                  \
        return actfn_##name##_axis_##type(rows, n, 1, x, y);                                                           \
    }                                                                                                                  \
    actfn_status actfn_##name##_backward_##type(size_t rows, size_t n, const element *x, const element *y,             \
                                                const element *dy, element *dx)                                        \
    {                                                                                                                  \
        return actfn_##name##_axis_backward_##type(rows, n, 1, x, y, dy, dx);                                          \
    }
#define NAMED_ROWS(name, NAME, ...)                                                                                    \
    ROWS_OF(name, NAME, f32, float)                                                                                    \
    ROWS_OF(name, NAME, bf16, actfn_bf16)                                                                              \
    ROWS_OF(name, NAME, f16, actfn_f16)

/* ---- losses -------------------------------------------------------------------------------------------------------- */

/* The operations whose entries do not have the usual form. */
#define HAS_OWN_ENTRY_softmax_cross_entropy , NO_LOSS
#define HAS_TERMS_apl , TERMS

#define SECOND(...) SECOND_(__VA_ARGS__)
#define SECOND_(first, second, ...) second
#define NO_LOSS(name, NAME)

#define LOSS_OF_TYPE(name, NAME, type, element)                                                                        \
    actfn_status actfn_##name##_##type(size_t n, const element *z, const element *t, const float *w, float scale,      \
                                       float *loss, element *dz)                                                       \
    {                                                                                                                  \
        return actfn_loss_##type(ACTFN_##NAME, ACTFN_FAST, NULL, n, z, t, w, scale, loss, dz);                         \
    }
#define LOSS_OF(name, NAME)                                                                                            \
    LOSS_OF_TYPE(name, NAME, f32, float)                                                                               \
    LOSS_OF_TYPE(name, NAME, bf16, actfn_bf16)                                                                         \
    LOSS_OF_TYPE(name, NAME, f16, actfn_f16)
#define NAMED_LOSSES(name, NAME, ...) SECOND(HAS_OWN_ENTRY_##name, LOSS_OF, )(name, NAME)

/* ---- channels ------------------------------------------------------------------------------------------------------ */

#define SHAPE_OF(name) size_t outer, size_t channels, size_t inner COLUMNS_JOIN(SHAPE_, SECOND(HAS_TERMS_##name, ONE, ))
#define SHAPE_TERMS , size_t terms
#define SHAPE_ONE
#define TERMS_OF(name) COLUMNS_JOIN(NUMBER_, SECOND(HAS_TERMS_##name, ONE, ))
#define NUMBER_TERMS terms
#define NUMBER_ONE 1

#define WEIGHTS_1 const float *a
#define WEIGHTS_2 WEIGHTS_1, const float *b
#define WEIGHTS_4 WEIGHTS_2, const float *c, const float *d
#define ARRAY_1                                                                                                        \
    (const float *[]) { a }
#define ARRAY_2                                                                                                        \
    (const float *[]) { a, b }
#define ARRAY_4                                                                                                        \
    (const float *[]) { a, b, c, d }
#define GRADIENTS_1 float *da
#define GRADIENTS_2 GRADIENTS_1, float *db
#define GRADIENTS_4 GRADIENTS_2, float *dc, float *dd
#define GRADIENT_ARRAY_1                                                                                               \
    (float *[]) { da }
#define GRADIENT_ARRAY_2                                                                                               \
    (float *[]) { da, db }
#define GRADIENT_ARRAY_4                                                                                               \
    (float *[]) { da, db, dc, dd }

/* Pasted: actfn_<op>_<type> (actfn_prelu_bf16), actfn_channels_forward_<type>. */
#define CHANNELS_NO_Y(name, NAME, arity, type, element)
#define CHANNELS_FROM_Y(name, NAME, arity, type, element)                                                              \
    actfn_status actfn_##name##_backward_from_output_##type(SHAPE_OF(name), WEIGHTS_##arity, const element *y,         \
                                                            const element *dy, element *dx)                            \
    {                                                                                                                  \
        return actfn_channels_backward_from_output_##type(ACTFN_##NAME, ACTFN_FAST, outer, channels, inner,            \
                                                          TERMS_OF(name), ARRAY_##arity, y, dy, dx);                   \
    }
#define CHANNELS_OF(name, NAME, arity, from_output, type, element)                                                     \
    actfn_status actfn_##name##_##type(SHAPE_OF(name), WEIGHTS_##arity, const element *x, element *y)                  \
    {                                                                                                                  \
        return actfn_channels_forward_##type(ACTFN_##NAME, ACTFN_FAST, outer, channels, inner, TERMS_OF(name),         \
                                             ARRAY_##arity, x, y);                                                     \
    }                                                                                                                  \
    actfn_status actfn_##name##_backward_##type(SHAPE_OF(name), WEIGHTS_##arity, const element *x, const element *dy,  \
                                                element *dx, GRADIENTS_##arity)                                        \
    {                                                                                                                  \
        return actfn_channels_backward_##type(ACTFN_##NAME, ACTFN_FAST, outer, channels, inner, TERMS_OF(name),        \
                                              ARRAY_##arity, x, dy, dx, GRADIENT_ARRAY_##arity);                       \
    }                                                                                                                  \
    CHANNELS_##from_output(name, NAME, arity, type, element)
#define NAMED_CHANNELS(name, NAME, arity, from_output)                                                                 \
    CHANNELS_OF(name, NAME, arity, from_output, f32, float)                                                            \
    CHANNELS_OF(name, NAME, arity, from_output, bf16, actfn_bf16)                                                      \
    CHANNELS_OF(name, NAME, arity, from_output, f16, actfn_f16)

#include "catalogue/ops.def"
