/* SPDX-License-Identifier: MIT */
/*
 * Shared by the suites of behaviour, which do not know operations by name.  A subject is an operation of the catalogue, one of
 * its forms, and one legal setting of its parameters.  A suite goes through all subjects of an operation.
 */
#ifndef ACTFN_TEST_SUPPORT_H
#define ACTFN_TEST_SUPPORT_H

#include <actfn.h>
#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ACTFN_TEST_LIGHT=1: fewer inputs, lengths and settings, for emulators, for sanitizers, and if another run has everything. */
bool light(void);
/* A light run in the fast mode: code that both modes share was tested in the other mode, so there are fewer inputs again. */
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
 * The function that computes a subject in the mode under test: the entry, or the kernel behind it.  PARAM_GRADIENT has no
 * kernel, and always takes the entry.
 */
enum way { ENTRY, KERNEL, WAY_COUNT };

/* The next subject of `op`, from { .op = op, .setting = -1 } on.  False after the last, and if `op` is not elementwise. */
bool next_subject(struct subject *s);
/* The same without PARAM_GRADIENT, whose result is not elementwise. */
bool next_elementwise(struct subject *s);

/* Settings 0 ... SETTINGS - 1: the defaults, if every parameter has a default, then others.  False if the setting does not
 * exist. */
bool op_setting(actfn_op op, int index, float params[ACTFN_MAX_PARAMS]);

/* Computes a subject.  FORWARD ignores dy; in PARAM_GRADIENT out holds param_count gradients. */
actfn_status compute(const struct subject *s, enum way way, size_t n, const float *in, const float *dy, float *out);

/* "softplus(1, 20) backward".  The text lives until the next call. */
const char *subject_text(const struct subject *s);

/* Whether a value lies in the range of a parameter. */
bool is_in_range(const struct actfn_param_info *param, float value);

/* ---- numbers ------------------------------------------------------------------------------------------------- */

/* A number that looks random.  The same i gives the same number on every machine. */
uint64_t scramble(uint64_t i);

/* n inputs in the range where functions bend, with special values among them, but no NaN. */
void fill_inputs(float *x, size_t n, uint64_t seed);

/* n inputs between -8 and 8 only. */
void fill_tame(float *x, size_t n, uint64_t seed);

/* n inputs between -1 and 1 only: a kernel with a shorter path takes it for whole blocks of them. */
void fill_calm(float *x, size_t n, uint64_t seed);

/* Whether the bits are the same.  Any NaN equals any other NaN, because sign and payload are free. */
bool same(float a, float b);
/* The index of the first element that differs; n if none differs. */
size_t first_difference(const float *a, const float *b, size_t n);

/* A hash of the bits.  All NaN are equal. */
uint64_t hash_floats(uint64_t hash, const float *a, size_t n);

/* Whether the promise of bits holds here: it is for machines with fused multiply-add, and generic has other bits without. */
bool has_fma(void);

/* ---- memory -------------------------------------------------------------------------------------------------- */

/* Whole pages between two pages that fault.  `begin` is the start of the first page, `end` the end of the last. */
struct guarded {
    float *begin, *end;
};
struct guarded guarded_pages(void);

/* Fills memory with a pattern that no result has; and tells whether the pattern is still there. */
void fill_canary(float *from, const float *to);
bool canary_intact(const float *from, const float *to);

/* The tests of catalogue.c, a part of arguments_suite. */
TCase *catalogue_tests(void);

#endif
