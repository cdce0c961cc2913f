/* SPDX-License-Identifier: MIT */
/*
 * What row operations and the cross entropy are, in long double and by the definitions of sections 8 and 9 of the
 * specification, one contiguous row at a time, with the error that each result may have.  Rows have at least one
 * element, a finite maximum (minimum for softmin) and no NaN; elements of -inf (+inf for softmin) are understood.
 * Nothing is asked of the library but the bounds that its catalogue states for the mode under test.
 */
#ifndef ACTFN_TEST_ROWS_ORACLE_H
#define ACTFN_TEST_ROWS_ORACLE_H

#include <actfn.h>
#include <stdbool.h>
#include <stddef.h>

struct bounded {
    long double value, bound;
};

/* Whether got is value within bound, a value beyond all floats being an infinity. */
bool is_within(float got, struct bounded exact);

/* y has n values, or one where the operation reduces. */
void oracle_rows_forward(actfn_op op, float scale, size_t n, const float *x, struct bounded *y);

/* The gradient as a function of what the entry reads: of y as it is, a float, not as it should be. */
void oracle_rows_backward(actfn_op op, float scale, size_t n, const float *x, const float *y, const float *dy,
                          struct bounded *dx);

/* Softmax cross entropy of one row with targets t; t NULL and `class` for one of them, smoothed by e. */
struct entropy_case {
    size_t n;
    const float *z, *t;
    size_t class;
    float smoothing, w, scale;
};
void oracle_cross_entropy(const struct entropy_case *c, struct bounded *loss, struct bounded *dz);

#endif
