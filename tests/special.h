/* SPDX-License-Identifier: MIT */
/* The special values of the specification, as data. */
#ifndef ACTFN_TEST_SPECIAL_H
#define ACTFN_TEST_SPECIAL_H

#include <float.h>
#include <actfn.h>
#include <math.h>

/* clang-format off */
/* The expected result: a double.  If the double is a float, the comparison is bit for bit, otherwise within the bound. */
#define ZERO 0x1p-1074    /* a zero of either sign */
#define ANY 0x1p-1073     /* not tested here */
#define INF ((double)INFINITY)
#define LN2 0.69314718055994530942
#define LA 1.7580993408473768599

/* f' at 0 is the value at both zeros.  Where they differ it is the value at +0, and `points` has the other. */
static const struct special {
    const char *name;
    float params[ACTFN_MAX_PARAMS];
    double minus_zero, inf, minus_inf, slope_inf, slope_minus_inf, slope_zero;
} special[] = {
    /*                                f(-0)      f(inf)  f(-inf)  f'(inf)  f'(-inf)  f'(0) */
    { "identity", { 0 },              -0.0,      INF,    -INF,    1,       1,        1 },
    { "binary_step", { 0 },           1,         1,      0,       0,       0,        0 },
    { "sigmoid", { 0 },               0.5,       1,      0,       ZERO,    ZERO,     0.25 },
    { "tanh", { 0 },                  -0.0,      1,      -1,      ZERO,    ZERO,     1 },
    { "arctan", { 0 },                -0.0,      0x1.921fb6p0, -0x1.921fb6p0, ZERO, ZERO, 1 },
    { "softsign", { 0 },              -0.0,      1,      -1,      ZERO,    ZERO,     1 },
    { "relu", { 0 },                  0,         INF,    0,       1,       0,        0 },
    { "relu6", { 0 },                 0,         6,      0,       0,       0,        0 },
    { "squared_relu", { 0 },          0,         INF,    0,       INF,     0,        0 },
    { "selu", { 0 },                  -0.0,      INF,    -0x1.c212ccp0, 0x1.0cfabep0, ZERO, 0x1.c212ccp0 },
    { "silu", { 0 },                  -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "gelu", { 0 },                  -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "gelu_tanh", { 0 },             -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "gelu_quick", { 0 },            -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "mish", { 0 },                  -0.0,      INF,    -0.0,    1,       -0.0,     0.6 },
    { "hardsigmoid", { 0 },           0.5,       1,      0,       0,       0,        1. / 6 },
    { "hardswish", { 0 },             -0.0,      INF,    -0.0,    1,       0,        0.5 },
    { "log_sigmoid", { 0 },           -LN2,      -0.0,   -INF,    ZERO,    1,        0.5 },
    { "tanhshrink", { 0 },            -0.0,      INF,    -INF,    1,       1,        ZERO },
    { "bent_identity", { 0 },         -0.0,      INF,    -INF,    1.5,     0.5,      1 },
    { "sinusoid", { 0 },              -0.0,      (double)NAN, (double)NAN, (double)NAN, (double)NAN, 1 },
    { "sinc", { 0 },                  1,         0,      0,       ZERO,    ZERO,     ZERO },
    { "gaussian", { 0 },              1,         0,      0,       ZERO,    ZERO,     ZERO },
    { "sparse_plus", { 0 },           0.25,      INF,    0,       1,       0,        0.5 },
    { "sparse_sigmoid", { 0 },        0.5,       1,      0,       0,       0,        0.5 },
    { "exp", { 0 },                   1,         INF,    0,       INF,     ZERO,     1 },
    { "abs", { 0 },                   0,         INF,    INF,     1,       -1,       ZERO },
    { "square", { 0 },                0,         INF,    INF,     INF,     -INF,     ZERO },
    { "sqrt", { 0 },                  -0.0,      INF,    (double)NAN, ZERO, (double)NAN, INF },
    { "log", { 0 },                   -INF,      INF,    (double)NAN, ZERO, (double)NAN, INF },
    { "round", { 0 },                 -0.0,      INF,    -INF,    0,       0,        0 },

    { "leaky_relu", { 0.01f },        -0.0,      INF,    -INF,    1,       0.01f,    0.01f },
    { "leaky_relu", { 0.0f },         0,         INF,    0,       1,       0,        0 },
    { "leaky_relu", { -0.3f },        0,         INF,    INF,     1,       -0.3f,    -0.3f },
    { "elu", { 1.0f },                -0.0,      INF,    -1,      1,       ZERO,     1 },
    { "elu", { 0.3f },                -0.0,      INF,    -0.3f,   1,       ZERO,     0.3f },
    { "elu", { -0.7f },               ZERO,      INF,    0.7f,    1,       ZERO,     -0.7f },
    { "celu", { 1.0f },               -0.0,      INF,    -1,      1,       ZERO,     1 },
    { "celu", { 2.0f },               -0.0,      INF,    -2,      1,       ZERO,     1 },
    { "celu", { -0.5f },              ZERO,      INF,    -INF,    1,       INF,      1 },
    { "softplus", { 1.0f, 20.0f },    LN2,       INF,    0,       1,       ZERO,     0.5 },
    { "softplus", { 2.0f, 20.0f },    LN2 / 2,   INF,    0,       1,       ZERO,     0.5 },
    { "softplus", { 2.0f, INFINITY }, LN2 / 2,   INF,    0,       1,       ZERO,     0.5 },
    { "softplus", { -1.0f, 20.0f },   -LN2,      -0.0,   -INF,    ZERO,    1,        0.5 },
    { "softplus", { -1.0f, INFINITY }, -LN2,     -0.0,   -INF,    ZERO,    1,        0.5 },
    { "swish", { 1.0f },              -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "swish", { 1e-3f },             -0.0,      INF,    -0.0,    1,       -0.0,     0.5 },
    { "swish", { -0.3f },             -0.0,      0,      -INF,    ZERO,    1,        0.5 },
    { "swish", { 0.0f },              -0.0,      INF,    -INF,    0.5,     0.5,      0.5 },
    { "hardtanh", { -1.0f, 1.0f },    -0.0,      1,      -1,      0,       0,        1 },
    { "hardtanh", { 0.0f, 6.0f },     0,         6,      0,       0,       0,        0 },
    { "hardtanh", { -INFINITY, INFINITY }, -0.0, INF,    -INF,    0,       0,        1 },
    { "clip", { -1.0f, 1.0f },        -0.0,      1,      -1,      0,       0,        1 },
    { "clip", { 0.0f, 6.0f },         0,         6,      0,       0,       0,        1 },
    { "clip", { -INFINITY, INFINITY }, -0.0,     INF,    -INF,    1,       1,        1 },
    { "clip", { 2.0f, -1.0f },        -1,        -1,     -1,      0,       0,        0 },
    { "hardsigmoid_ab", { 0.2f, 0.5f }, 0.5,     1,      0,       0,       0,        0.2f },
    { "hardsigmoid_ab", { -0.7f, 0.1f }, 0.1f,   0,      1,       0,       0,        -0.7f },
    { "hardsigmoid_ab", { 0.0f, 0.25f }, 0.25,   0.25,   0.25,    ZERO,    ZERO,     ZERO },
    { "hardsigmoid_ab", { 0x1.555556p-3f, 0.5f }, 0.5, 1, 0,      0,       0,        1. / 6 },
    { "hardswish_ab", { 0x1.555556p-3f, 0.5f }, -0.0, INF, -0.0,  1,       0,        0.5 },
    { "hardswish_ab", { 0.2f, 0.5f }, -0.0,      INF,    -0.0,    1,       0,        0.5 },
    { "hardswish_ab", { 1.3f, -0.4f }, -0.0,     INF,    -0.0,    1,       0,        0 },
    { "hardshrink", { 0.5f },         0,         INF,    -INF,    1,       1,        0 },
    { "hardshrink", { 0.0f },         0,         INF,    -INF,    1,       1,        0 },
    { "softshrink", { 0.5f },         0,         INF,    -INF,    1,       1,        0 },
    { "softshrink", { 0.0f },         0,         INF,    -INF,    1,       1,        0 },
    { "shrink", { 0.5f, 0.1f },       0,         INF,    -INF,    1,       1,        0 },
    { "threshold", { 0.1f, 20.0f },   20,        INF,    20,      1,       0,        0 },
    { "threshold", { -1.5f, -2.0f },  -0.0,      INF,    -2,      1,       0,        1 },
    { "threshold", { INFINITY, 7.0f }, 7,        7,      7,       0,       0,        0 },
    { "threshold", { -INFINITY, 7.0f }, -0.0,    INF,    7,       1,       0,        1 },
    { "thresholded_relu", { 1.0f },   0,         INF,    0,       1,       0,        0 },
    { "thresholded_relu", { -0.5f },  -0.0,      INF,    0,       1,       0,        1 },
    { "isru", { 1.0f },               -0.0,      1,      -1,      ZERO,    ZERO,     1 },
    { "isru", { 4.0f },               -0.0,      0.5,    -0.5,    ZERO,    ZERO,     1 },
    { "isru", { 0.0f },               -0.0,      INF,    -INF,    1,       1,        1 },
    { "isrlu", { 4.0f },              -0.0,      INF,    -0.5,    1,       ZERO,     1 },
    { "isrlu", { 0.0f },              -0.0,      INF,    -INF,    1,       1,        1 },
    { "soft_exponential", { 0.5f },   0.5,       INF,    -1.5,    INF,     ZERO,     1 },
    { "soft_exponential", { 0.0f },   -0.0,      INF,    -INF,    1,       1,        1 },
    { "soft_exponential", { -0.5f },  -0.57536414490356180, INF, (double)NAN, ZERO, (double)NAN, 4. / 3 },
    { "soft_exponential", { -1.0f },  -INF,      INF,    (double)NAN, ZERO, (double)NAN, INF },
    { "soft_exponential", { -2.0f },  (double)NAN, INF,  (double)NAN, ZERO, (double)NAN, (double)NAN },
    { "squareplus", { 4.0f },         1,         INF,    0,       1,       ZERO,     0.5 },
    { "squareplus", { 0.0f },         ZERO,      INF,    0,       1,       ZERO,     0.5 },
    { "scaled_tanh", { 1.0f, 1.0f },  -0.0,      1,      -1,      ZERO,    ZERO,     1 },
    { "scaled_tanh", { -0.5f, 3.0f }, 0,         -0.5,   0.5,     ZERO,    ZERO,     -1.5 },
    { "xielu", { 0.8f, 0.8f, 0.5f, -1e-6f }, -7.9999961526572e-7, INF, INF, INF, -0x1.333334p-2, 0.5 },
    { "xielu", { 0.8f, 0.8f, 0.5f, 0.0f }, ZERO, INF,    INF,     INF,     -0x1.333334p-2, 0.5 },
    { "relu_general", { 0.0f, INFINITY, 0.0f }, ZERO, INF, 0,     1,       0,        0 },
    { "relu_general", { 0.1f, 3.0f, 0.5f }, -0.050000000745058060, 3, -INF, 0, 0.1f, 0.1f },
    { "relu_general", { -0.25f, 6.0f, -1.0f }, -0.0, 6,  INF,     0,       -0.25f,   1 },
    { "linear", { 1.0f, 0.0f },       0,         INF,    -INF,    1,       1,        1 },
    { "linear", { 2.0f, -0.0f },      -0.0,      INF,    -INF,    2,       2,        2 },
    { "linear", { -2.0f, 3.0f },      3,         -INF,   INF,     -2,      -2,       -2 },
    { "linear", { 0.0f, 3.0f },       3,         3,      3,       ZERO,    ZERO,     ZERO },
    { "pow", { 1.0f, 1.0f },          -0.0,      INF,    -INF,    1,       1,        1 },
    { "pow", { 2.0f, 3.0f },          -0.0,      INF,    -INF,    INF,     INF,      ZERO },
    { "pow", { 0.5f, 0.5f },          0,         INF,    INF,     ZERO,    ZERO,     INF },
    { "pow", { -1.5f, -2.0f },        -INF,      -0.0,   -0.0,    ZERO,    ZERO,     INF },
    { "pow", { 3.0f, 0.0f },          3,         3,      3,       0,       0,        0 },
};

