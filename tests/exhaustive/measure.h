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

/* Elements that are measured at a time. */
enum { BLOCK = 4096 };

struct tally {
    uint64_t count;     /* inputs that are no NaN */
    uint64_t rounded;   /* results that are the exact one rounded to nearest, as far as the reference can tell */
    uint64_t wrong_nan; /* results that are NaN and must not be, or are none and must be */
    double worst;       /* the largest error in ULP */
    float worst_at;     /* its input, the lowest pattern of bits where several have it */
    float worst_got;
    double worst_exact;
    uint64_t turns; /* neighbours between which the result goes the other way than the function */
    double back;    /* by how many ULP at most */
    float back_at;
    float least, greatest; /* of the results, and of the exact ones when rounded */
    float exact_least, exact_greatest;
    uint64_t hash;
};

void tally_clear(struct tally *t);
void tally_add(struct tally *to, const struct tally *part);

/* The result is beyond what any exact result rounds to. */
bool tally_left_range(const struct tally *t);

/* Errors as floats.h's ulp_error has them: in ULP of the exact result, or of 2^-24 terms where that is more. */
void tally_errors(struct tally *t, size_t n, const float *x, const float *got, const double *exact,
                  const double *terms);

/* Errors in units of 2^-24 scale: of derivatives from y. */
void tally_scaled_errors(struct tally *t, size_t n, const float *y, const float *got, const double *exact,
                         const double *scale);

/* Neighbours within runs of so many consecutive floats. */
void tally_turns(struct tally *t, size_t n, size_t run, const float *x, const float *got, const double *exact);

/* The bits of got, weighted by those of x, so that the order in which floats come does not matter; all NaN alike. */
void tally_hash(struct tally *t, size_t n, const float *x, const float *got);

#endif
