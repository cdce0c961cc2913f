/* SPDX-License-Identifier: MIT */
/* Shared by suite_golden.c and suite_golden_rules.c: a sample of floats, and an operation on a whole sample. */
#ifndef ACTFN_TEST_GOLDEN_SUPPORT_H
#define ACTFN_TEST_GOLDEN_SUPPORT_H

#include "floats.h"
#include "suites.h"

#include <check.h>

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

/* Room for the largest sample of these tests. */
enum { SAMPLE = 60000 };
static float sample_room[SAMPLE], first[SAMPLE], second[SAMPLE];

static inline const float *ones(void)
{
    static float one[SAMPLE];
    for (size_t i = 0; i < SAMPLE; i++)
        one[i] = 1;
    return one;
}

static inline struct floats sample(void)
{
    struct floats x = { sample_room, SAMPLE, 0 };
    floats_sample(&x, UINT32_MAX / 20011, UINT32_MAX / 80021);
    ck_assert_uint_lt(x.count, x.room);
    return x;
}

static inline void forward_all(actfn_op op, const float *params, size_t n, const float *x, float *y)
{
    ck_assert_int_eq(actfn_forward_f32(op, test_mode, params, n, x, y), ACTFN_OK);
}

static inline void backward_all(actfn_op op, const float *params, size_t n, const float *x, float *dx)
{
    ck_assert_int_eq(actfn_backward_f32(op, test_mode, params, n, x, ones(), dx), ACTFN_OK);
}

#endif
