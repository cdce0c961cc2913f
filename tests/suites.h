/* SPDX-License-Identifier: MIT */
/* The suites that main.c runs, and what they may ask of it. */
#ifndef ACTFN_TEST_SUITES_H
#define ACTFN_TEST_SUITES_H

#include <actfn.h>
#include <check.h>

/* The instruction set under test: main.c has selected it and verified that it is active. */
extern const char *test_isa;

/* Run once for every instruction set of this machine. */
Suite *words_suite(void);       /* each word of the vocabulary, against its rule */
Suite *golden_suite(void);      /* the golden vectors of the specification */
Suite *special_suite(void);     /* its tables of special values, bit for bit */
Suite *ulp_suite(void);         /* sampled error against the oracle, forward, backward, from output, parameters */
Suite *memory_suite(void);      /* guard pages, every length and offset, aliasing, in place */
Suite *bits_suite(void);        /* the same bits for every split, offset, alignment, and as on every other set */
Suite *nan_suite(void);         /* NaN in every lane and tail position */
Suite *fpenv_suite(void);       /* rounding modes, traps, sticky flags, errno */

/* Run once. */
Suite *oracle_suite(void);      /* the oracle itself, against MPFR */
Suite *arguments_suite(void);   /* bad arguments, and the catalogue */
Suite *dispatch_suite(void);    /* selection, and decoding of invented CPUs */

#endif
