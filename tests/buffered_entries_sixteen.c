/* SPDX-License-Identifier: MIT */
/* The entries of the 16-bit types: elementwise by operation, by kernel and by name, and conversions. */
#include "buffered_entries.h"

#include "suites.h"

/* Pasted: run_forward_<type> (run_forward_bf16); CONTENT_<type> is the content of its buffers. */
#define CONTENT_bf16 BF16
#define CONTENT_f16 F16

#define RUNS(type)                                                                                                     \
    void describe_forward_##type(struct call *c)                                                                       \
    {                                                                                                                  \
        output_of(c, "y", CONTENT_##type, c->n, input(c, "x", CONTENT_##type, c->n));                                  \
    }                                                                                                                  \
    void describe_backward_##type(struct call *c)                                                                      \
    {                                                                                                                  \
        const unsigned x = input(c, "x or y", CONTENT_##type, c->n), dy = input(c, "dy", CONTENT_##type, c->n);        \
        output_of(c, "dx", CONTENT_##type, c->n, x | dy);                                                              \
    }                                                                                                                  \
    static void describe_gradients_##type(struct call *c)                                                              \
    {                                                                                                                  \
        input(c, "x", CONTENT_##type, c->n);                                                                           \
        input(c, "dy", CONTENT_##type, c->n);                                                                          \
        output(c, "gradients", (size_t)c->param_count, 0);                                                             \
    }                                                                                                                  \
    static void describe_from_f32_##type(struct call *c)                                                               \
    {                                                                                                                  \
        output_of(c, "y", CONTENT_##type, c->n, input(c, "x", FLOATS, c->n));                                          \
    }                                                                                                                  \
    static void describe_to_f32_##type(struct call *c)                                                                 \
    {                                                                                                                  \
        input(c, "x", CONTENT_##type, c->n);                                                                           \
        output(c, "y", c->n, 0);                                                                                       \
    }                                                                                                                  \
    static actfn_status run_forward_##type(const struct call *c, const float *params, void *const *p)                  \
    {                                                                                                                  \
        return actfn_forward_##type(c->op, test_mode, params, c->n, p[0], p[1]);                                       \
    }                                                                                                                  \
    static actfn_status run_backward_##type(const struct call *c, const float *params, void *const *p)                 \
    {                                                                                                                  \
        return actfn_backward_##type(c->op, test_mode, params, c->n, p[0], p[1], p[2]);                                \
    }                                                                                                                  \
    static actfn_status run_from_output_##type(const struct call *c, const float *params, void *const *p)              \
    {                                                                                                                  \
        return actfn_backward_from_output_##type(c->op, test_mode, params, c->n, p[0], p[1], p[2]);                    \
    }                                                                                                                  \
    static actfn_status run_gradients_##type(const struct call *c, const float *params, void *const *p)                \
    {                                                                                                                  \
        return actfn_param_gradient_##type(c->op, test_mode, params, c->n, p[0], p[1], p[2]);                          \
    }                                                                                                                  \
    static actfn_status run_forward_kernel_##type(const struct call *c, const float *params, void *const *p)           \
    {                                                                                                                  \
        actfn_forward_kernel_##type(c->op, test_mode)(params, c->n, p[0], p[1]);                                       \
        return ACTFN_OK;                                                                                               \
    }                                                                                                                  \
    static actfn_status run_backward_kernel_##type(const struct call *c, const float *params, void *const *p)          \
    {                                                                                                                  \
        actfn_backward_kernel_##type(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);                                \
        return ACTFN_OK;                                                                                               \
    }                                                                                                                  \
    static actfn_status run_from_output_kernel_##type(const struct call *c, const float *params, void *const *p)       \
    {                                                                                                                  \
        actfn_backward_from_output_kernel_##type(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);                    \
        return ACTFN_OK;                                                                                               \
    }                                                                                                                  \
    static actfn_status run_from_f32_##type(const struct call *c, const float *params, void *const *p)                 \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_f32_to_##type(c->n, p[0], p[1]);                                                                  \
    }                                                                                                                  \
    static actfn_status run_to_f32_##type(const struct call *c, const float *params, void *const *p)                   \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_##type##_to_f32(c->n, p[0], p[1]);                                                                \
    }
RUNS(bf16)
RUNS(f16)

/* ---- by name ----------------------------------------------------------------------------------------------------- */

typedef actfn_status named_function(const float *a, size_t n, const uint16_t *in, const uint16_t *dy, void *out);

#define ARGS_0
#define ARGS_1 , a[0]
#define ARGS_2 ARGS_1, a[1]
#define ARGS_3 ARGS_2, a[2]
#define ARGS_4 ARGS_3, a[3]
#define DEFINE(name, function, arguments)                                                                              \
    static actfn_status named_##name(const float *a, size_t n, const uint16_t *in, const uint16_t *dy, void *out)      \
    {                                                                                                                  \
        (void)a, (void)dy;                                                                                             \
        return function arguments;                                                                                     \
    }
#define DEFINE_FROM_Y(name, type, arity)                                                                               \
    DEFINE(name##_from_output_##type, actfn_##name##_backward_from_output_##type, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_Y(name, type, arity)
#define DEFINE_GRADS(name, type, arity)                                                                                \
    DEFINE(name##_gradients_##type, actfn_##name##_param_gradient_##type, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_GRADS(name, type, arity)
#define DEFINE_ALL(name, type, arity, from_output, grads)                                                              \
    DEFINE(name##_forward_##type, actfn_##name##_##type, (n, in, out ARGS_##arity))                                    \
    DEFINE(name##_backward_##type, actfn_##name##_backward_##type, (n, in, dy, out ARGS_##arity))                      \
    DEFINE_##from_output(name, type, arity) DEFINE_##grads(name, type, arity)
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    DEFINE_ALL(name, bf16, arity, from_output, grads)                                                                  \
    DEFINE_ALL(name, f16, arity, from_output, grads)
#include "catalogue/ops.def"

#define TAKE_FROM_Y(name, type) named_##name##_from_output_##type
#define TAKE_NO_Y(name, type) NULL
#define TAKE_GRADS(name, type) named_##name##_gradients_##type
#define TAKE_NO_GRADS(name, type) NULL
#define TAKE(name, type, from_output, grads)                                                                           \
    {                                                                                                                  \
        named_##name##_forward_##type, named_##name##_backward_##type, TAKE_##from_output(name, type),                 \
            TAKE_##grads(name, type)                                                                                   \
    }
static named_function *const named_bf16[][FORM_COUNT] = {
#define OP(name, NAME, value, arity, body, from_output, grads, ...) [value] = TAKE(name, bf16, from_output, grads),
#include "catalogue/ops.def"
};
static named_function *const named_f16[][FORM_COUNT] = {
#define OP(name, NAME, value, arity, body, from_output, grads, ...) [value] = TAKE(name, f16, from_output, grads),
#include "catalogue/ops.def"
};

static actfn_status run_named_bf16(const struct call *c, const float *params, void *const *p)
{
    const bool forward = c->entry->form == FORWARD;
    return named_bf16[c->op][c->entry->form](params, c->n, p[0], forward ? NULL : p[1], p[forward ? 1 : 2]);
}

static actfn_status run_named_f16(const struct call *c, const float *params, void *const *p)
{
    const bool forward = c->entry->form == FORWARD;
    return named_f16[c->op][c->entry->form](params, c->n, p[0], forward ? NULL : p[1], p[forward ? 1 : 2]);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

#define ANY_ELEMENTWISE ACTFN_FAMILY_ELEMENTWISE, ANY_OP, FLAT, 1

/* clang-format off */
#define ENTRIES(t) \
    { "actfn_forward_" #t, ANY_ELEMENTWISE, FORWARD, describe_forward_##t, run_forward_##t, SIXTEEN_BITS }, \
    { "actfn_backward_" #t, ANY_ELEMENTWISE, BACKWARD, describe_backward_##t, run_backward_##t, SIXTEEN_BITS }, \
    { "actfn_backward_from_output_" #t, ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_##t, run_from_output_##t, SIXTEEN_BITS }, \
    { "actfn_param_gradient_" #t, ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients_##t, run_gradients_##t, SIXTEEN_BITS | IN_SUMS }, \
    { "actfn_forward_kernel_" #t, ANY_ELEMENTWISE, FORWARD, describe_forward_##t, run_forward_kernel_##t, SIXTEEN_BITS | IS_KERNEL }, \
    { "actfn_backward_kernel_" #t, ANY_ELEMENTWISE, BACKWARD, describe_backward_##t, run_backward_kernel_##t, SIXTEEN_BITS | IS_KERNEL }, \
    { "actfn_backward_from_output_kernel_" #t, ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_##t, \
      run_from_output_kernel_##t, SIXTEEN_BITS | IS_KERNEL }, \
    { "_" #t, ANY_ELEMENTWISE, FORWARD, describe_forward_##t, run_named_##t, SIXTEEN_BITS | NAMED | BY_VALUE }, \
    { "_backward_" #t, ANY_ELEMENTWISE, BACKWARD, describe_backward_##t, run_named_##t, SIXTEEN_BITS | NAMED | BY_VALUE }, \
    { "_backward_from_output_" #t, ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward_##t, run_named_##t, SIXTEEN_BITS | NAMED | BY_VALUE }, \
    { "_param_gradient_" #t, ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients_##t, run_named_##t, \
      SIXTEEN_BITS | NAMED | BY_VALUE | IN_SUMS }, \
    { "actfn_f32_to_" #t, ACTFN_FAMILY_ELEMENTWISE, ACTFN_IDENTITY, FLAT, 1, FORWARD, describe_from_f32_##t, \
      run_from_f32_##t, SIXTEEN_BITS | CONVERTS }, \
    { "actfn_" #t "_to_f32", ACTFN_FAMILY_ELEMENTWISE, ACTFN_IDENTITY, FLAT, 1, FORWARD, describe_to_f32_##t, \
      run_to_f32_##t, SIXTEEN_BITS | CONVERTS },

const struct entry sixteen_entries[] = { ENTRIES(bf16) ENTRIES(f16) };
/* clang-format on */
const int sixteen_entry_count = sizeof sixteen_entries / sizeof sixteen_entries[0];