/* f' at a kink and on either side of it. */
static const struct kink {
    const char *name;
    float params[ACTFN_MAX_PARAMS];
    float x;
    double before, at, after;
} kinks[] = {
    { "relu", { 0 }, 0.0f, 0, 0, 1 },
    { "relu6", { 0 }, 0.0f, 0, 0, 1 },
    { "relu6", { 0 }, 6.0f, 1, 0, 0 },
    { "selu", { 0 }, 0.0f, LA, LA, 0x1.0cfabep0 },
    { "hardsigmoid", { 0 }, -3.0f, 0, 0, 1. / 6 },
    { "hardsigmoid", { 0 }, 3.0f, 1. / 6, 0, 0 },
    { "hardswish", { 0 }, -3.0f, 0, 0, -0.49999992052714 },
    { "hardswish", { 0 }, 3.0f, 1.4999999205271, 1, 1 },
    { "sparse_plus", { 0 }, -1.0f, 0, 0, 0x1p-25 },
    { "sparse_plus", { 0 }, 1.0f, 0.99999997019768, 1, 1 },
    { "sparse_sigmoid", { 0 }, -1.0f, 0, 0, 0.5 },
    { "sparse_sigmoid", { 0 }, 1.0f, 0.5, 0, 0 },
    { "abs", { 0 }, 0.0f, -1, ZERO, 1 },
    { "leaky_relu", { 0.01f }, 0.0f, 0.01f, 0.01f, 1 },
    { "elu", { 2.5f }, 0.0f, 2.5, 2.5, 1 },
    { "celu", { 2.5f }, 0.0f, 1, 1, 1 },
    { "softplus", { 2.0f, 20.0f }, 10.0f, 1, 1, 1 },
    { "softplus", { 1.5f, 3.0f }, 2.0f, 0.95257410992, 0.95257412682, 1 },
    { "hardtanh", { -1.0f, 1.0f }, -1.0f, 0, 0, 1 },
    { "hardtanh", { -1.0f, 1.0f }, 1.0f, 1, 0, 0 },
    { "hardtanh", { 1.0f, 1.0f }, 1.0f, 0, 0, 0 },
    { "clip", { -1.0f, 1.0f }, -1.0f, 0, 1, 1 },
    { "clip", { -1.0f, 1.0f }, 1.0f, 1, 1, 0 },
    { "clip", { 1.0f, 1.0f }, 1.0f, 0, 1, 0 },
    { "hardsigmoid_ab", { 0.25f, 0.5f }, -2.0f, 0, 0, 0.25 },
    { "hardsigmoid_ab", { 0.25f, 0.5f }, 2.0f, ANY, 0, 0 },
    { "hardswish_ab", { 0.25f, 0.5f }, -2.0f, 0, 0, -0.49999994039536 },
    { "hardswish_ab", { 0.25f, 0.5f }, 2.0f, ANY, 1, 1 },
    { "hardshrink", { 0.5f }, 0.5f, 0, 0, 1 },
    { "hardshrink", { 0.5f }, -0.5f, 1, 0, 0 },
    { "softshrink", { 0.5f }, 0.5f, 0, 0, 1 },
    { "softshrink", { 0.5f }, -0.5f, 1, 0, 0 },
    { "shrink", { 0.5f, 0.1f }, 0.5f, 0, 0, 1 },
    { "shrink", { 0.5f, 0.1f }, -0.5f, 1, 0, 0 },
    { "threshold", { 0.1f, 20.0f }, 0.1f, 0, 0, 1 },
    { "thresholded_relu", { 1.0f }, 1.0f, 0, 0, 1 },
    { "isrlu", { 1.0f }, 0.0f, 1, 1, 1 },
    { "relu_general", { 0.1f, 3.0f, 0.5f }, 0.5f, 0.1f, 0.1f, 1 },
    { "relu_general", { 0.1f, 3.0f, 0.5f }, 3.0f, 1, 0, 0 },
    { "relu_general", { 0.0f, 3.0f, 0.5f }, 0.5f, 0, 0, 1 },
    { "xielu", { 0.8f, 0.8f, 0.5f, -1e-6f }, 0.0f, 0.5, 0.5, 0.5 },
};

