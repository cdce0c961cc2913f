/* SPDX-License-Identifier: MIT */
/* Loops to compare the library with, such as a programmer without the library would write. */
#ifndef BENCH_BASELINE_H
#define BENCH_BASELINE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*baseline_forward_fn)(size_t n, const float *x, float *y);
typedef void (*baseline_backward_fn)(size_t n, const float *x, const float *dy, float *dx);

/* `name` is the catalogue's name of the operation; parameters have their defaults.  A missing form is NULL. */
struct baseline {
    const char *op;
    const char *kind; /* "libm", "sleef", "hand", "stream" */
    baseline_forward_fn forward;
    baseline_backward_fn backward;
};

/* Each table ends with a row without a name. */
extern const struct baseline baseline_libm[];
#if defined(__x86_64__)
extern const struct baseline baseline_avx2[], baseline_avx512[];
#elif defined(__aarch64__)
extern const struct baseline baseline_neon[];
#endif

#ifdef __cplusplus
}
#endif

#endif
