/* SPDX-License-Identifier: MIT */
/*
 * SLEEF's functions, by the name that the vocabulary's SLEEF_NAME makes: SLEEF_NAME(expf, u10)(x).  SLEEF promises for its
 * `finz` variants the same bits on every architecture with FMA.  Errors are at most 1 ulp.
 */
#ifndef ACTFN_SLEEF_H
#define ACTFN_SLEEF_H

#include "math/simd.h"

#ifndef V_SCALAR
#include <sleef.h>
#endif

#endif
