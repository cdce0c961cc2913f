/* SPDX-License-Identifier: MIT */
/*
 * The logarithms, the circular functions and pow of the fast mode on one lane: SLEEF's.  A call costs scalar code nothing,
 * and without FMA instructions each v_fma is a call itself.
 */
#ifndef ACTFN_ELEMENTARY_SCALAR_H
#define ACTFN_ELEMENTARY_SCALAR_H

#include "math/sleef.h"

WORD vf v_log(vf x) { return SLEEF_NAME(logf, u10)(x); }
WORD vf v_log1p(vf x) { return SLEEF_NAME(log1pf, u10)(x); }
WORD vf v_atan(vf x) { return SLEEF_NAME(atanf, u10)(x); }
WORD vf v_sin(vf x) { return SLEEF_NAME(sinf, u10)(x); }
WORD vf v_cos(vf x) { return SLEEF_NAME(cosf, u10)(x); }
WORD vf v_pow(vf x, vf y) { return SLEEF_NAME(powf, u10)(x, y); }

#endif
