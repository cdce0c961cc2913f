/* SPDX-License-Identifier: MIT */
/*
 * The mathematical words of the reproducible mode: SLEEF's, by the name that each vocabulary's SLEEF_NAME makes.  The
 * `finz` variants are the ones for which SLEEF promises the same bits on every architecture with FMA.  Errors are at
 * most 1 ulp.  v_log1p is wrong (infinite) above 1e38: do not come near.
 */
#ifndef ACTFN_MATH_WORDS_H
#define ACTFN_MATH_WORDS_H

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
