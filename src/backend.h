/* SPDX-License-Identifier: MIT */
/* What a backend is: a name, the CPU features it needs, and one const table of kernels. */
#ifndef ACTFN_BACKEND_H
#define ACTFN_BACKEND_H

#include "cpu.h"

#include <actfn.h>

enum { MODE_COUNT = 2 };

/* NULL where the operation does not offer the form. */
struct actfn_kernels {
    actfn_forward_fn forward;
    actfn_backward_fn backward;
    actfn_backward_fn backward_from_output;
    actfn_backward_fn param_gradient; /* writes the gradients instead of dx */
};

struct actfn_backend {
    const char *name;
    uint32_t needs;                                  /* CPU_* bits, all of them */
    const struct actfn_kernels *kernels[MODE_COUNT]; /* by mode, then by operation */
};

/* The backends of this build, best first, NULL at the end. */
extern const struct actfn_backend *const actfn_backends[];

/* The one that runs; chosen at the first call. */
const struct actfn_backend *actfn_backend_active(void);

#endif
