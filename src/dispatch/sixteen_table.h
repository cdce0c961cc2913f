/* SPDX-License-Identifier: MIT */
/* The kernels of a 16-bit type.  Declarations with actfn_bf16 serve actfn_f16, too, because both types are uint16_t. */
#ifndef ACTFN_SIXTEEN_TABLE_H
#define ACTFN_SIXTEEN_TABLE_H

#include "dispatch/backend.h"

/* Rows as in backend.h, of 16-bit elements. */
struct sixteen_rows {
    const uint16_t *p;
    size_t stride;
};
struct sixteen_rows_out {
    uint16_t *p;
    size_t stride;
};

/* One value for each row of a tensor: `narrow` has the 16-bit type, `wide` has floats.  At least one of the two is NULL. */
struct row_values {
    const uint16_t *narrow;
    const float *wide;
};
struct row_results {
    uint16_t *narrow;
    float *wide;
};

struct actfn_sixteen {
    const actfn_forward_bf16_fn *forward;
    const actfn_backward_bf16_fn *backward, *from_output;
    void (*param_gradient)(actfn_op op, const float *params, size_t n, const uint16_t *x, const uint16_t *dy,
                           float *gradients);
    /* `noise` may be NULL. */
    void (*rrelu)(const float *params, const struct actfn_noise *draws, size_t n, const uint16_t *x, uint16_t *y,
                  uint16_t *noise);
    void (*rrelu_backward)(const float *params, const struct actfn_noise *draws, size_t n, const uint16_t *x,
                           const uint16_t *dy, uint16_t *dx);
    void (*to_f32)(size_t n, const uint16_t *x, float *y);
    void (*from_f32)(size_t n, const float *x, uint16_t *y);
    /* du.p or dv.p may be NULL. */
    void (*gate)(actfn_op op, const float *params, size_t rows, size_t n, struct sixteen_rows u, struct sixteen_rows v,
                 struct sixteen_rows_out y);
    void (*gate_backward)(actfn_op op, const float *params, size_t rows, size_t n, struct sixteen_rows u,
                          struct sixteen_rows v, struct sixteen_rows dy, struct sixteen_rows_out du,
                          struct sixteen_rows_out dv);
    /* If the operation reduces, y and dy are values of rows.  If not, y.narrow and dy.narrow are tensors. */
    void (*rows)(actfn_op op, const float *params, unsigned int flags, struct actfn_shape shape, const uint16_t *x,
                 struct row_results y);
    void (*rows_backward)(actfn_op op, const float *params, struct actfn_shape shape, const uint16_t *x,
                          struct row_values y, struct row_values dy, uint16_t *dx);
    void (*maxout_index)(struct actfn_shape shape, const uint16_t *x, uint16_t *y, int32_t *index);
    /* Dense if t is not NULL, by class otherwise.  The member t of `targets` is not used. */
    void (*cross_entropy)(const float *params, struct actfn_shape shape, const uint16_t *z, const uint16_t *t,
                          const struct actfn_targets *targets, float *loss, uint16_t *dz);
    void (*loss)(actfn_op op, const float *params, size_t n, const uint16_t *z, const uint16_t *t, const float *w,
                 float scale, float *loss, uint16_t *dz);
    /* softmax of (x + g) / tau, with a scale.  If `hard`, y is the one-hot result.  soft may be NULL. */
    void (*gumbel)(float tau, float scale, int hard, const struct actfn_noise *draws, struct actfn_shape shape,
                   const uint16_t *x, uint16_t *y, uint16_t *soft);
    /* The gradient of softmax with a scale, times line[0]; line[1] is 0. */
    void (*gumbel_backward)(float scale, const float *line, struct actfn_shape shape, const uint16_t *soft,
                            const uint16_t *dy, uint16_t *dx);
};

#endif
