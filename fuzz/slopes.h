/* SPDX-License-Identifier: MIT */
/* Where an operation is constant or the identity by definition.  There dx is +0, or dy, whatever dy is. */
#ifndef ACTFN_FUZZ_SLOPES_H
#define ACTFN_FUZZ_SLOPES_H

#include <actfn.h>

enum slope { ANY_SLOPE, NO_SLOPE, UNIT_SLOPE };

/* The slope at x, which is not NaN, with the parameters of the call. */
enum slope slope_at(actfn_op op, const float *params, float x);

#endif
