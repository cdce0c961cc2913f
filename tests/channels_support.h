/* SPDX-License-Identifier: MIT */
/* Shared by the suites of the channels family: the operations, their expected results, weights and tensors to try. */
#ifndef ACTFN_TEST_CHANNELS_SUPPORT_H
#define ACTFN_TEST_CHANNELS_SUPPORT_H

#include <actfn.h>
#include <stddef.h>

enum { MAX_ARRAYS = 4, MAX_TERMS = 5, MOST_CHANNELS = 80, MOST_WEIGHTS = MAX_TERMS * MOST_CHANNELS };
enum { PRELU, SRELU, APL, APL_OF_MANY, UNITS };

struct unit {
    actfn_op op;
    int arrays;
    size_t terms;
};
extern const struct unit units[UNITS];

const char *unit_name(const struct unit *f);

/* The results for one element with the weights p[array][term]: values, the sums of the magnitudes of their terms, d f / d p. */
struct element {
    double f, df, f_terms, df_terms;
    double dw[MAX_ARRAYS][MAX_TERMS];
};

struct element element_at(const struct unit *f, double x, double p[MAX_ARRAYS][MAX_TERMS]);

/* The weights, their gradients, and the gradients of a second call. */
extern float w[MAX_ARRAYS][MOST_WEIGHTS], dw[MAX_ARRAYS][MOST_WEIGHTS], dw2[MAX_ARRAYS][MOST_WEIGHTS];
extern const float *const weights[MAX_ARRAYS];
extern float *const dweights[MAX_ARRAYS], *const dweights2[MAX_ARRAYS];

/* Sets different weights for each channel, so that the elements take every branch.  In some channels tr is below tl. */
void fill_weights(const struct unit *f, size_t channels);

/* The weights of one channel. */
void weights_of(const struct unit *f, size_t channels, size_t c, double out[MAX_ARRAYS][MAX_TERMS]);

struct shape {
    size_t outer, channels, inner;
};
static inline size_t size_of(struct shape s) { return s.outer * s.channels * s.inner; }

/* One shape of each kind that the loops may treat in its own way.  In some of them blocks of sums begin and end. */
enum { SHAPES = 21, MOST = 1 << 17 };
extern const struct shape shapes[SHAPES];

/* Calls with the weights in w. */
actfn_status channels_forward(const struct unit *f, struct shape s, const float *from, float *to);
actfn_status channels_backward(const struct unit *f, struct shape s, const float *from, const float *from_dy, float *to,
                               float *const *gradients);
actfn_status prelu_from_output(struct shape s, const float *y, const float *dy, float *to);

void expect_equal(const struct unit *f, struct shape s, const char *what, size_t n, const float *got,
                  const float *wanted);

#endif
