/* SPDX-License-Identifier: MIT */
/*
 * The elementwise functions by name, made of the list.  Who includes this says in which mode they compute, NAMED_MODE, and how a
 * definition begins: NAMED(actfn_gelu_f32).
 */

/* The header names the parameters; here they are a, b, c, d, in the catalogue's order. */
#define SIGNATURE_0
#define SIGNATURE_1 , float a
#define SIGNATURE_2 SIGNATURE_1, float b
#define SIGNATURE_3 SIGNATURE_2, float c
#define SIGNATURE_4 SIGNATURE_3, float d
#define FLOATS_0 NULL
#define FLOATS_1                                                                                                       \
    (const float[]) { a }
#define FLOATS_2                                                                                                       \
    (const float[]) { a, b }
#define FLOATS_3                                                                                                       \
    (const float[]) { a, b, c }
#define FLOATS_4                                                                                                       \
    (const float[]) { a, b, c, d }

/* Pasted: actfn_<op>_f32, actfn_<op>_backward_f32 (actfn_elu_f32), SIGNATURE_<arity>, FLOATS_<arity>. */
#define OP(name, NAME, value, arity, ...)                                                                              \
    NAMED(actfn_##name##_f32)(size_t n, const float *x, float *y SIGNATURE_##arity)                                    \
    {                                                                                                                  \
        return actfn_forward_f32(ACTFN_##NAME, NAMED_MODE, FLOATS_##arity, n, x, y);                                   \
    }                                                                                                                  \
    NAMED(actfn_##name##_backward_f32)(size_t n, const float *x, const float *dy, float *dx SIGNATURE_##arity)         \
    {                                                                                                                  \
        return actfn_backward_f32(ACTFN_##NAME, NAMED_MODE, FLOATS_##arity, n, x, dy, dx);                             \
    }
#include "catalogue/ops.def"

/* Pasted: actfn_<op>_backward_from_output_f32 (actfn_elu_backward_from_output_f32), FUNCTION_<from_output>. */
#define FUNCTION_NO_Y(name, NAME, arity)
#define FUNCTION_FROM_Y(name, NAME, arity)                                                                             \
    NAMED(actfn_##name##_backward_from_output_f32)                                                                     \
    (size_t n, const float *y, const float *dy, float *dx SIGNATURE_##arity)                                           \
    {                                                                                                                  \
        return actfn_backward_from_output_f32(ACTFN_##NAME, NAMED_MODE, FLOATS_##arity, n, y, dy, dx);                 \
    }
#define OP(name, NAME, value, arity, body, from_output, ...) FUNCTION_##from_output(name, NAME, arity)
#include "catalogue/ops.def"

/* Pasted: actfn_<op>_param_gradient_f32 (actfn_elu_param_gradient_f32), FUNCTION_<grads>. */
#define FUNCTION_NO_GRADS(name, NAME, arity)
#define FUNCTION_GRADS(name, NAME, arity)                                                                              \
    NAMED(actfn_##name##_param_gradient_f32)                                                                           \
    (size_t n, const float *x, const float *dy, float *gradients SIGNATURE_##arity)                                    \
    {                                                                                                                  \
        return actfn_param_gradient_f32(ACTFN_##NAME, NAMED_MODE, FLOATS_##arity, n, x, dy, gradients);                \
    }
#define OP(name, NAME, value, arity, body, from_output, grads, ...) FUNCTION_##grads(name, NAME, arity)
#include "catalogue/ops.def"
