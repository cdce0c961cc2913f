/* SPDX-License-Identifier: MIT */
/* The elementwise entries: by operation, by kernel and by name. */
#include "buffered_entries.h"

#include "suites.h"

/* ---- elementwise ------------------------------------------------------------------------------------------------- */

void describe_forward_f32(struct call *c) { output(c, "y", c->n, input(c, "x", FLOATS, c->n)); }

void describe_backward_f32(struct call *c)
{
    const unsigned x = input(c, "x or y", FLOATS, c->n), dy = input(c, "dy", FLOATS, c->n);
    output(c, "dx", c->n, x | dy);
}

static void describe_gradients(struct call *c)
{
    input(c, "x", FLOATS, c->n);
    input(c, "dy", FLOATS, c->n);
    output(c, "gradients", (size_t)c->param_count, 0);
}

static actfn_status run_forward(const struct call *c, const float *params, void *const *p)
{
    return actfn_forward_f32(c->op, test_mode, params, c->n, p[0], p[1]);
}

static actfn_status run_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_backward_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

static actfn_status run_from_output(const struct call *c, const float *params, void *const *p)
{
    return actfn_backward_from_output_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

static actfn_status run_gradients(const struct call *c, const float *params, void *const *p)
{
    return actfn_param_gradient_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

/* ---- elementwise, by kernel: a kernel makes no checks, and returns no status ------------------------------------- */

static actfn_status run_forward_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_forward_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1]);
    return ACTFN_OK;
}

static actfn_status run_backward_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_backward_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);
    return ACTFN_OK;
}

static actfn_status run_from_output_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_backward_from_output_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);
    return ACTFN_OK;
}

/* ---- elementwise, by name ---------------------------------------------------------------------------------------- */

typedef actfn_status named_function(const float *a, size_t n, const float *in, const float *dy, float *out);

#define ARGS_0
#define ARGS_1 , a[0]
#define ARGS_2 ARGS_1, a[1]
#define ARGS_3 ARGS_2, a[2]
#define ARGS_4 ARGS_3, a[3]
#define DEFINE(name, function, arguments)                                                                              \
    static actfn_status named_##name(const float *a, size_t n, const float *in, const float *dy, float *out)           \
    {                                                                                                                  \
        (void)a, (void)dy;                                                                                             \
        return function arguments;                                                                                     \
    }
#define DEFINE_FROM_Y(name, arity)                                                                                     \
    DEFINE(name##_from_output, actfn_##name##_backward_from_output_f32, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_Y(name, arity)
#define DEFINE_GRADS(name, arity)                                                                                      \
    DEFINE(name##_gradients, actfn_##name##_param_gradient_f32, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_GRADS(name, arity)
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    DEFINE(name##_forward, actfn_##name##_f32, (n, in, out ARGS_##arity))                                              \
    DEFINE(name##_backward, actfn_##name##_backward_f32, (n, in, dy, out ARGS_##arity))                                \
    DEFINE_##from_output(name, arity) DEFINE_##grads(name, arity)
#include "catalogue/ops.def"

#define TAKE_FROM_Y(name) named_##name##_from_output
#define TAKE_NO_Y(name) NULL
#define TAKE_GRADS(name) named_##name##_gradients
#define TAKE_NO_GRADS(name) NULL
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    [value] = { named_##name##_forward, named_##name##_backward, TAKE_##from_output(name), TAKE_##grads(name) },
static named_function *const named[][FORM_COUNT] = {
#include "catalogue/ops.def"
};

static actfn_status run_named(const struct call *c, const float *params, void *const *p)
{
    const bool forward = c->entry->form == FORWARD;
    return named[c->op][c->entry->form](params, c->n, p[0], forward ? NULL : p[1], p[forward ? 1 : 2]);
}
/* ---- the table --------------------------------------------------------------------------------------------------- */

#define ANY_ELEMENTWISE ACTFN_FAMILY_ELEMENTWISE, ANY_OP, FLAT, 1

const struct entry elementwise_entries[] = {
    { "actfn_forward_f32", ANY_ELEMENTWISE, FORWARD, describe_forward_f32, run_forward, 0 },
    { "actfn_backward_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward_f32, run_backward, 0 },
    { "actfn_backward_from_output_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_f32, run_from_output, 0 },
    { "actfn_param_gradient_f32", ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients, run_gradients, IN_SUMS },
    { "actfn_forward_kernel_f32", ANY_ELEMENTWISE, FORWARD, describe_forward_f32, run_forward_kernel, IS_KERNEL },
    { "actfn_backward_kernel_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward_f32, run_backward_kernel, IS_KERNEL },
    { "actfn_backward_from_output_kernel_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_f32,
      run_from_output_kernel, IS_KERNEL },
    { "_f32", ANY_ELEMENTWISE, FORWARD, describe_forward_f32, run_named, NAMED | BY_VALUE },
    { "_backward_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward_f32, run_named, NAMED | BY_VALUE },
    { "_backward_from_output_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_f32, run_named, NAMED | BY_VALUE },
    { "_param_gradient_f32", ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients, run_named,
      NAMED | BY_VALUE | IN_SUMS },
};
const int elementwise_entry_count = sizeof elementwise_entries / sizeof elementwise_entries[0];
