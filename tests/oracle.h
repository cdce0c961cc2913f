/* SPDX-License-Identifier: MIT */
/*
 * The oracle: the expected result of every operation, in double precision, with a relative error of at most 2^-40.
 *
 * The oracle is written from the specification alone and shares only the names of the operations with the kernels.  So a
 * mistake goes unnoticed only if it is made twice.  oracle_suite compares the oracle with MPFR.
 */
#ifndef ACTFN_TEST_ORACLE_H
#define ACTFN_TEST_ORACLE_H

#include <actfn.h>
#include <stdbool.h>
#include <stddef.h>

/* f' by definition, where dy must not be multiplied with a computed f'. */
enum oracle_slope { ORACLE_GENERAL, ORACLE_ZERO, ORACLE_ONE };

struct oracle_value {
    double f, df;
    /* The sum of the magnitudes of the terms of f and of f'.  Without cancellation these are |f| and |f'|.  Near a zero
       that is not at x = 0, an error can only be small against these sums. */
    double f_terms, df_terms;
    enum oracle_slope slope;
    double dp[ACTFN_MAX_PARAMS];       /* d f / d params[k] */
    double dp_terms[ACTFN_MAX_PARAMS]; /* and the sum of the magnitudes of its terms */
    bool dp_zero[ACTFN_MAX_PARAMS];    /* 0 by definition, whatever dy is */
};

/* f' from y.  An error is measured against scale: the greatest |f'|, or the sum of the terms' magnitudes if f' is unbounded. */
struct oracle_from_output {
    double df, scale;
};

/* The members of struct oracle_value as arrays. */
struct oracle_values {
    double *f, *df, *f_terms, *df_terms;
};

struct oracle {
    const char *name;
    struct oracle_value (*value)(double x, const double *p);
    struct oracle_from_output (*from_output)(double y, const double *p);
    /* The same for n elements, without the derivatives to parameters.  NaN and infinities as in oracle_at. */
    void (*values)(size_t n, const float *x, const double *p, const struct oracle_values *v);
    void (*slopes)(size_t n, const float *y, const double *p, double *df, double *scales);
    const float (*further)[ACTFN_MAX_PARAMS]; /* settings for tests, in addition to the defaults */
    int further_count;
};

/* The lines of oracle.def, in their order. */
int oracle_count(void);
const struct oracle *oracle_line(int index);

/* The line of that name, or NULL. */
const struct oracle *oracle_find(const char *name);

/* x is any float, also NaN or infinite; p are the exact parameters.  An infinite result is an infinity. */
struct oracle_value oracle_at(const struct oracle *line, double x, const double *p);

/* The settings to test an operation with: the defaults, if every parameter has a default, then the settings of its line. */
int oracle_setting_count(actfn_op op);
void oracle_setting(actfn_op op, int index, float params[ACTFN_MAX_PARAMS], double exact[ACTFN_MAX_PARAMS]);

/* "alpha=0.5 beta=2", or "" */
const char *oracle_setting_text(actfn_op op, const float *params);

#endif