/* Single values of f and f' that are worth a test. */
static const struct point {
    const char *name;
    float params[ACTFN_MAX_PARAMS];
    float x;
    double f, df;
} points[] = {
    { "binary_step", { 0 }, -0x1p-149f, 0, 0 },
    { "relu", { 0 }, -5.0f, 0, 0 },
    { "hardswish", { 0 }, -3.0f, -0.0, 0 },
    { "hardswish", { 0 }, -1e30f, -0.0, 0 },
    { "hardswish", { 0 }, 3.0f, 3, 1 },
    { "hardswish", { 0 }, 3e38f, 3e38f, 1 },
    { "round", { 0 }, -0.5f, -0.0, 0 },
    { "round", { 0 }, -0.25f, -0.0, 0 },
    { "round", { 0 }, -0x1p-149f, -0.0, 0 },
    { "round", { 0 }, 0.5f, 0, 0 },
    { "round", { 0 }, 1.5f, 2, 0 },
    { "round", { 0 }, 2.5f, 2, 0 },
    { "round", { 0 }, -2.5f, -2, 0 },
    { "round", { 0 }, 8388607.5f, 8388608, 0 },
    { "round", { 0 }, 16777215.0f, 16777215, 0 },
    { "sqrt", { 0 }, -0.0f, -0.0, -INF },
    { "sqrt", { 0 }, -0x1p-149f, (double)NAN, (double)NAN },
    { "log", { 0 }, -0.0f, -INF, -INF },
    { "log", { 0 }, 0.0f, -INF, INF },
    { "log", { 0 }, -0x1p-149f, (double)NAN, (double)NAN },
    { "log", { 0 }, 1.0f, 0, 1 },
    { "tanhshrink", { 0 }, -0x1p-149f, ZERO, ZERO },
    { "clip", { -0.0f, 6.0f }, 0.0f, -0.0, 1 },
    { "clip", { 0.0f, 6.0f }, -0.0f, 0, 1 },
    { "clip", { -6.0f, 0.0f }, -0.0f, 0, 1 },
    { "clip", { -6.0f, -0.0f }, 0.0f, -0.0, 1 },
    { "hardtanh", { -0.0f, 6.0f }, 0.0f, -0.0, 0 },
    { "hardtanh", { -6.0f, 0.0f }, -0.0f, 0, 0 },
    { "threshold", { 0.0f, -0.0f }, -3.0f, -0.0, 0 },
    { "hardswish_ab", { 0.25f, 0.5f }, -2.0f, -0.0, 0 },
    { "hardswish_ab", { 0.25f, 0.5f }, -2e30f, -0.0, 0 },
    { "hardswish_ab", { 1.0f, -1.0f }, 0.5f, 0, 0 },
    { "hardswish_ab", { 1.0f, -1.0f }, -0.0f, -0.0, 0 },
    { "leaky_relu", { 0.0f }, -3.0f, 0, 0 },
    { "relu_general", { 0.0f, 6.0f, 1.0f }, -3.0f, ZERO, 0 },
    { "isru", { 0.0f }, 3e38f, 3e38f, 1 },
    { "isru", { 1.0f }, -3e38f, -1, ZERO },
    { "soft_exponential", { -1.0f }, 0.0f, -INF, INF },
    { "soft_exponential", { -1.0f }, -0x1p-149f, (double)NAN, (double)NAN },
    { "soft_exponential", { -1.0f }, 0x1p-149f, -103.27892990343185, 0x1p149 },
    { "soft_exponential", { -1.0f }, 1.5f, 0.40546510810816438, 2. / 3 },
    { "squareplus", { 0.0f }, -3.0f, ZERO, ZERO },
    { "squareplus", { 0.0f }, 3.0f, 3, 1 },
    { "pow", { 2.0f, 3.0f }, -0x1p-48f, -0x1p-143, 0x1.8p-94 },
    { "pow", { 1.0f, 0.5f }, -1.0f, (double)NAN, (double)NAN },
    { "pow", { 1.0f, -1.0f }, -0.0f, -INF, -INF },
    { "pow", { -1.5f, -2.0f }, -0.0f, -INF, -INF },
    { "pow", { 1.0f, 0.0f }, 0.0f, 1, 0 },
    { "pow", { 1.0f, 0x1.000002p24f }, -1.0f, 1, -0x1.000002p24 },
    { "xielu", { 0.8f, 0.8f, 0.5f, -1e10f }, -0.0f, -0.8f, 0.5 },
    { "softplus", { 1e-39f, 20.0f }, 1.0f, INF, 0.5 },
    { "hardswish_ab", { 3e38f, 0.5f }, 0.0f, 0, 0.5 },
    { "relu_general", { 1e20f, 3e38f, -1e20f }, -4e35f, -INF, 1e20f },
    { "scaled_tanh", { -3e38f, -30.0f }, 1e11f, 3e38f, ZERO },
    /* A power, a difference, a product or a sum leaves the range of floats, but the result does not. */
    { "pow", { 0.001f, 2.0f }, 3e19f, 9.000001052095685089e+35, 60000004931909120.0 },
    { "pow", { 1e20f, 2.0f }, 1e-25f, 1.0000000591238412644e-30, 0.000020000000791647182252 },
    { "pow", { 20.0f, 20.0f }, 0.0125f, 1.7347239929647631254e-37, 2.7755583473845786633e-34 },
    { "pow", { 0.001f, 20.0f }, -88.0f, 7.7562797322224590381e+35, -1.7627908482323770541e+35 },
    { "pow", { 0.0f, 16777216.0f }, 1.5f, 0, 0 },
    { "pow", { 0.0f, 16777216.0f }, -INFINITY, 0, -0.0 },
    { "pow", { 3.0f, FLT_MAX }, 0.0f, 0, 0 },
    { "pow", { 3.0f, 1e-30f }, -1e-38f, (double)NAN, (double)NAN },
    { "relu_general", { 0.3f, INFINITY, FLT_MAX }, -1e38f, -1.3208470828099027168e+38, 0.3f },
    { "relu_general", { 0x1p-126f, INFINITY, 0.3f }, -6.5f, -7.9933615996045396974e-38, 0x1p-126f },
    { "celu", { -0x1p-140f }, -0x1.04p-134f, -1.2160233960411392918e-14, 1.6948892444103337141e+28 },
    { "scaled_tanh", { 0x1p120f, -0x1p120f }, 0x1.f4p-114f, -0x1p120, -1.8864203590657148812e-36 },
    { "xielu", { 0.0f, FLT_MAX, 0.0f, 0.0f }, -1.5f, 2.4606842782040288706e+38, -2.6435509213739040266e+38 },
    { "swish", { 0x1p-149f }, -INFINITY, -0.0, ZERO },
    { "swish", { -0x1p-149f }, INFINITY, 0, ZERO },
    { "soft_exponential", { -0x1p-100f }, -0x1p100f, (double)NAN, (double)NAN },
};

