/* SPDX-License-Identifier: MIT */
/* The definitions of the specification in multiple precision, with no thought for speed or cancellation. */
#ifndef ACTFN_TEST_MPFR_REFERENCE_H
#define ACTFN_TEST_MPFR_REFERENCE_H

#include <stdbool.h>

/* More than the floats' range of exponents, twice: 1 + x + x^2 keeps the last bit of every term. */
#define MPFR_REFERENCE_BITS 704

/* f, f' and the d f / d params[k] that exist; each rounded once to double. */
struct mpfr_value {
    double f, df, dp[4];
};

/* x is finite.  False if there is no such operation. */
bool mpfr_reference(const char *name, float x, const float *params, struct mpfr_value *result);

/*
 * f alone, rounded once to a type of 16 bits, ties to even: its bits.  `fraction` bits of it follow the leading one, and the
 * exponent has that bias.  Where 704 bits cannot tell f from half-way, 16384 do, or f is half-way.
 */
bool mpfr_reference_sixteen(const char *name, float x, const float *params, int fraction, int bias, unsigned *result);

void mpfr_reference_free(void);

#endif
