/* SPDX-License-Identifier: MIT */
/* The definitions of the specification in multiple precision.  Neither speed nor cancellation matters here. */
#ifndef ACTFN_TEST_MPFR_REFERENCE_H
#define ACTFN_TEST_MPFR_REFERENCE_H

#include <stdbool.h>

/* More than twice the range of exponents of floats, so that 1 + x + x^2 keeps the last bit of every term. */
#define MPFR_REFERENCE_BITS 704

/* f, f' and the existing d f / d params[k], each rounded once to double; terms as in struct oracle_value. */
struct mpfr_value {
    double f, df, dp[4];
    double f_terms, df_terms, dp_terms[4];
};

/* f' from y, and the greatest |f'|, or the sum of the terms' magnitudes if f' has no maximum. */
struct mpfr_slope {
    double df, scale;
};

/* An infinite x gives the limits.  False if the operation does not exist. */
bool mpfr_reference(const char *name, float x, const float *params, struct mpfr_value *result);

/* False if the operation has no such form. */
bool mpfr_reference_from_output(const char *name, float y, const float *params, struct mpfr_slope *result);

/*
 * f alone, rounded once to a 16-bit type, ties to even.  The result is its bits.  `fraction` bits follow the leading one, and
 * the exponent has that bias.  If 704 bits cannot tell f from half-way between two numbers, 16384 bits decide, or f is
 * half-way.
 */
bool mpfr_reference_sixteen(const char *name, float x, const float *params, int fraction, int bias, unsigned *result);

void mpfr_reference_free(void);

#endif