/*
 * Points where correctly rounded results change their kind: `inside` is the kind nearer to 0 than x, `outside` the kind
 * farther from 0.  x is printed to a few digits, with the relative error `print`.  The oracle is tested at the exact place.
 * The library may be wrong by some ulp, so it is tested 2 % beyond, or, where a limit is approached slowly, at 2.2 times x.
 */
static const struct limit {
    const char *name;
    float params[ACTFN_MAX_PARAMS];
    double x, print;
    enum character { WHATEVER, NORMAL, SUBNORMAL, NULL_, FINITE, INFINITE, LINEAR, BENT, BELOW, REACHED } inside;
    enum character outside;
    double reached;    /* |f| for REACHED; for BELOW |f| is smaller */
} limits[] = {
    { "sigmoid", { 0 }, 17.3287, 1e-5, BELOW, REACHED, 1 },
    { "sigmoid", { 0 }, -87.3365, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "sigmoid", { 0 }, -103.972, 1e-5, SUBNORMAL, NULL_, 0 },
    { "tanh", { 0 }, 9.01091, 1e-5, BELOW, REACHED, 1 },
    { "tanh", { 0 }, -9.01091, 1e-5, BELOW, REACHED, 1 },
    { "softsign", { 0 }, 0x1p25, 1e-5, BELOW, REACHED, 1 },
    { "softsign", { 0 }, -0x1p25, 1e-5, BELOW, REACHED, 1 },
    { "squared_relu", { 0 }, 1.84467e19, 1e-5, FINITE, INFINITE, 0 },
    { "square", { 0 }, -1.84467e19, 1e-5, FINITE, INFINITE, 0 },
    { "selu", { 0 }, -17.33, 1e-3, WHATEVER, REACHED, LA },
    { "selu", { 0 }, 3.238646e38, 1e-5, FINITE, INFINITE, 0 },
    { "silu", { 0 }, -91.8568, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "silu", { 0 }, -108.660, 1e-5, SUBNORMAL, NULL_, 0 },
    { "gelu", { 0 }, -13.1462, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "gelu", { 0 }, -14.3561, 1e-5, SUBNORMAL, NULL_, 0 },
    { "gelu_tanh", { 0 }, -10.1006, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "gelu_tanh", { 0 }, -10.7709, 1e-5, SUBNORMAL, NULL_, 0 },
    { "gelu_quick", { 0 }, -53.6540, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "gelu_quick", { 0 }, -63.5273, 1e-5, SUBNORMAL, NULL_, 0 },
    { "mish", { 0 }, -91.8568, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "mish", { 0 }, -108.660, 1e-5, SUBNORMAL, NULL_, 0 },
    { "log_sigmoid", { 0 }, -14.5561, 1e-5, BENT, LINEAR, 0 },
    { "log_sigmoid", { 0 }, 87.34, 1e-4, NORMAL, SUBNORMAL, 0 },
    { "log_sigmoid", { 0 }, 103.97, 1e-4, SUBNORMAL, NULL_, 0 },
    { "bent_identity", { 0 }, 2.2685490e38, 1e-5, FINITE, INFINITE, 0 },
    { "gaussian", { 0 }, 9.34540, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "gaussian", { 0 }, -10.1967, 1e-5, SUBNORMAL, NULL_, 0 },
    { "sinc", { 0 }, 4.2e-4, 2e-2, REACHED, BELOW, 1 },
    { "tanhshrink", { 0 }, 3.3e-13, 2e-2, SUBNORMAL, NORMAL, 0 },
    { "exp", { 0 }, 88.7228391, 1e-7, FINITE, INFINITE, 0 },
    { "exp", { 0 }, -87.3365, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "exp", { 0 }, -103.972, 1e-5, SUBNORMAL, NULL_, 0 },
    { "elu", { 1.0f }, -17.33, 1e-3, BELOW, REACHED, 1 },
    { "celu", { 2.0f }, -34.66, 1e-3, BELOW, REACHED, 2 },
    { "softplus", { 1.0f, 20.0f }, 14.5561, 1e-5, BENT, LINEAR, 0 },
    { "softplus", { 1.0f, 20.0f }, -87.34, 1e-4, NORMAL, SUBNORMAL, 0 },
    { "softplus", { 1.0f, 20.0f }, -103.97, 1e-4, SUBNORMAL, NULL_, 0 },
    { "swish", { 1.0f }, -91.8568, 1e-5, NORMAL, SUBNORMAL, 0 },
    { "swish", { 1.0f }, -108.660, 1e-5, SUBNORMAL, NULL_, 0 },
    { "xielu", { 0.8f, 0.8f, 0.5f, -1e-6f }, 2.062404e19, 1e-4, FINITE, INFINITE, 0 },
    { "isru", { 1.0f }, 4096, 1e-5, BELOW, REACHED, 1 },
    { "isru", { 4.0f }, -2048, 1e-5, BELOW, REACHED, 0.5 },
};

