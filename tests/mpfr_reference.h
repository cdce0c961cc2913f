/* SPDX-License-Identifier: MIT */
/* The definitions of the specification in multiple precision.  Neither speed nor cancellation matters here. */
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

void mpfr_reference_free(void);

#endif
