/* SPDX-License-Identifier: MIT */
/*
 * The kernels that call no mathematical word, so that both modes share them: the LIGHT operations of the list, channels,
 * the first maximum of a row, raw draws and rrelu.
 */
#include "kernels/light.h"
#include "kernels/channel_kernels.h"
#include "kernels/elementwise_kernels.h"
#include "kernels/random_rrelu.h"
#include "kernels/row_first.h"
#include "math/formulas.h"

/* clang-format off: each line makes a function */

/* Each kernel has a name that a linker sees; the tables of both modes refer to the names. */
#define P(op, param, value, range, grad) TERM_##grad(op, param)
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...)                                            \
    IF_LIGHT_##body(                                                                                                   \
        WRAP_FORWARD(name##_f, arity, act_##name) WRAP_BACKWARD(name##_df, arity, act_##name##_grad)                   \
            FORWARD_KERNEL(LIGHT(name##_forward), name, arity, 1, map(name##_f, 1, &p, n, x, y);)                      \
                BACKWARD_KERNEL(LIGHT(name##_backward), name, arity, 1, map_grad(name##_df, 1, &p, n, x, dy, dx);)     \
                    IF_##from_output(WRAP_BACKWARD(name##_dfy, arity, act_##name##_grad_y) BACKWARD_KERNEL(            \
                        LIGHT(name##_from_output), name, arity, 1, map_grad(name##_dfy, 1, &p, n, x, dy, dx);))        \
                        IF_##grads(params))
#include "catalogue/ops.def"

#define P(op, param, value, range, grad) *dx++ = SUM_##grad(op, param);
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...)                                            \
    IF_LIGHT_##body(IF_##grads(BACKWARD_KERNEL(LIGHT(name##_param_gradient), name, arity, 0, params)))
#include "catalogue/ops.def"

/* clang-format on */
