/* SPDX-License-Identifier: MIT */
/* The suites that main.c runs, and the functions of main.c that they use. */
#ifndef ACTFN_TEST_SUITES_H
#define ACTFN_TEST_SUITES_H

#include <actfn.h>
#include <check.h>
#include <stdbool.h>

/*
 * The subject of the tests: the instruction set, which main.c has selected and verified to be active; the mode; and both as a
 * text for messages, "avx2 fast".  A suite runs in one mode at a time, and compares with results of the same mode.
 */
extern const char *test_isa, *test_run;
extern actfn_mode test_mode;

/* The catalogue's bounds of f and f' in the mode under test. */
float forward_bound(actfn_op op);
float backward_bound(actfn_op op);

bool is_elementwise(int op);
/* A loop test for each elementwise operation; the other families have suites of their own. */
#define for_elementwise(tcase, test)                                                                                   \
    do {                                                                                                               \
        for (int op_ = 0; op_ < actfn_op_count(); op_++)                                                               \
            if (is_elementwise(op_))                                                                                   \
                tcase_add_loop_test(tcase, test, op_, op_ + 1);                                                        \
    } while (0)

/* Run for every instruction set of this machine, in each mode. */
Suite *golden_suite(void);        /* the golden vectors of the specification */
Suite *special_suite(void);       /* its tables of special values, bit for bit */
Suite *ulp_suite(void);           /* sampled error against the oracle, forward, backward, from output, parameters */
Suite *memory_suite(void);        /* guard pages, every length and offset, aliasing, in place */
Suite *memory_calls_suite(void);  /* the same for every entry of every family, and its use of the stack */
Suite *bits_suite(void);          /* the same bits for every split, offset, alignment; accurate ones on every set */
Suite *bits_calls_suite(void);    /* the same bits for every entry of every family */
Suite *nan_suite(void);           /* NaN in every lane and tail position */
Suite *lanes_suite(void);         /* odd elements of every kind among ordinary ones, and blocks of odd ones only */
Suite *streaming_suite(void);     /* results past the caches: the same bits, the threshold */
Suite *fpenv_suite(void);         /* rounding modes, traps, sticky flags, errno */
Suite *random_suite(void);        /* the random family: draws, rrelu */
Suite *gumbel_suite(void);        /* gumbel_softmax by value */
Suite *losses_suite(void);        /* sigmoid_bce, sigmoid_mse */
Suite *channels_suite(void);      /* prelu, srelu, apl by value */
Suite *channels_sums_suite(void); /* prelu, srelu, apl: layouts, sums */
Suite *gates_suite(void);         /* the gated units by value */
Suite *gates_rows_suite(void);    /* the gated units: rows and strides, packed rows */
Suite *rows_suite(void);          /* rows: values, identities, error against the oracle */
Suite *rows_special_suite(void);  /* rows: the table of special values */
Suite *rows_bits_suite(void);     /* rows: the same bits along every axis, in every place */
Suite *maxout_suite(void);        /* maxout with indices */
Suite *cross_entropy_suite(void); /* softmax_cross_entropy by value */
Suite *cross_entropy_calls_suite(void); /* softmax_cross_entropy: the same bits along every axis, in every place */

Suite *assists_suite(void); /* no kernel computes with subnormal numbers without need; x86 only */

TCase *stack_tests(void);           /* a part of memory_calls_suite */
TCase *sixteen_row_tests(void);     /* a part of sixteen_suite */
TCase *sixteen_entropy_tests(void); /* a part of sixteen_suite */
TCase *sixteen_channel_tests(void); /* a part of sixteen_suite */
TCase *golden_rules_tests(void);    /* a part of golden_suite */

/* Run for every instruction set, without a mode or in the accurate mode alone. */
Suite *words_suite(void);       /* each word of the vocabulary, against its rule */
Suite *sixteen_suite(void);     /* the 16-bit types: conversions, correct rounding, both modes at once */
Suite *family_bits_suite(void); /* the families: the same bits on every machine */

/* Run once. */
Suite *oracle_suite(void);    /* the oracle itself, against MPFR */
Suite *arguments_suite(void); /* bad arguments, and the catalogue */
Suite *bad_input_suite(void); /* every argument of every entry made illegal in every way, counted */
Suite *dispatch_suite(void);  /* selection, and decoding of invented CPUs */
Suite *named_suite(void);     /* the families' functions by name are the entries by operation */
Suite *part_suite(void);      /* how threads split a buffer */

#endif
