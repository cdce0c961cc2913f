/* SPDX-License-Identifier: MIT */
/*
 * The expected results of row operations and of the cross entropy, with the error that each result may have.  They are
 * computed in long double by the definitions of sections 8 and 9 of the specification, one contiguous row at a time.  A row
 * must have at least one element, a finite maximum (minimum for softmin) and no NaN; it may have elements of -inf (+inf for
 * softmin).  The library's catalogue gives the bounds for the mode under test, and nothing else comes from the library.
 */
#ifndef ACTFN_TEST_ROWS_ORACLE_H
#define ACTFN_TEST_ROWS_ORACLE_H

#include <actfn.h>
#include <stdbool.h>
#include <stddef.h>

struct bounded {
    long double value, bound;
};

/* Whether got lies within the bound of the value.  A value that exceeds all floats counts as an infinity. */
bool is_within(float got, struct bounded exact);

/* y has n values, or one if the operation reduces. */
void oracle_rows_forward(actfn_op op, float scale, size_t n, const float *x, struct bounded *y);

/* The gradient from the arrays that the entry reads.  y is the float that the library computed, not the exact value. */
void oracle_rows_backward(actfn_op op, float scale, size_t n, const float *x, const float *y, const float *dy,
                          struct bounded *dx);

/* Softmax cross entropy of one row: with targets t, or, if t is NULL, with one true class, smoothed by e. */
struct entropy_case {
    size_t n;
    const float *z, *t;
    size_t class;
    float smoothing, w, scale;
};
void oracle_cross_entropy(const struct entropy_case *c, struct bounded *loss, struct bounded *dz);

#endif
