/* SPDX-License-Identifier: MIT */
/*
 * The mathematical words of the accurate mode: SLEEF's.  v_log1p is wrong (infinite) above 1e38: no formula may come near.
 */
#ifndef ACTFN_SLEEF_WORDS_H
#define ACTFN_SLEEF_WORDS_H

#include "math/sleef.h"

WORD vf v_exp(vf x) { return SLEEF_NAME(expf, u10)(x); }
WORD vf v_expm1(vf x) { return SLEEF_NAME(expm1f, u10)(x); }
WORD vf v_log(vf x) { return SLEEF_NAME(logf, u10)(x); }
WORD vf v_log1p(vf x) { return SLEEF_NAME(log1pf, u10)(x); }
WORD vf v_tanh(vf x) { return SLEEF_NAME(tanhf, u10)(x); }
WORD vf v_atan(vf x) { return SLEEF_NAME(atanf, u10)(x); }
WORD vf v_sin(vf x) { return SLEEF_NAME(sinf, u10)(x); }
WORD vf v_cos(vf x) { return SLEEF_NAME(cosf, u10)(x); }
WORD vf v_pow(vf x, vf y) { return SLEEF_NAME(powf, u10)(x, y); }

#endif
