/* SPDX-License-Identifier: MIT */
/*
 * The functions of math/doubles.h by the C library, for a library without SLEEF.  The C library's functions write errno where a
 * result overflows, underflows or does not exist, so they get no such argument here.  Their last bit may differ from SLEEF's.
 * A result that is rounded to 16 bits does not depend on the last bit (tests/without_sleef.sh).
 */
#ifndef ACTFN_DOUBLES_LIBM_H
#define ACTFN_DOUBLES_LIBM_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* Between these limits e^x is a normal number. */
#define EXP_LEAST (-708.0)
#define EXP_GREATEST 709.0

static inline double double_exp(double x)
{
    return x < EXP_LEAST ? DBL_MIN : x > EXP_GREATEST ? (double)INFINITY : exp(x);
}
static inline double double_log(double x) { return x > 0 ? log(x) : x == 0 ? -(double)INFINITY : (double)NAN; }
static inline double double_log1p(double x) { return x > -1 ? log1p(x) : x == -1 ? -(double)INFINITY : (double)NAN; }
static inline double double_sin(double x) { return x - x == 0 ? sin(x) : (double)NAN; }
static inline double double_atan(double x) { return atan(x); }
/* |x| < 1 */
static inline double double_expm1(double x) { return expm1(x); }
/* For x > 26 the result is less than 6e-296.  The product of such a number and any float is 0 in every 16-bit type. */
static inline double double_erfc(double x) { return erfc(x < 26 ? x : 26); }

static inline bool is_whole(double x) { return x - x == 0 && floor(x) == x; }

static inline double double_pow(double x, double y)
{
    const bool odd = is_whole(y) && !is_whole(y / 2);
    if (y == 0)
        return 1;
    if (x < 0 && !is_whole(y))
        return (double)NAN;
    if (x == 0) {
        const double zero = odd ? x : 0;
        return y > 0 ? zero : copysign((double)INFINITY, zero);
    }
    const double exponent = y * log(fabs(x)), sign = x < 0 && odd ? -1 : 1;
    return exponent < EXP_LEAST ? sign * DBL_MIN : exponent > EXP_GREATEST ? sign * (double)INFINITY : pow(x, y);
}

#endif
