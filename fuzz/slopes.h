/* SPDX-License-Identifier: MIT */
/* Where an operation is constant, or the identity, by its definition: there dx is +0, or dy, whatever dy is. */
#ifndef ACTFN_FUZZ_SLOPES_H
#define ACTFN_FUZZ_SLOPES_H

#include <actfn.h>

enum slope { ANY_SLOPE, NO_SLOPE, UNIT_SLOPE };

/* At x, which is no NaN, with the parameters that the call computes with. */
enum slope slope_at(actfn_op op, const float *params, float x);

#endif
