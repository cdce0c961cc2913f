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

/* The same, and params_of. */
static inline actfn_status check_call(actfn_op op, actfn_family family, actfn_mode mode, const float **params)
{
    const actfn_status status = check_op(op, family, mode);
    return status == ACTFN_OK ? params_of(actfn_op_record(op), params) : status;
}

/* An input and an output of n floats each must be one buffer, or have no float in common. */
static inline actfn_status check_buffers(size_t n, const float *in, const float *out)
{
    if (!in || !out)
        return ACTFN_ERR_NULL;
    if (too_long(in, n) || too_long(out, n))
        return ACTFN_ERR_SIZE;
    return in != out && overlap(in, n, out, n) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

static inline const struct actfn_tables *tables_of(actfn_mode mode)
{
    return &actfn_backend_active()->tables[(int)mode];
}

#endif
