/* SPDX-License-Identifier: MIT */
/*
 * The tally of a walk over floats for one operation, setting, direction and contestant: the largest error and its x, the
 * number of correctly rounded results, whether a result left the function's range, whether the results are monotonic where
 * the function is, and a hash of all bits.  The tallies of parts add up to the tally of the whole, in any order.
 */
#ifndef ACTFN_TEST_MEASURE_H
#define ACTFN_TEST_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of elements that are measured at a time. */
enum { BLOCK = 4096 };

struct tally {
    uint64_t count;     /* inputs that are no NaN */
    uint64_t rounded;   /* correctly rounded results, as far as the reference can tell */
    uint64_t wrong_nan; /* results that are NaN where they must not be, or the reverse */
    double worst;       /* the largest error in ULP */
    float worst_at;     /* its input; of several inputs the one with the lowest bits */
    float worst_got;
    double worst_exact;
    uint64_t turns; /* steps the wrong way: the result falls where the function rises, or rises where it falls */
    double back;    /* the largest such step, in ULP */
    float back_at;
    float least, greatest; /* of the results, and of the rounded exact results */
    float exact_least, exact_greatest;
    uint64_t hash;
};

void tally_clear(struct tally *t);
void tally_add(struct tally *to, const struct tally *part);

/* Whether a result lies outside the range of the rounded exact results. */
bool tally_left_range(const struct tally *t);

/* Errors as in ulp_error() of floats.h: in ULP of the exact result, or of 2^-24 terms if that is more. */
void tally_errors(struct tally *t, size_t n, const float *x, const float *got, const double *exact,
                  const double *terms);

/* Errors in units of 2^-24 scale: for derivatives from y. */
void tally_scaled_errors(struct tally *t, size_t n, const float *y, const float *got, const double *exact,
                         const double *scale);

/* Compares neighbours within runs of `run` consecutive floats. */
void tally_turns(struct tally *t, size_t n, size_t run, const float *x, const float *got, const double *exact);

/* Hashes the bits of got, weighted by those of x, so that the order of the floats does not matter.  All NaN are equal. */
void tally_hash(struct tally *t, size_t n, const float *x, const float *got);

#endif
