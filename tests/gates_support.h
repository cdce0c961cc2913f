/* SPDX-License-Identifier: MIT */
/* Shared by the suites of the gates family: the operations with some settings, as calls of one row. */
#ifndef ACTFN_TEST_GATES_SUPPORT_H
#define ACTFN_TEST_GATES_SUPPORT_H

#include <actfn.h>
#include <stddef.h>

/* A setting of a gate.  g is the activation of that name; for swish, `alpha` is its parameter. */
struct setting {
    actfn_op op;
    const char *g;
    float params[2];
};

enum { GATE_SETTINGS = 11 };
extern const struct setting gate_settings[GATE_SETTINGS];

/* "avx2 fast: swiglu(1, 0)", until the next call. */
const char *gate_text(const struct setting *s);

actfn_status gate_forward(const struct setting *s, size_t n, const float *u, const float *v, float *y);
actfn_status gate_backward(const struct setting *s, size_t n, const float *u, const float *v, const float *dy,
                           float *du, float *dv);

#endif
