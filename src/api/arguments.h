/* SPDX-License-Identifier: MIT */
/* The checks that the public functions share.  They run before anything is written. */
#ifndef ACTFN_ARGUMENTS_H
#define ACTFN_ARGUMENTS_H

#include "dispatch/backend.h"
#include "catalogue/registry.h"

#include <stdint.h>

/* Whether the n bytes at a and the m bytes at b have a byte in common.  Both must fit into the address space. */
static inline bool bytes_overlap(const void *a, size_t n, const void *b, size_t m)
{
    const uintptr_t a0 = (uintptr_t)a, b0 = (uintptr_t)b;
    return a0 < b0 + m && b0 < a0 + n;
}

/* The same for n and m floats. */
static inline bool overlap(const float *a, size_t n, const float *b, size_t m)
{
    return bytes_overlap(a, n * sizeof *a, b, m * sizeof *b);
}

/* Whether n elements of `size` bytes from p on would run over the end of the address space. */
static inline bool too_long_for(const void *p, size_t n, size_t size)
{
    return n > SIZE_MAX / size || (uintptr_t)p > UINTPTR_MAX - n * size;
}

static inline bool too_long(const float *p, size_t n) { return too_long_for(p, n, sizeof *p); }

/* *product = a b; false if the product overflows. */
static inline bool multiply(size_t a, size_t b, size_t *product)
{
    *product = a * b;
    return b == 0 || a <= SIZE_MAX / b;
}

/* Checks the parameters.  Where *params is NULL, *params becomes the defaults. */
static inline actfn_status params_of(const struct op_record *record, const float **params)
{
    if (record->info.param_count == 0)
        return ACTFN_OK;
    if (!*params) {
        *params = record->defaults;
        for (int k = 0; k < record->info.param_count; k++)
            if (record->params[k].flags & ACTFN_PARAM_REQUIRED)
                return ACTFN_ERR_NULL;
    }
    return actfn_params_legal(record, *params) ? ACTFN_OK : ACTFN_ERR_PARAM;
}

/* Checks that the operation exists and belongs to the family, and that the mode exists. */
static inline actfn_status check_op(actfn_op op, actfn_family family, actfn_mode mode)
{
    const struct op_record *record = actfn_op_record(op);
    if (!record)
        return ACTFN_ERR_OP;
    if (record->info.family != family)
        return ACTFN_ERR_NOT_OFFERED;
    return actfn_has_mode(mode) ? ACTFN_OK : ACTFN_ERR_MODE;
}

/* check_op, and then params_of. */
static inline actfn_status check_call(actfn_op op, actfn_family family, actfn_mode mode, const float **params)
{
    const actfn_status status = check_op(op, family, mode);
    return status == ACTFN_OK ? params_of(actfn_op_record(op), params) : status;
}

/* The forms of the elementwise family. */
enum form { FORWARD, BACKWARD, FROM_OUTPUT, PARAM_GRADIENT };

static inline bool offered(const struct op_record *record, enum form form, const float *params)
{
    if (form == FROM_OUTPUT)
        return (record->info.flags & ACTFN_OP_FROM_OUTPUT) &&
               (!record->from_output_legal || record->from_output_legal(params));
    return form != PARAM_GRADIENT || (record->info.flags & ACTFN_OP_PARAM_GRADIENT);
}

/* Checks all arguments of an elementwise form but the buffers.  *params becomes the parameters to compute with. */
static inline actfn_status check_form(actfn_op op, actfn_mode mode, enum form form, const float **params)
{
    const actfn_status status = check_call(op, ACTFN_FAMILY_ELEMENTWISE, mode, params);
    if (status != ACTFN_OK)
        return status;
    return offered(actfn_op_record(op), form, *params) ? ACTFN_OK : ACTFN_ERR_NOT_OFFERED;
}

/* An input and an output of n elements of `size` bytes each must be one buffer, or have no element in common. */
static inline actfn_status check_buffers_of(size_t size, size_t n, const void *in, const void *out)
{
    if (!in || !out)
        return ACTFN_ERR_NULL;
    if (too_long_for(in, n, size) || too_long_for(out, n, size))
        return ACTFN_ERR_SIZE;
    return in != out && bytes_overlap(in, n * size, out, n * size) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

static inline actfn_status check_buffers(size_t n, const float *in, const float *out)
{
    return check_buffers_of(sizeof *in, n, in, out);
}

/* Checks the buffers of a sum over n elements of `size` bytes.  If n is 0, all buffers may be missing. */
static inline actfn_status check_gradients(actfn_op op, size_t size, const float *params, size_t n, const void *x,
                                           const void *dy, const float *gradients)
{
    const size_t count = (size_t)actfn_op_record(op)->info.param_count;
    if (n == 0 && !gradients)
        return ACTFN_OK;
    if (!gradients || (n && (!x || !dy)))
        return ACTFN_ERR_NULL;
    if (too_long(gradients, count) || (n && (too_long_for(x, n, size) || too_long_for(dy, n, size))))
        return ACTFN_ERR_SIZE;
    if (overlap(gradients, count, params, count))
        return ACTFN_ERR_OVERLAP;
    return n && (bytes_overlap(gradients, count * sizeof *gradients, x, n * size) ||
                 bytes_overlap(gradients, count * sizeof *gradients, dy, n * size))
               ? ACTFN_ERR_OVERLAP
               : ACTFN_OK;
}

/* True if n is 0.  Then the function sets the gradients to +0. */
static inline bool is_sum_of_nothing(actfn_op op, size_t n, float *gradients)
{
    for (int k = 0; n == 0 && gradients && k < actfn_op_record(op)->info.param_count; k++)
        gradients[k] = 0.0f;
    return n == 0;
}

/* The type float, which is not a member of enum actfn_type. */
enum { TYPE_F32 = TYPE_COUNT };
static inline size_t size_of(int type) { return type == TYPE_F32 ? sizeof(float) : sizeof(uint16_t); }

/* n elements of a type. */
struct span {
    const void *p;
    size_t n;
    int type;
};
static inline bool too_long_span(struct span a) { return too_long_for(a.p, a.n, size_of(a.type)); }
static inline bool spans_overlap(struct span a, struct span b)
{
    return bytes_overlap(a.p, a.n * size_of(a.type), b.p, b.n * size_of(b.type));
}

static inline struct actfn_shape shape_of(size_t outer, size_t n, size_t inner)
{
    return (struct actfn_shape) { outer, n, inner, NULL };
}

static inline const struct actfn_sixteen *sixteen_of(int type) { return actfn_backend_active()->sixteen[type]; }

static inline const struct actfn_tables *tables_of(actfn_mode mode)
{
    return &actfn_backend_active()->tables[(int)mode];
}

#endif
