/* SPDX-License-Identifier: MIT */
/* The kernels of light.c, which the tables of both modes hold: for relu, actfn_avx2_relu_forward, ... */
#ifndef ACTFN_LIGHT_H
#define ACTFN_LIGHT_H

#include "kernels/kernel_tables.h"

#define FORWARD_IS_LIGHT(name) void LIGHT(name##_forward)(const float *params, size_t n, const float *x, float *y);
#define BACKWARD_IS_LIGHT(name, form)                                                                                  \
    void LIGHT(name##_##form)(const float *params, size_t n, const float *x, const float *dy, float *dx);
#define OP(name, NAME, value, arity, body, ...)                                                                        \
    IF_LIGHT_##body(FORWARD_IS_LIGHT(name) BACKWARD_IS_LIGHT(name, backward) BACKWARD_IS_LIGHT(name, from_output)      \
                        BACKWARD_IS_LIGHT(name, param_gradient))
#include "catalogue/ops.def"

void FIRST(hardmax_rows)(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y);
void FIRST(hardmax_rows_backward)(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                  const float *dy, float *dx);
void FIRST(maxout_rows)(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y);
void FIRST(maxout_rows_index)(struct actfn_shape shape, const float *x, float *y, int32_t *index);
void FIRST(maxout_rows_backward)(const float *params, struct actfn_shape shape, const float *x, const float *y,
                                 const float *dy, float *dx);

void LIGHT(draw_u32)(size_t n, uint32_t *words, const struct actfn_noise *draws);
void LIGHT(rrelu)(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
                  float *noise);
void LIGHT(rrelu_backward)(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
                           const float *dy, float *dx);

extern const struct actfn_channel_kernels LIGHT(channels)[OP_COUNT];

#endif
