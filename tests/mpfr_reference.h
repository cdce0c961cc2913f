/* SPDX-License-Identifier: MIT */
/* The definitions of the specification in multiple precision.  Neither speed nor cancellation matters here. */
#ifndef ACTFN_TEST_MPFR_REFERENCE_H
#define ACTFN_TEST_MPFR_REFERENCE_H

#include <stdbool.h>

/* More than the floats' range of exponents, twice: 1 + x + x^2 keeps the last bit of every term. */
#define MPFR_REFERENCE_BITS 704

/* f, f' and the d f / d params[k] that exist, each rounded once to double; and what struct oracle_value says of terms. */
struct mpfr_value {
    double f, df, dp[4];
    double f_terms, df_terms, dp_terms[4];
};

/* f' from y, and the greatest |f'|, or its terms where there is none. */
struct mpfr_slope {
    double df, scale;
};

/* At an infinite x the limits.  False if there is no such operation. */
bool mpfr_reference(const char *name, float x, const float *params, struct mpfr_value *result);

/* False if the operation has no such form. */
bool mpfr_reference_from_output(const char *name, float y, const float *params, struct mpfr_slope *result);

/*
 * f alone, rounded once to a type of 16 bits, ties to even: its bits.  `fraction` bits of it follow the leading one, and the
 * exponent has that bias.  Where 704 bits cannot tell f from half-way, 16384 do, or f is half-way.
 */
bool mpfr_reference_sixteen(const char *name, float x, const float *params, int fraction, int bias, unsigned *result);

void mpfr_reference_free(void);

#endif
