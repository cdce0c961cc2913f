/* SPDX-License-Identifier: MIT */
/*
 * The right result where floats are not precise enough to tell it.  A result in 16 bits is the nearest one to f(x).  The float
 * that a kernel computes has an error of a few of a float's ULP.  So only where it lies so near a number half-way between two
 * results, the definition of the list decides.
 */
#ifndef ACTFN_DEFINITIONS_H
#define ACTFN_DEFINITIONS_H

#include "catalogue/registry.h"

/* How many steps of a float the fast kernels' results may be off: their promise in the list.  One at least, which a result that
 * is correctly rounded to the half-way number itself needs. */
static inline uint32_t reach_of(actfn_op op)
{
    const float bound = actfn_op_records[(int)op].info.ulp_forward_fast;
    return bound < 1.0f ? 1 : (uint32_t)bound;
}

/* f(x), rounded to the type. */
typedef uint16_t actfn_definition_fn(actfn_op op, const float *params, float x);
actfn_definition_fn actfn_definition_bf16, actfn_definition_f16;

#endif
