/* SPDX-License-Identifier: MIT */
/*
 * Hand-written loops, once for all instruction sets.  The file that includes this header defines the intrinsics as words.
 *
 *   sleef   one SLEEF call for a vector, and the least arithmetic around it.  The loop does not care about accuracy, infinities
 *           or far tails, so that the difference shows the additional cost of the library.
 *   hand    light operations as a competent engineer writes them: four vectors in flight, unaligned access, masked rest
 *   stream  the same with stores that bypass the caches; the destination must be aligned
 */
#include "baseline.h"

/* ---- loops --------------------------------------------------------------------------------------------------- */

#define SLEEF_LOOP(op, f)                                                                                              \
    static void sleef_##op(size_t n, const float *in, float *y)                                                        \
    {                                                                                                                  \
        size_t i = 0;                                                                                                  \
        for (; n - i >= LANES; i += LANES) {                                                                           \
            const vec x = LOAD(in + i);                                                                                \
            STORE(y + i, f);                                                                                           \
        }                                                                                                              \
        if (i < n) {                                                                                                   \
            const vec x = LOAD_REST(in + i, n - i);                                                                    \
            STORE_REST(y + i, f, n - i);                                                                               \
        }                                                                                                              \
    }

#define HAND_LOOP(kind, op, PUT, END)                                                                                  \
    static void kind##_##op(size_t n, const float *x, float *y)                                                        \
    {                                                                                                                  \
        size_t i = 0;                                                                                                  \
        for (; n - i >= 4 * LANES; i += 4 * LANES) {                                                                   \
            const vec a = LOAD(x + i), b = LOAD(x + i + LANES);                                                        \
            const vec c = LOAD(x + i + 2 * LANES), d = LOAD(x + i + 3 * LANES);                                        \
            PUT(y + i, op(a));                                                                                         \
            PUT(y + i + LANES, op(b));                                                                                 \
            PUT(y + i + 2 * LANES, op(c));                                                                             \
            PUT(y + i + 3 * LANES, op(d));                                                                             \
        }                                                                                                              \
        for (; n - i >= LANES; i += LANES)                                                                             \
            STORE(y + i, op(LOAD(x + i)));                                                                             \
        if (i < n)                                                                                                     \
            STORE_REST(y + i, op(LOAD_REST(x + i, n - i)), n - i);                                                     \
        END();                                                                                                         \
    }

#define HAND_LOOP_BACKWARD(op)                                                                                         \
    static void hand_##op(size_t n, const float *x, const float *dy, float *dx)                                        \
    {                                                                                                                  \
        size_t i = 0;                                                                                                  \
        for (; n - i >= 4 * LANES; i += 4 * LANES) {                                                                   \
            const vec a = LOAD(x + i), b = LOAD(x + i + LANES);                                                        \
            const vec c = LOAD(x + i + 2 * LANES), d = LOAD(x + i + 3 * LANES);                                        \
            const vec p = LOAD(dy + i), q = LOAD(dy + i + LANES);                                                      \
            const vec r = LOAD(dy + i + 2 * LANES), s = LOAD(dy + i + 3 * LANES);                                      \
            STORE(dx + i, op(a, p));                                                                                   \
            STORE(dx + i + LANES, op(b, q));                                                                           \
            STORE(dx + i + 2 * LANES, op(c, r));                                                                       \
            STORE(dx + i + 3 * LANES, op(d, s));                                                                       \
        }                                                                                                              \
        for (; n - i >= LANES; i += LANES)                                                                             \
            STORE(dx + i, op(LOAD(x + i), LOAD(dy + i)));                                                              \
        if (i < n)                                                                                                     \
            STORE_REST(dx + i, op(LOAD_REST(x + i, n - i), LOAD_REST(dy + i, n - i)), n - i);                          \
    }

#define NOTHING() ((void)0)

/* ---- around a SLEEF call ------------------------------------------------------------------------------------- */

#define ZERO SPLAT(0.0f)
#define ONE SPLAT(1.0f)

static inline vec sigmoid(vec x)
{
    const vec e = SLEEF(exp)(-ABS(x));
    return IF_GREATER(ZERO, x, e, ONE) / (1.0f + e);
}
/* tanh(ln(1 + w)) without tanh and ln. */
static inline vec mish(vec x)
{
    const vec w = SLEEF(exp)(MIN(SPLAT(20.0f), x)), n = w * (w + 2.0f);
    return x * n / (n + 2.0f);
}

