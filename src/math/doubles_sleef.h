/* SPDX-License-Identifier: MIT */
/*
 * The functions of math/doubles.h by SLEEF.  These variants use no fused multiply-add, so they run on every CPU and have the
 * same bits everywhere.  They write no errno.
 */
#ifndef ACTFN_DOUBLES_SLEEF_H
#define ACTFN_DOUBLES_SLEEF_H

#include <sleef.h>

static inline double double_exp(double x) { return Sleef_cinz_expd1_u10purec(x); }
static inline double double_log(double x) { return Sleef_cinz_logd1_u10purec(x); }
static inline double double_log1p(double x) { return Sleef_cinz_log1pd1_u10purec(x); }
static inline double double_sin(double x) { return Sleef_cinz_sind1_u10purec(x); }
static inline double double_atan(double x) { return Sleef_cinz_atand1_u10purec(x); }
static inline double double_expm1(double x) { return Sleef_cinz_expm1d1_u10purec(x); }
static inline double double_erfc(double x) { return Sleef_cinz_erfcd1_u15purec(x); }
static inline double double_pow(double x, double y) { return Sleef_cinz_powd1_u10purec(x, y); }

#endif
