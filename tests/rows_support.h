/* SPDX-License-Identifier: MIT */
/* Shared by the suites of the rows family: the operations as calls, rows as parts of tensors, and rows to try. */
#ifndef ACTFN_TEST_ROWS_SUPPORT_H
#define ACTFN_TEST_ROWS_SUPPORT_H

#include "suites.h"

#include <actfn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A loop test for each operation of the family; the values of these operations are consecutive. */
#define for_rows(tcase, test) tcase_add_loop_test(tcase, test, ACTFN_SOFTMAX, ACTFN_MAXOUT + 1)

struct row_call {
    actfn_op op;
    bool backward;
    unsigned int flags;
    float scale; /* 0: the parameters are NULL */
};

struct shape {
    size_t outer, n, inner;
};

const char *row_text(const struct row_call *c, struct shape shape);

bool reduces(actfn_op op);
bool is_scaled(actfn_op op);
static inline size_t row_count(struct shape s) { return s.outer * s.inner; }
static inline size_t element_count(struct shape s) { return s.outer * s.n * s.inner; }
/* The number of elements of y, and of dy. */
size_t output_count(actfn_op op, struct shape s);
/* The number of elements that the call writes: those of y, or of dx. */
size_t result_count(const struct row_call *c, struct shape s);

/* Computes y from x, or dx.  An array that backward does not read, by the catalogue, is passed as NULL. */
actfn_status rows_compute(const struct row_call *c, struct shape s, const float *x, const float *y, const float *dy,
                          float *out);

/* Copies row number row = o * inner + i of a tensor from a contiguous row, or to one. */
void put_row(float *tensor, struct shape s, size_t row, const float *values);
void get_row(const float *tensor, struct shape s, size_t row, float *values);

/* Kinds of rows.  Only KIND_SPECIAL has NaN, or an infinite maximum or minimum. */
enum row_kind {
    KIND_TAME,   /* within 8 */
    KIND_SPREAD, /* within 100: weights down to zero */
    KIND_OFFSET, /* within 4 of a large number */
    KIND_TIES,   /* few different values */
    KIND_EQUAL,
    KIND_CLOSE,   /* within 1/n: everything in the support of sparsemax */
    KIND_MASKED,  /* tame, and -inf strewn in (+inf with `negative`) */
    KIND_HUGE,    /* any finite floats */
    KIND_SPECIAL, /* infinities and NaN */
    KIND_COUNT
};
void fill_row(enum row_kind kind, float *x, size_t n, uint64_t seed, bool negative);

extern const size_t row_lengths[];
extern const size_t row_inners[];
enum { LENGTHS = 14, INNERS = 7, MAX_LENGTH = 5000, MAX_INNER = 40 };

/* Selects the next of the other instruction sets of this machine, from index 0 on.  NULL after the last. */
const char *select_other_isa(int *index);

#endif
