/* SPDX-License-Identifier: MIT */
/*
 * The elementwise operations that use mathematical words, and the tables of all elementwise operations.  In the fast mode an
 * operation whose body is CORE has two formulas in each direction: for elu, WRAP makes elu_core_f, elu_beyond_f, elu_core_df
 * and elu_beyond_df.
 */
#include "kernels/elementwise_kernels.h"
#include "kernels/light.h"
#include "math/formulas.h"
#ifdef ACTFN_KERNELS_FAST
#include "kernels/fast/guarded_loops.h"
#include "math/fast/cores.h"
#endif

/* clang-format off: each line makes a function */

/* ---- forward and backward ------------------------------------------------------------------------------------------ */

#define CORES_HEAVY(name, arity)
#define STREAMS_HEAVY(name, form) 0
#define FORWARD_HEAVY(name) map(name##_f, 0, &p, n, x, y);
#define BACKWARD_HEAVY(name) map_grad(name##_df, 0, &p, n, x, dy, dx);
#ifdef ACTFN_KERNELS_FAST
#define CORES_CORE(name, arity)                                                                                        \
    WRAP_FORWARD(name##_core_f, arity, core_##name)                                                                    \
    WRAP_FORWARD(name##_beyond_f, arity, beyond_##name)                                                                \
    WRAP_BACKWARD(name##_core_df, arity, core_##name##_grad)                                                           \
    WRAP_BACKWARD(name##_beyond_df, arity, beyond_##name##_grad)                                                       \
    static const struct guard name##_guard_f = { GUARD_##name##_f };                                                   \
    static const struct guard name##_guard_df = { GUARD_##name##_df };
#define STREAMS_CORE(name, form) (APPLIES_##name(&p) && !name##_guard_##form.busy)
#define FORWARD_CORE(name)                                                                                             \
    if (APPLIES_##name(&p))                                                                                            \
        map_guarded(name##_core_f, name##_beyond_f, name##_guard_f, &p, n, x, y);                                      \
    else                                                                                                               \
        FORWARD_HEAVY(name)
#define BACKWARD_CORE(name)                                                                                            \
    if (APPLIES_##name(&p))                                                                                            \
        map_grad_guarded(name##_core_df, name##_beyond_df, name##_guard_df, &p, n, x, dy, dx);                         \
    else                                                                                                               \
        BACKWARD_HEAVY(name)
#else
#define CORES_CORE CORES_HEAVY
#define STREAMS_CORE STREAMS_HEAVY
#define FORWARD_CORE FORWARD_HEAVY
#define BACKWARD_CORE BACKWARD_HEAVY
#endif

#define OP(name, NAME, value, arity, body, ...)                                                                        \
    IF_OWN_##body(                                                                                                     \
        WRAP_FORWARD(name##_f, arity, act_##name) WRAP_BACKWARD(name##_df, arity, act_##name##_grad)                   \
            CORES_##body(name, arity) static FORWARD_KERNEL(                                                           \
                name##_forward, name, arity, STREAMS_##body(name, f),                                                  \
                FORWARD_##body(name)) static BACKWARD_KERNEL(name##_backward, name, arity, STREAMS_##body(name, df),   \
                                                             BACKWARD_##body(name)))
#include "catalogue/ops.def"

/* ---- from the output, and gradients of the parameters ------------------------------------------------------------- */

/* In the fast mode, the gradient of a CORE operation from the output counts as light: its math words are short and inline. */
#define WIDE_HEAVY 0
#ifdef ACTFN_KERNELS_FAST
#define WIDE_CORE 1
#else
#define WIDE_CORE 0
#endif

#define P(op, param, value, range, grad) TERM_##grad(op, param)
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...)                                            \
    IF_OWN_##body(IF_##from_output(WRAP_BACKWARD(name##_dfy, arity, act_##name##_grad_y) static BACKWARD_KERNEL(       \
        name##_from_output, name, arity, WIDE_##body, map_grad(name##_dfy, WIDE_##body, &p, n, x, dy, dx);))           \
                      IF_##grads(params))
#include "catalogue/ops.def"

#define P(op, param, value, range, grad) *dx++ = SUM_##grad(op, param);
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...)                                            \
    IF_OWN_##body(IF_##grads(static BACKWARD_KERNEL(name##_param_gradient, name, arity, 0, params)))
#include "catalogue/ops.def"

/* ---- the tables ------------------------------------------------------------------------------------------------------ */

#define KERNEL_LIGHT(kernel) LIGHT(kernel)
#define KERNEL_HEAVY(kernel) kernel
#define KERNEL_CORE(kernel) kernel

const actfn_forward_fn TABLE(forward)[OP_COUNT] = {
#define OP(name, NAME, value, arity, body, ...) [RECORD_##NAME] = KERNEL_##body(name##_forward),
#include "catalogue/ops.def"
};
const actfn_backward_fn TABLE(backward)[OP_COUNT] = {
#define OP(name, NAME, value, arity, body, ...) [RECORD_##NAME] = KERNEL_##body(name##_backward),
#include "catalogue/ops.def"
};
const actfn_backward_fn TABLE(from_output)[OP_COUNT] = {
#define OP(name, NAME, value, arity, body, from_output, ...)                                                           \
    [RECORD_##NAME] = OR_NULL_##from_output(KERNEL_##body(name##_from_output)),
#include "catalogue/ops.def"
};
const actfn_backward_fn TABLE(param_gradient)[OP_COUNT] = {
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    [RECORD_##NAME] = OR_NULL_##grads(KERNEL_##body(name##_param_gradient)),
#include "catalogue/ops.def"
};

/* clang-format on */