/* f(x) = c x for subnormal x, with this c.  Every other function, except those of `own_way`, is constant there. */
static const struct {
    const char *name;
    float params[ACTFN_MAX_PARAMS];
    double c;
} proportional[] = {
    { "identity", { 0 }, 1 },        { "tanh", { 0 }, 1 },       { "arctan", { 0 }, 1 },
    { "softsign", { 0 }, 1 },        { "selu", { 0 }, 0 },       { "silu", { 0 }, 0.5 },
    { "gelu", { 0 }, 0.5 },          { "gelu_tanh", { 0 }, 0.5 }, { "gelu_quick", { 0 }, 0.5 },
    { "mish", { 0 }, 0.6 },          { "hardswish", { 0 }, 0.5 }, { "bent_identity", { 0 }, 1 },
    { "sinusoid", { 0 }, 1 },        { "elu", { 1.0f }, 1 },     { "celu", { 2.0f }, 1 },
    { "swish", { 1.5f }, 0.5 },      { "isru", { 3.7f }, 1 },    { "isrlu", { 3.7f }, 1 },
    { "hardtanh", { -1, 1 }, 1 },    { "scaled_tanh", { -0.5f, 3.0f }, -1.5 },
};

static const char *const constant_near_zero[] = {
    "sigmoid", "squared_relu", "hardsigmoid", "log_sigmoid", "tanhshrink", "sinc", "gaussian", "sparse_plus",
    "sparse_sigmoid", "exp", "square", "round", "softplus", "hardsigmoid_ab", "hardshrink", "softshrink", "shrink",
    "thresholded_relu", "squareplus",
};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

/* clang-format on */
#endif
