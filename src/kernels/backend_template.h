/* SPDX-License-Identifier: MIT */
/*
 * List x formulas x loops -> one const table.  A backend is a vocabulary header and this, included once, with
 *     BACKEND        the name of its table
 *     BACKEND_NAME   what users call it; generic comes twice, with and without FMA
 *     BACKEND_NEEDS  the CPU_* bits without which it must not run
 * Each is compiled twice: with ACTFN_KERNELS_FAST it is the table of the fast mode, without it that of the reproducible
 * one and the backend itself.  That is the only symbol that an object exports.
 */
#include "dispatch/backend.h"
#include "math/formulas.h"
#include "kernels/elementwise_loops.h"
#include "catalogue/params.h"
#include "kernels/reduce.h"

#include <string.h>

/* The formulas as the loops want them: parameters behind a pointer, whether there are any or not. */
#define CALL(arity, formula, ...) formula(__VA_ARGS__ IF_##arity(, , params))

/* The caller's floats as a struct of our own, which no store to the result can alias. */
#define COPY(name, arity)                         \
    IF_##arity(char p = 0, struct name##_params p); \
    IF_##arity((void)params, memcpy(&p, params, sizeof p));

/* ---- the families beside the elementwise one, each with its kernels ------------------------------------------------ */

#include "kernels/channel_loops.h"
#include "kernels/gate_loops.h"
#include "kernels/row_loops.h"
#include "kernels/row_cross_entropy.h"
#include "kernels/loss_loops.h"
#include "kernels/random_draws.h"

/* ---- forward and backward ------------------------------------------------------------------------------------ */

/* From the output a CORE operation is light in the fast mode: its math words are short and inline there. */
#define WIDE_LIGHT 1
#define WIDE_HEAVY 0
#ifdef ACTFN_KERNELS_FAST
#define WIDE_CORE 1
#else
#define WIDE_CORE 0
#endif

