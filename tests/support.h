/* SPDX-License-Identifier: MIT */
/*
 * Shared by the suites of behaviour, which know no operation by name.  A subject is an operation of the catalogue, one of
 * its forms, and one legal setting of its parameters.  A suite goes through all subjects of an operation.
 */
#ifndef ACTFN_TEST_SUPPORT_H
#define ACTFN_TEST_SUPPORT_H

#include <actfn.h>
#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ACTFN_TEST_LIGHT=1: fewer inputs, lengths and settings, for emulators and sanitizers, and where another run has all. */
bool light(void);
/* Such a run in the fast mode: what is the same code in both has been seen in the other, so fewer again. */
bool lightest(void);

/* ---- subjects ------------------------------------------------------------------------------------------------ */

enum form { FORWARD, BACKWARD, FROM_OUTPUT, PARAM_GRADIENT, FORM_COUNT };
enum { SETTINGS = 3 };

struct subject {
    actfn_op op;
    enum form form;
    int setting;
    bool all_settings; /* even where light() */
    int param_count;
    float params[ACTFN_MAX_PARAMS];
};

/*
 * How a subject is asked for, in the mode under test: the entry, or the kernel that stands behind it.  There is none to
 * be had of PARAM_GRADIENT, which is the entry in every way.
 */
enum way { ENTRY, KERNEL, WAY_COUNT };

/* The next subject of `op`, an elementwise operation (there is none of any other), from { .op = op, .setting = -1 } on; false after the last. */
bool next_subject(struct subject *s);
/* The same without PARAM_GRADIENT, whose result is not elementwise. */
bool next_elementwise(struct subject *s);

/* Setting 0 ... SETTINGS - 1: the defaults, if every parameter has one, then others.  False if there is none. */
bool op_setting(actfn_op op, int index, float params[ACTFN_MAX_PARAMS]);

/* Computes; dy is ignored in FORWARD, and out holds param_count gradients in PARAM_GRADIENT. */
actfn_status compute(const struct subject *s, enum way way, size_t n, const float *in, const float *dy, float *out);

/* "softplus(1, 20) backward", until the next call. */
const char *subject_text(const struct subject *s);

/* Whether a value is in the range of a parameter. */
bool is_in_range(const struct actfn_param_info *param, float value);

/* ---- numbers ------------------------------------------------------------------------------------------------- */

/* A number that looks random, the same one for the same i on every machine. */
uint64_t scramble(uint64_t i);

/* n inputs in the range where functions bend, with special values, but for NaN, strewn in. */
void fill_inputs(float *x, size_t n, uint64_t seed);

/* n inputs between -8 and 8 only. */
void fill_tame(float *x, size_t n, uint64_t seed);

/* n inputs between -1 and 1 only: whole blocks for which a short way is good, where a kernel has one. */
void fill_calm(float *x, size_t n, uint64_t seed);

/* The same bits; any NaN is any other, whose sign and payload are free. */
bool same(float a, float b);
/* The index of the first that differs; n where none does. */
size_t first_difference(const float *a, const float *b, size_t n);

/* A hash of the bits, all NaN alike. */
uint64_t hash_floats(uint64_t hash, const float *a, size_t n);

/* The promise is for machines with fused multiply-add; without it generic computes otherwise. */
bool has_fma(void);

/* ---- memory -------------------------------------------------------------------------------------------------- */

/* Whole pages between two that fault: begin is the start of a page, end is the end of one. */
struct guarded {
    float *begin, *end;
};
struct guarded guarded_pages(void);

/* Fills with a pattern that no result is, and tells whether it is there still. */
void fill_canary(float *from, const float *to);
bool canary_intact(const float *from, const float *to);

/* The tests of catalogue.c, a part of arguments_suite. */
TCase *catalogue_tests(void);

#endif
