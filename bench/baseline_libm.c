/* SPDX-License-Identifier: MIT */
/*
 * A scalar loop over the C library for every operation that needs one of its functions.  The formulas are textbook forms in
 * float.  Only their time is compared; they do not keep the catalogue's bounds.
 */
#include "baseline.h"

#include <math.h>

#define LOOP(op, f)                                                                                                    \
    static void libm_##op(size_t n, const float *in, float *y)                                                         \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            const float x = in[i];                                                                                     \
            y[i] = f;                                                                                                  \
        }                                                                                                              \
    }

#define LOOP_BACKWARD(op, df)                                                                                          \
    static void libm_##op##_grad(size_t n, const float *in, const float *dy, float *dx)                                \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            const float x = in[i];                                                                                     \
            dx[i] = dy[i] * (df);                                                                                      \
        }                                                                                                              \
    }

static inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }
static inline float square(float x) { return x * x; }
static inline float softplus(float x) { return fmaxf(x, 0.0f) + log1pf(expf(-fabsf(x))); }
static inline float silu_slope(float x, float s) { return s * (1.0f + x * (1.0f - s)); }
static inline float mish_slope(float x, float t, float s) { return t + x * s * (1.0f - t * t); }

static const float root_half = 0.70710678f, two_root_2_over_pi = 1.5957691f, root_1_over_2_pi = 0.39894228f;

LOOP(exp, expf(x))
LOOP(log, logf(x))
LOOP(tanh, tanhf(x))
LOOP(sinusoid, sinf(x))
LOOP(arctan, atanf(x))
LOOP(sinc, x != 0 ? sinf(x) / x : 1.0f)
LOOP(gaussian, expf(-(x *x)))
LOOP(tanhshrink, x - tanhf(x))
LOOP(sigmoid, sigmoid(x))
LOOP(log_sigmoid, -softplus(-x))
LOOP(softplus, softplus(x))
LOOP(silu, x *sigmoid(x))
LOOP(gelu, 0.5f * x * erfcf(-x * root_half))
LOOP(gelu_tanh, x *sigmoid(two_root_2_over_pi *(x + 0.044715f * x * x * x)))
LOOP(gelu_quick, x *sigmoid(1.702f * x))
LOOP(mish, x *tanhf(softplus(x)))
LOOP(elu, x > 0 ? x : expm1f(x))
LOOP(celu, x > 0 ? x : expm1f(x))
LOOP(selu, x > 0 ? 1.0507010f * x : 1.7580993f * expm1f(x))

LOOP_BACKWARD(exp, expf(x))
LOOP_BACKWARD(tanh, 1.0f - square(tanhf(x)))
LOOP_BACKWARD(sinusoid, cosf(x))
LOOP_BACKWARD(gaussian, -2.0f * x * expf(-x * x))
LOOP_BACKWARD(tanhshrink, square(tanhf(x)))
LOOP_BACKWARD(sigmoid, sigmoid(x) * sigmoid(-x))
LOOP_BACKWARD(log_sigmoid, sigmoid(-x))
LOOP_BACKWARD(softplus, sigmoid(x))
LOOP_BACKWARD(silu, silu_slope(x, sigmoid(x)))
LOOP_BACKWARD(gelu, 0.5f * erfcf(-x * root_half) + x * root_1_over_2_pi * expf(-0.5f * x * x))
LOOP_BACKWARD(mish, mish_slope(x, tanhf(softplus(x)), sigmoid(x)))
LOOP_BACKWARD(elu, x > 0 ? 1.0f : expf(x))
LOOP_BACKWARD(celu, x > 0 ? 1.0f : expf(x))
LOOP_BACKWARD(selu, x > 0 ? 1.0507010f : 1.7580993f * expf(x))

const struct baseline baseline_libm[] = {
    { "exp", "libm", libm_exp, libm_exp_grad },
    { "log", "libm", libm_log, NULL },
    { "tanh", "libm", libm_tanh, libm_tanh_grad },
    { "sinusoid", "libm", libm_sinusoid, libm_sinusoid_grad },
    { "arctan", "libm", libm_arctan, NULL },
    { "sinc", "libm", libm_sinc, NULL },
    { "gaussian", "libm", libm_gaussian, libm_gaussian_grad },
    { "tanhshrink", "libm", libm_tanhshrink, libm_tanhshrink_grad },
    { "sigmoid", "libm", libm_sigmoid, libm_sigmoid_grad },
    { "log_sigmoid", "libm", libm_log_sigmoid, libm_log_sigmoid_grad },
    { "softplus", "libm", libm_softplus, libm_softplus_grad },
    { "silu", "libm", libm_silu, libm_silu_grad },
    { "gelu", "libm", libm_gelu, libm_gelu_grad },
    { "gelu_tanh", "libm", libm_gelu_tanh, NULL },
    { "gelu_quick", "libm", libm_gelu_quick, NULL },
    { "mish", "libm", libm_mish, libm_mish_grad },
    { "elu", "libm", libm_elu, libm_elu_grad },
    { "celu", "libm", libm_celu, libm_celu_grad },
    { "selu", "libm", libm_selu, libm_selu_grad },
    { NULL, NULL, NULL, NULL },
};
