/* SPDX-License-Identifier: MIT */
/*
 * The right result where floats are not precise enough.  A result in 16 bits is the number nearest to f(x).  The float that a
 * kernel computes has an error of a few ULP of a float.  So the definition of the list decides only where this float is within
 * the error of a number that is half-way between two results.
 */
#ifndef ACTFN_DEFINITIONS_H
#define ACTFN_DEFINITIONS_H

#include "catalogue/registry.h"

/* The error of a fast kernel's result in steps of a float, as the list promises, but at least 1.  A correctly rounded result
 * needs the 1, because the result may be the half-way number itself. */
static inline uint32_t reach_of(actfn_op op)
{
    const float bound = actfn_op_records[(int)op].info.ulp_forward_fast;
    return bound < 1.0f ? 1 : (uint32_t)bound;
}

/* f(x), rounded to the type. */
typedef uint16_t actfn_definition_fn(actfn_op op, const float *params, float x);
actfn_definition_fn actfn_definition_bf16, actfn_definition_f16;

#endif