/* How a body runs: through a loop (map or map_grad), on one of the operation's functions. */
#define RUN_LIGHT(name, loop, function, ...) loop(name##_##function, 1, &p, __VA_ARGS__);
#define RUN_HEAVY(name, loop, function, ...) loop(name##_##function, 0, &p, __VA_ARGS__);
#define CORES_LIGHT(name, arity)
#define CORES_HEAVY(name, arity)
#ifdef ACTFN_KERNELS_FAST
#define RUN_CORE(name, loop, function, ...)                                                                   \
    if (APPLIES_##name(&p))                                                                                   \
        loop##_guarded(name##_core_##function, name##_beyond_##function, (struct guard){ GUARD_##name##_##function }, \
                       &p, __VA_ARGS__);                                                                      \
    else                                                                                                      \
        loop(name##_##function, 0, &p, __VA_ARGS__);
#define CORES_CORE(name, arity) OWN(name, arity, core) OWN(name, arity, beyond)
#define OWN(name, arity, where)                                   \
    WORD vf name##_##where##_f(vf x, const void *params)          \
    {                                                             \
        (void)params;                                             \
        return CALL(arity, where##_##name, x);                    \
    }                                                             \
    WORD vf name##_##where##_df(vf x, vf dy, const void *params)  \
    {                                                             \
        (void)params;                                             \
        return CALL(arity, where##_##name##_grad, x, dy);         \
    }
#else
#define RUN_CORE RUN_HEAVY
#define CORES_CORE CORES_HEAVY
#endif

#define OP(name, NAME, value, arity, body, ...)                                                                \
    WORD vf name##_f(vf x, const void *params)                                                                \
    {                                                                                                         \
        (void)params;                                                                                         \
        return CALL(arity, act_##name, x);                                                                    \
    }                                                                                                         \
    WORD vf name##_df(vf x, vf dy, const void *params)                                                        \
    {                                                                                                         \
        (void)params;                                                                                         \
        return CALL(arity, act_##name##_grad, x, dy);                                                         \
    }                                                                                                         \
    CORES_##body(name, arity)                                                                                 \
    static void name##_forward(const float *params, size_t n, const float *x, float *y)                       \
    {                                                                                                         \
        COPY(name, arity) RUN_##body(name, map, f, n, x, y)                                                   \
    }                                                                                                         \
    static void name##_backward(const float *params, size_t n, const float *x, const float *dy, float *dx)    \
    {                                                                                                         \
        COPY(name, arity) RUN_##body(name, map_grad, df, n, x, dy, dx)                                        \
    }
#include "catalogue/ops.def"

/* ---- backward from the output -------------------------------------------------------------------------------- */

#define KERNEL_NO_Y(name, arity, body)
#define KERNEL_FROM_Y(name, arity, body)                                                                       \
    WORD vf name##_dfy(vf y, vf dy, const void *params)                                                       \
    {                                                                                                         \
        (void)params;                                                                                         \
        return CALL(arity, act_##name##_grad_y, y, dy);                                                       \
    }                                                                                                         \
    static void name##_from_output(const float *params, size_t n, const float *y, const float *dy, float *dx) \
    {                                                                                                         \
        COPY(name, arity) map_grad(name##_dfy, WIDE_##body, &p, n, y, dy, dx);                                \
    }
#define OP(name, NAME, value, arity, body, from_output, ...) \
    KERNEL_##from_output(name, arity, body)
#include "catalogue/ops.def"

/* ---- gradients of the parameters ----------------------------------------------------------------------------- */

#define TERM_NO_GRAD(op, param)
#define TERM_GRAD(op, param)                                \
    WORD vf op##_term_##param(vf x, vf dy, const void *params) \
    {                                                       \
        return act_##op##_d_##param(x, dy, params);         \
    }
#define P(op, param, value, range, grad) TERM_##grad(op, param)
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...) \
    IF_##arity(, params)
#include "catalogue/ops.def"

/* One pass a parameter: none has more than two, and every sum stays by itself. */
#define SUM_NO_GRAD(op, param) 0.0f
#define SUM_GRAD(op, param) reduce(op##_term_##param, &p, n, x, dy)
#define SUMS_NO_GRADS(name, sums)
#define SUMS_GRADS(name, sums)                                                                                 \
    static void name##_param_gradient(const float *params, size_t n, const float *x, const float *dy, float *out) \
    {                                                                                                         \
        COPY(name, 1)(void) p;                                                                                \
        (void)n, (void)x, (void)dy;                                                                           \
        sums                                                                                                  \
    }
#define P(op, param, value, range, grad) *out++ = SUM_##grad(op, param);
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...) \
    SUMS_##grads(name, params)
#include "catalogue/ops.def"

/* ---- the table ----------------------------------------------------------------------------------------------- */

#define FORM_NO_Y(name) NULL
#define FORM_FROM_Y(name) name##_from_output
#define FORM_NO_GRADS(name) NULL
#define FORM_GRADS(name) name##_param_gradient

#define TABLE_(name, mode) name##_##mode
#define TABLE(name, mode) TABLE_(name, mode)

#ifdef ACTFN_KERNELS_FAST
const struct actfn_kernels TABLE(BACKEND, fast)[OP_COUNT] = {
#else
extern const struct actfn_kernels TABLE(BACKEND, fast)[OP_COUNT];
static const struct actfn_kernels kernels[OP_COUNT] = {
#endif
#define OP(name, NAME, value, arity, body, from_output, grads, ...) \
    [ROW_##NAME] = { { { name##_forward, name##_backward, FORM_##from_output(name), FORM_##grads(name) } } },
#define FAMILY(kind, name, NAME, ...) [ROW_##NAME] = { KERNELS_##kind(name) },
#include "catalogue/ops.def"
};

#ifndef ACTFN_KERNELS_FAST
const struct actfn_backend BACKEND = { BACKEND_NAME, BACKEND_NEEDS, { kernels, TABLE(BACKEND, fast) }, draw_u32 };
#endif