SLEEF_LOOP(exp, SLEEF(exp)(x))
SLEEF_LOOP(log, SLEEF(log)(x))
SLEEF_LOOP(tanh, SLEEF(tanh)(x))
SLEEF_LOOP(sinusoid, SLEEF(sin)(x))
SLEEF_LOOP(arctan, SLEEF(atan)(x))
SLEEF_LOOP(sigmoid, sigmoid(x))
SLEEF_LOOP(elu, IF_GREATER(x, ZERO, x, SLEEF(expm1)(x)))
SLEEF_LOOP(selu, IF_GREATER(x, ZERO, 1.0507010f * x, 1.7580993f * SLEEF(expm1)(x)))
SLEEF_LOOP(softplus, MAX(ZERO, x) + SLEEF(log1p)(SLEEF(exp)(-ABS(x))))
SLEEF_LOOP(log_sigmoid, MIN(ZERO, x) - SLEEF(log1p)(SLEEF(exp)(-ABS(x))))
SLEEF_LOOP(silu, x / (1.0f + SLEEF(exp)(-x)))
SLEEF_LOOP(gaussian, SLEEF(exp)(-(x *x)))
SLEEF_LOOP(mish, mish(x))

/* ---- light operations ---------------------------------------------------------------------------------------- */

static inline vec relu(vec x) { return MAX(ZERO, x); }
static inline vec relu6(vec x) { return MIN(SPLAT(6.0f), MAX(ZERO, x)); }
static inline vec leaky_relu(vec x) { return IF_GREATER(x, ZERO, x, 0.01f * x); }
static inline vec hardtanh(vec x) { return MIN(ONE, MAX(-ONE, x)); }
static inline vec hardsigmoid(vec x) { return MIN(ONE, MAX(ZERO, FMA(x, SPLAT(1.0f / 6), SPLAT(0.5f)))); }
static inline vec hardswish(vec x) { return x * hardsigmoid(x); }
static inline vec square(vec x) { return x * x; }
static inline vec absolute(vec x) { return ABS(x); }

HAND_LOOP(hand, relu, STORE, NOTHING)
HAND_LOOP(hand, relu6, STORE, NOTHING)
HAND_LOOP(hand, leaky_relu, STORE, NOTHING)
HAND_LOOP(hand, hardtanh, STORE, NOTHING)
HAND_LOOP(hand, hardsigmoid, STORE, NOTHING)
HAND_LOOP(hand, hardswish, STORE, NOTHING)
HAND_LOOP(hand, square, STORE, NOTHING)
HAND_LOOP(hand, absolute, STORE, NOTHING)
#ifdef STREAM
HAND_LOOP(stream, relu, STREAM, STREAM_END)
#endif

static inline vec relu_grad(vec x, vec dy) { return IF_GREATER(x, ZERO, dy, ZERO); }
static inline vec leaky_relu_grad(vec x, vec dy) { return IF_GREATER(x, ZERO, dy, 0.01f * dy); }
static inline vec hardtanh_grad(vec x, vec dy) { return IF_GREATER(ONE, ABS(x), dy, ZERO); }
static inline vec square_grad(vec x, vec dy) { return dy * (x + x); }

HAND_LOOP_BACKWARD(relu_grad)
HAND_LOOP_BACKWARD(leaky_relu_grad)
HAND_LOOP_BACKWARD(hardtanh_grad)
HAND_LOOP_BACKWARD(square_grad)

/* ---- the table ----------------------------------------------------------------------------------------------- */

const struct baseline BASELINE[] = {
    { "exp", "sleef", sleef_exp, NULL },
    { "log", "sleef", sleef_log, NULL },
    { "tanh", "sleef", sleef_tanh, NULL },
    { "sinusoid", "sleef", sleef_sinusoid, NULL },
    { "arctan", "sleef", sleef_arctan, NULL },
    { "sigmoid", "sleef", sleef_sigmoid, NULL },
    { "elu", "sleef", sleef_elu, NULL },
    { "selu", "sleef", sleef_selu, NULL },
    { "softplus", "sleef", sleef_softplus, NULL },
    { "log_sigmoid", "sleef", sleef_log_sigmoid, NULL },
    { "silu", "sleef", sleef_silu, NULL },
    { "gaussian", "sleef", sleef_gaussian, NULL },
    { "mish", "sleef", sleef_mish, NULL },
    { "relu", "hand", hand_relu, hand_relu_grad },
    { "relu6", "hand", hand_relu6, NULL },
    { "leaky_relu", "hand", hand_leaky_relu, hand_leaky_relu_grad },
    { "hardtanh", "hand", hand_hardtanh, hand_hardtanh_grad },
    { "hardsigmoid", "hand", hand_hardsigmoid, NULL },
    { "hardswish", "hand", hand_hardswish, NULL },
    { "square", "hand", hand_square, hand_square_grad },
    { "abs", "hand", hand_absolute, NULL },
#ifdef STREAM
    { "relu", "stream", stream_relu, NULL },
#endif
    { NULL, NULL, NULL, NULL },
};
