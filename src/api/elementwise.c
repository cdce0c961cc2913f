/* SPDX-License-Identifier: MIT */
/* The public functions of the elementwise family.  They check every argument, once, before they write anything. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"

#ifndef ACTFN_WITHOUT_SLEEF
#include <sleef.h>
#endif

/* The header and the list number the operations alike.  Pasted: ACTFN_<OP>, RECORD_<OP> (ACTFN_ELU, RECORD_ELU). */
#define OP(name, NAME, value, ...)                                                                                     \
    _Static_assert((int)ACTFN_##NAME == (value), "actfn.h and ops.def disagree on " #NAME);                            \
    _Static_assert((int)RECORD_##NAME == (value), "ops.def: values are dense, in order: " #NAME);
#define FAMILY(kind, ...) OP(__VA_ARGS__)
#include "catalogue/ops.def"

/* ---- by operation -------------------------------------------------------------------------------------------- */

/* Each function runs its checks and its kernel between fpenv_enter and fpenv_leave.  The checks run there, too, because a
 * comparison with a NaN or subnormal parameter raises a flag. */

static actfn_status forward(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x, float *y)
{
    actfn_status status = check_form(op, mode, FORWARD, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers(n, x, y);
    if (status == ACTFN_OK)
        tables_of(mode)->forward[op](params, n, x, y);
    return status;
}

/* Both backward forms: `in` is x or y. */
static actfn_status backward(actfn_op op, actfn_mode mode, enum form form, const float *params, size_t n,
                             const float *in, const float *dy, float *dx)
{
    actfn_status status = check_form(op, mode, form, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers(n, in, dx);
    if (status == ACTFN_OK)
        status = check_buffers(n, dy, dx);
    if (status != ACTFN_OK)
        return status;
    const struct actfn_tables *tables = tables_of(mode);
    (form == FROM_OUTPUT ? tables->from_output : tables->backward)[op](params, n, in, dy, dx);
    return ACTFN_OK;
}

static actfn_status param_gradient(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x,
                                   const float *dy, float *gradients)
{
    actfn_status status = check_form(op, mode, PARAM_GRADIENT, &params);
    if (status == ACTFN_OK)
        status = check_gradients(op, sizeof *x, params, n, x, dy, gradients);
    if (status != ACTFN_OK || is_sum_of_nothing(op, n, gradients))
        return status;
    tables_of(mode)->param_gradient[op](params, n, x, dy, gradients);
    return ACTFN_OK;
}

actfn_status actfn_forward_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x, float *y)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = forward(op, mode, params, n, x, y);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_backward_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x,
                                const float *dy, float *dx)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = backward(op, mode, BACKWARD, params, n, x, dy, dx);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_backward_from_output_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *y,
                                            const float *dy, float *dx)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = backward(op, mode, FROM_OUTPUT, params, n, y, dy, dx);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_param_gradient_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x,
                                      const float *dy, float *gradients)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = param_gradient(op, mode, params, n, x, dy, gradients);
    fpenv_leave(was);
    return status;
}

/* ---- resolved kernels ---------------------------------------------------------------------------------------- */

/* The mode's tables; NULL if the mode does not exist, or if the tables have no element for the operation. */
static const struct actfn_tables *tables_or_null(actfn_op op, actfn_mode mode)
{
    return check_op(op, ACTFN_FAMILY_ELEMENTWISE, mode) == ACTFN_OK ? tables_of(mode) : NULL;
}

actfn_forward_fn actfn_forward_kernel_f32(actfn_op op, actfn_mode mode)
{
    const struct actfn_tables *tables = tables_or_null(op, mode);
    return tables ? tables->forward[op] : NULL;
}

actfn_backward_fn actfn_backward_kernel_f32(actfn_op op, actfn_mode mode)
{
    const struct actfn_tables *tables = tables_or_null(op, mode);
    return tables ? tables->backward[op] : NULL;
}

actfn_backward_fn actfn_backward_from_output_kernel_f32(actfn_op op, actfn_mode mode)
{
    const struct actfn_tables *tables = tables_or_null(op, mode);
    return tables ? tables->from_output[op] : NULL;
}

/* ---- statuses and versions ----------------------------------------------------------------------------------- */

const char *actfn_status_string(actfn_status status)
{
    switch (status) {
    case ACTFN_OK: return "success";
    case ACTFN_ERR_NULL: return "a pointer is NULL although n is not 0, or a parameter without a default is missing";
    case ACTFN_ERR_OP: return "no such operation";
    case ACTFN_ERR_MODE: return "no such mode, or the library was built without it";
    case ACTFN_ERR_PARAM: return "a parameter is NaN or outside its legal range";
    case ACTFN_ERR_OVERLAP: return "buffers overlap other than by being the same";
    case ACTFN_ERR_SIZE: return "that many floats do not fit into the address space";
    case ACTFN_ERR_NOT_OFFERED: return "the operation has no such form, or not with these parameters";
    case ACTFN_ERR_ISA: return "no such instruction set in this library, or not on this machine";
    case ACTFN_ERR_SHAPE: return "sizes, strides or a layout do not fit together";
    case ACTFN_ERR_FLAGS: return "a flag that the entry does not know";
    case ACTFN_ERR_INDEX: return "a class index outside its row";
    }
    return "unknown status";
}

#define TEXT(a) TEXT_(a)
#define TEXT_(a) #a

int actfn_version(void) { return ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH; }

const char *actfn_version_string(void)
{
    return TEXT(ACTFN_VERSION_MAJOR) "." TEXT(ACTFN_VERSION_MINOR) "." TEXT(ACTFN_VERSION_PATCH);
}

const char *actfn_sleef_version(void)
{
#ifdef ACTFN_WITHOUT_SLEEF
    return "none";
#else
    return TEXT(SLEEF_VERSION_MAJOR) "." TEXT(SLEEF_VERSION_MINOR) "." TEXT(SLEEF_VERSION_PATCHLEVEL);
#endif
}
