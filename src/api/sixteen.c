/* SPDX-License-Identifier: MIT */
/* The elementwise entries of the 16-bit types, and conversions: the checks of elementwise.c, on buffers of other sizes. */
#include "api/arguments.h"
#include "api/by_name.h"
#include "api/fpenv.h"
#include "dispatch/sixteen_table.h"

static const struct actfn_sixteen *kernels_of(enum actfn_type type)
{
    return actfn_backend_active()->sixteen[(int)type];
}

/* ---- by operation -------------------------------------------------------------------------------------------- */

static actfn_status forward(enum actfn_type type, actfn_op op, actfn_mode mode, const float *params, size_t n,
                            const uint16_t *x, uint16_t *y)
{
    actfn_status status = check_form(op, mode, FORWARD, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers_of(sizeof *x, n, x, y);
    if (status == ACTFN_OK)
        kernels_of(type)->forward[op](params, n, x, y);
    return status;
}

/* Both backward forms: `in` is x or y. */
static actfn_status backward(enum actfn_type type, actfn_op op, actfn_mode mode, enum form form, const float *params,
                             size_t n, const uint16_t *in, const uint16_t *dy, uint16_t *dx)
{
    actfn_status status = check_form(op, mode, form, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers_of(sizeof *in, n, in, dx);
    if (status == ACTFN_OK)
        status = check_buffers_of(sizeof *dy, n, dy, dx);
    if (status != ACTFN_OK)
        return status;
    const struct actfn_sixteen *kernels = kernels_of(type);
    (form == FROM_OUTPUT ? kernels->from_output : kernels->backward)[op](params, n, in, dy, dx);
    return ACTFN_OK;
}

static actfn_status param_gradient(enum actfn_type type, actfn_op op, actfn_mode mode, const float *params, size_t n,
                                   const uint16_t *x, const uint16_t *dy, float *gradients)
{
    actfn_status status = check_form(op, mode, PARAM_GRADIENT, &params);
    if (status == ACTFN_OK)
        status = check_gradients(op, sizeof *x, params, n, x, dy, gradients);
    if (status != ACTFN_OK || is_sum_of_nothing(op, n, gradients))
        return status;
    kernels_of(type)->param_gradient(op, params, n, x, dy, gradients);
    return ACTFN_OK;
}

/* Each entry runs its checks and its kernel between fpenv_enter and fpenv_leave.
 * Pasted: actfn_forward_<type> (actfn_forward_bf16), TYPE_<TYPE>. */
#define ENTRIES(type, TYPE)                                                                                            \
    actfn_status actfn_forward_##type(actfn_op op, actfn_mode mode, const float *params, size_t n,                     \
                                      const actfn_##type *x, actfn_##type *y)                                          \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = forward(TYPE_##TYPE, op, mode, params, n, x, y);                                   \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_backward_##type(actfn_op op, actfn_mode mode, const float *params, size_t n,                    \
                                       const actfn_##type *x, const actfn_##type *dy, actfn_##type *dx)                \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = backward(TYPE_##TYPE, op, mode, BACKWARD, params, n, x, dy, dx);                   \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_backward_from_output_##type(actfn_op op, actfn_mode mode, const float *params, size_t n,        \
                                                   const actfn_##type *y, const actfn_##type *dy, actfn_##type *dx)    \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = backward(TYPE_##TYPE, op, mode, FROM_OUTPUT, params, n, y, dy, dx);                \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_param_gradient_##type(actfn_op op, actfn_mode mode, const float *params, size_t n,              \
                                             const actfn_##type *x, const actfn_##type *dy, float *gradients)          \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = param_gradient(TYPE_##TYPE, op, mode, params, n, x, dy, gradients);                \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_f32_to_##type(size_t n, const float *x, actfn_##type *y)                                        \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = from_f32(TYPE_##TYPE, n, x, y);                                                    \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_##type##_to_f32(size_t n, const actfn_##type *x, float *y)                                      \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = to_f32(TYPE_##TYPE, n, x, y);                                                      \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }

/* ---- conversions --------------------------------------------------------------------------------------------- */

/* Buffers of n elements, of different sizes. */
static actfn_status check_conversion(size_t n, const void *x, size_t x_size, const void *y, size_t y_size)
{
    if (!x || !y)
        return ACTFN_ERR_NULL;
    if (too_long_for(x, n, x_size) || too_long_for(y, n, y_size))
        return ACTFN_ERR_SIZE;
    const bool in_place = x == y && y_size < x_size;
    return !in_place && bytes_overlap(x, n * x_size, y, n * y_size) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

static actfn_status from_f32(enum actfn_type type, size_t n, const float *x, uint16_t *y)
{
    const actfn_status status = n ? check_conversion(n, x, sizeof *x, y, sizeof *y) : ACTFN_OK;
    if (status == ACTFN_OK && n)
        kernels_of(type)->from_f32(n, x, y);
    return status;
}

static actfn_status to_f32(enum actfn_type type, size_t n, const uint16_t *x, float *y)
{
    const actfn_status status = n ? check_conversion(n, x, sizeof *x, y, sizeof *y) : ACTFN_OK;
    if (status == ACTFN_OK && n)
        kernels_of(type)->to_f32(n, x, y);
    return status;
}

ENTRIES(bf16, BF16)
ENTRIES(f16, F16)

/* ---- resolved kernels ---------------------------------------------------------------------------------------- */

/* NULL if the tables have no element for the operation, or if the mode does not exist. */
static const struct actfn_sixteen *kernels_or_null(enum actfn_type type, actfn_op op, actfn_mode mode)
{
    return check_op(op, ACTFN_FAMILY_ELEMENTWISE, mode) == ACTFN_OK ? kernels_of(type) : NULL;
}

#define RESOLVED(type, TYPE)                                                                                           \
    actfn_forward_##type##_fn actfn_forward_kernel_##type(actfn_op op, actfn_mode mode)                                \
    {                                                                                                                  \
        const struct actfn_sixteen *kernels = kernels_or_null(TYPE_##TYPE, op, mode);                                  \
        return kernels ? kernels->forward[op] : NULL;                                                                  \
    }                                                                                                                  \
    actfn_backward_##type##_fn actfn_backward_kernel_##type(actfn_op op, actfn_mode mode)                              \
    {                                                                                                                  \
        const struct actfn_sixteen *kernels = kernels_or_null(TYPE_##TYPE, op, mode);                                  \
        return kernels ? kernels->backward[op] : NULL;                                                                 \
    }                                                                                                                  \
    actfn_backward_##type##_fn actfn_backward_from_output_kernel_##type(actfn_op op, actfn_mode mode)                  \
    {                                                                                                                  \
        const struct actfn_sixteen *kernels = kernels_or_null(TYPE_##TYPE, op, mode);                                  \
        return kernels ? kernels->from_output[op] : NULL;                                                              \
    }
RESOLVED(bf16, BF16)
RESOLVED(f16, F16)

/* ---- by name ------------------------------------------------------------------------------------------------- */

/* Pasted: actfn_<op>_<type> (actfn_elu_bf16), SIGNATURE_<arity>, FLOATS_<arity>. */
#define BY_NAME(type, name, NAME, arity)                                                                               \
    actfn_status actfn_##name##_##type(size_t n, const actfn_##type *x, actfn_##type *y SIGNATURE_##arity)             \
    {                                                                                                                  \
        return actfn_forward_##type(ACTFN_##NAME, ACTFN_FAST, FLOATS_##arity, n, x, y);                                \
    }                                                                                                                  \
    actfn_status actfn_##name##_backward_##type(size_t n, const actfn_##type *x, const actfn_##type *dy,               \
                                                actfn_##type *dx SIGNATURE_##arity)                                    \
    {                                                                                                                  \
        return actfn_backward_##type(ACTFN_##NAME, ACTFN_FAST, FLOATS_##arity, n, x, dy, dx);                          \
    }
#define BY_NAME_NO_Y(type, name, NAME, arity)
#define BY_NAME_FROM_Y(type, name, NAME, arity)                                                                        \
    actfn_status actfn_##name##_backward_from_output_##type(size_t n, const actfn_##type *y, const actfn_##type *dy,   \
                                                            actfn_##type *dx SIGNATURE_##arity)                        \
    {                                                                                                                  \
        return actfn_backward_from_output_##type(ACTFN_##NAME, ACTFN_FAST, FLOATS_##arity, n, y, dy, dx);              \
    }
#define BY_NAME_NO_GRADS(type, name, NAME, arity)
#define BY_NAME_GRADS(type, name, NAME, arity)                                                                         \
    actfn_status actfn_##name##_param_gradient_##type(size_t n, const actfn_##type *x, const actfn_##type *dy,         \
                                                      float *gradients SIGNATURE_##arity)                              \
    {                                                                                                                  \
        return actfn_param_gradient_##type(ACTFN_##NAME, ACTFN_FAST, FLOATS_##arity, n, x, dy, gradients);             \
    }
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    BY_NAME(bf16, name, NAME, arity)                                                                                   \
    BY_NAME_##from_output(bf16, name, NAME, arity) BY_NAME_##grads(bf16, name, NAME, arity)                            \
        BY_NAME(f16, name, NAME, arity) BY_NAME_##from_output(f16, name, NAME, arity)                                  \
            BY_NAME_##grads(f16, name, NAME, arity)
#include "catalogue/ops.def"
