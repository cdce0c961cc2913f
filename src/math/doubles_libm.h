/* SPDX-License-Identifier: MIT */
/*
 * The C library's functions for doubles.h, where there is no SLEEF.  The library leaves errno alone, and the C library writes it
 * where a result is too large, too small, or none.  So the C library gets no such argument, and what the result is stands here.
 */
#ifndef ACTFN_DOUBLES_LIBM_H
#define ACTFN_DOUBLES_LIBM_H

#include <float.h>
#include <math.h>

/* Between these e^x is a normal number. */
static inline double double_exp(double x) { return x < -708 ? DBL_MIN : x > 709 ? (double)INFINITY : exp(x); }

static inline double double_log(double x) { return x > 0 ? log(x) : x == 0 ? -(double)INFINITY : (double)NAN; }
static inline double double_log1p(double x) { return x > -1 ? log1p(x) : x == -1 ? -(double)INFINITY : (double)NAN; }

static inline double double_sin(double x) { return sin(x); }
static inline double double_atan(double x) { return atan(x); }
static inline double double_expm1(double x) { return expm1(x); }

/* Beyond 26 the result is smaller than any 16-bit number. */
static inline double double_erfc(double x) { return erfc(x < 26 ? x : 26); }

/* (-1)^beta is the sign.  A result that is no normal number is infinite in 16 bits, or 0, whatever float it is multiplied with. */
static inline double double_pow(double x, double beta)
{
    const double a = x < 0 ? -x : x;
    if (beta == 0 || x == 1)
        return 1;
    if (a == 0)
        return beta > 0 ? pow(x, beta) : 1 / pow(x, -beta);
    if (x < 0 && floor(beta) != beta)
        return (double)NAN;
    const double sign = x < 0 ? pow(-1, beta) : 1, exponent = beta * log2(a);
    return exponent > 1023.99 ? sign * (double)INFINITY : exponent < -1022 ? sign * DBL_MIN : sign * pow(a, beta);
}

#endif
