/* SPDX-License-Identifier: MIT */
/*
 * Macros that make the kernels of an elementwise operation, for light.c and elementwise.c.  For elu, WRAP_FORWARD and the
 * like make elu_f, elu_df and elu_dfy from act_elu, act_elu_grad and act_elu_grad_y; the loops take these functions.
 * SUM_TERMS makes elu_term_alpha_terms from act_elu_d_alpha.
 */
#ifndef ACTFN_ELEMENTWISE_KERNELS_H
#define ACTFN_ELEMENTWISE_KERNELS_H

#include "kernels/elementwise_loops.h"
#include "kernels/reduce.h"
#include "kernels/streaming_loops.h"
#include "kernels/kernel_tables.h"

#define WRAP_FORWARD(wrapped, arity, formula)                                                                          \
    WORD vf wrapped(vf x, const void *params)                                                                          \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return WITH_PARAMS(arity, formula, x);                                                                         \
    }
#define WRAP_BACKWARD(wrapped, arity, formula)                                                                         \
    WORD vf wrapped(vf x, vf dy, const void *params)                                                                   \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return WITH_PARAMS(arity, formula, x, dy);                                                                     \
    }

/* Makes the function `kernel`, whose body is `run`.  `run` uses x and y, or x, dy and dx; in the gradient from the output the
 * argument x is y. */
#define FORWARD_KERNEL(kernel, name, arity, may_stream, run)                                                           \
    void kernel(const float *params, size_t n, const float *x, float *y)                                               \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        STREAM_FORWARD(kernel, may_stream)                                                                             \
        run                                                                                                            \
    }
#define BACKWARD_KERNEL(kernel, name, arity, may_stream, run)                                                          \
    void kernel(const float *params, size_t n, const float *x, const float *dy, float *dx)                             \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        STREAM_BACKWARD(kernel, may_stream)                                                                            \
        run                                                                                                            \
    }

/* One pass for each parameter, so that each sum has a loop of its own; no operation has more than two.  TERM_<gradient> and
 * SUM_<gradient> belong to one parameter; <gradient> is the last column of its P. */
#define TERM_NO_GRAD(op, param)
#define TERM_GRAD(op, param)                                                                                           \
    WORD vf op##_term_##param(vf x, vf dy, const void *params) { return act_##op##_d_##param(x, dy, params); }         \
    SUM_TERMS(op##_term_##param)
#define SUM_NO_GRAD(op, param) 0.0f
#define SUM_GRAD(op, param) reduce(op##_term_##param##_terms, &p, n, x, dy)

/* Where a form is not offered, its kernel is NULL. */
#define IF_NO_Y(...)
#define IF_FROM_Y(...) __VA_ARGS__
#define OR_NULL_NO_Y(kernel) NULL
#define OR_NULL_FROM_Y(kernel) kernel
#define IF_NO_GRADS(...)
#define IF_GRADS(...) __VA_ARGS__
#define OR_NULL_NO_GRADS(kernel) NULL
#define OR_NULL_GRADS(kernel) kernel

#endif
