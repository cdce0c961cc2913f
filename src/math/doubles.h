/* SPDX-License-Identifier: MIT */
/*
 * The words of the column DOUBLE of ops.def.  The column holds an operation's plain definition at a finite x, in doubles, for
 * the few results for which floats are not precise enough (catalogue/definitions.h).  The words call SLEEF's functions, or the
 * C library's in a library without SLEEF.
 *
 * The value of a definition is rounded to 16 bits.  So the value must be on the right side of every number that is half-way
 * between two numbers of 16 bits.  A double is precise enough, with one exception: one term may be so small that the sum is
 * rounded to the larger term, and the larger term may be half-way.  Examples are 1/2 + x for a tiny x, and x - 1 + e^-2x for a
 * large x.  Such sums are written sum(a, b).
 */
#ifndef ACTFN_DOUBLES_H
#define ACTFN_DOUBLES_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef ACTFN_WITHOUT_SLEEF
#include "math/doubles_libm.h"
#else
#include "math/doubles_sleef.h"
#endif

/* For |x| < TINY the terms of the next order change no result of these functions. */
#define TINY 0x1p-26

/*
 * a + b, rounded to odd at 48 bits: where the sum has more than 48 bits, the others are cut off, and half of the last bit stands
 * for them.  No half-way number is near such a result, and a few roundings do not lead to one.
 */
static inline double sum(double a, double b)
{
    const double s = a + b, other = s - a, error = (a - (s - other)) + (b - other);
    uint64_t bits;
    memcpy(&bits, &s, sizeof bits);
    if ((error == 0 && !(bits & 31)) || !(s - s == 0))
        return s;
    if (!(bits & 31) && (error > 0) != (s > 0))
        bits -= 32;
    bits = (bits & ~UINT64_C(31)) | 16;
    double odd;
    memcpy(&odd, &bits, sizeof odd);
    return odd;
}

/* The result is never 0 for a finite x, so that sum() sees the term. */
static inline double real_exp(double x)
{
    const double e = double_exp(x);
    return e < DBL_MIN && x > (double)-INFINITY ? DBL_MIN : e;
}
static inline double real_log(double x) { return double_log(x); }
static inline double real_log1p(double x) { return double_log1p(x); }
static inline double real_sin(double x) { return double_sin(x); }
static inline double real_atan(double x) { return double_atan(x); }

static inline double real_abs(double x) { return x < 0 ? -x : x + 0.0; }
static inline double real_least(double a, double b) { return a < b ? a : b; }
static inline double real_greatest(double a, double b) { return a > b ? a : b; }
static inline double real_clamp(double x, double low, double high) { return real_least(high, real_greatest(low, x)); }
/* For a negative number the built-in function would call the C library's sqrt, which writes errno. */
static inline double real_sqrt(double x) { return x >= 0 ? __builtin_sqrt(x) : (double)NAN; }

/* Where e^x - 1 does not cancel, the exponential is precise enough and takes a third of the time. */
static inline double real_expm1(double x)
{
    const double a = real_abs(x);
    return a < TINY ? sum(x, x * x / 2) : a < 0.5 ? double_expm1(x) : real_exp(x) - 1;
}

/* Near 0 the result comes from the series, whose next term is 2^-65 of the sum.  Elsewhere the result comes from e^-2|x|. */
static inline double real_tanh(double x)
{
    const double a = real_abs(x), s = x * x;
    if (a < 0x1p-4) {
        const double rest = 17.0 / 315 - s * (62.0 / 2835 - s * (1382.0 / 155925 - s * (21844.0 / 6081075)));
        return sum(x, -x * s * (1.0 / 3 - s * (2.0 / 15 - s * rest)));
    }
    const double e = real_exp(-2 * a), y = a < 1 ? (1 - e) / (1 + e) : sum(1, -2 * e / (1 + e));
    return x < 0 ? -y : y;
}

static inline double real_sigmoid(double x)
{
    if (real_abs(x) < TINY)
        return sum(0.5, x / 4);
    const double e = real_exp(-real_abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/* ln(1 + e^x) */
static inline double real_softplus(double x) { return real_greatest(x, 0) + real_log1p(real_exp(-real_abs(x))); }

static inline double real_normal_cdf(double x)
{
    return real_abs(x) < TINY ? sum(0.5, x * 0.39894228040143267794) : 0.5 * double_erfc(-x * 0.70710678118654752440);
}

/* x sigmoid(2u) */
static inline double real_gelu_tanh(double x)
{
    return x * real_sigmoid(2 * 0.79788456080286535588 * (x + 0.044715 * x * x * x));
}

static inline double real_mish(double x)
{
    const double w = real_exp(real_least(x, 300)), n = w * (w + 2);
    return x * (n / (n + 2));
}

static inline double real_tanhshrink(double x)
{
    const double a = real_abs(x), s = x * x;
    if (a < 0x1p-5)
        return x * s * (1.0 / 3 - s * (2.0 / 15 - s * (17.0 / 315 - s * (62.0 / 2835 - s * 1382.0 / 155925))));
    if (a < 20)
        return x - real_tanh(x);
    return x < 0 ? -sum(a - 1, 2 * real_exp(-2 * a)) : sum(a - 1, 2 * real_exp(-2 * a));
}

static inline double real_bent_identity(double x)
{
    if (real_abs(x) > 0x1p30)
        return sum(x > 0 ? 1.5 * x : 0.5 * x, -0.5);
    return x + x * x / (2 * (real_sqrt(x * x + 1) + 1));
}

static inline double real_nearest(double x)
{
    const double a = real_abs(x), near = a < 0x1p52 ? (a + 0x1p52) - 0x1p52 : a;
    return x < 0 ? -near : near;
}

/* The product in floats decides the branch, as in the operation itself. */
static inline double real_softplus_beta(double x, double beta, double threshold)
{
    return (double)((float)beta * (float)x) > threshold ? x : real_softplus(beta * x) / beta;
}

/* The parameters (1/6 as a float, 1/2) mean hardsigmoid and hardswish, whose factor is 1/6 exactly. */
static inline double real_hard_line(double x, double alpha, double beta)
{
    return sum(alpha == (double)0x1.555556p-3f && beta == 0.5 ? x / 6 : alpha * x, beta);
}

/* For alpha < 0 the result comes from ln u, u = 1 - alpha (x + alpha).  The terms of u may be as large as 1 where u is as small
 * as x. */
static inline double real_soft_exponential(double x, double alpha)
{
    if (alpha > 0)
        return sum(real_expm1(alpha * x) / alpha, alpha);
    const double less_one = -alpha * (x + alpha), u = (1 - alpha) * (1 + alpha) - alpha * x;
    return alpha == 0 ? x : -(real_abs(less_one) < 0.5 ? real_log1p(less_one) : real_log(u)) / alpha;
}

static inline double real_squareplus(double x, double b)
{
    const double r = real_sqrt(x * x + b);
    return x < 0 ? b / (2 * (r - x)) : (x + r) / 2;
}

/* Small whole powers are exact, and an exact power may be half-way.  The powers of double_pow need not be exact. */
static inline double real_power(double x, double beta)
{
    const double a = real_abs(beta);
    if (a == 2 || a == 3 || a == 4) {
        const double y = a == 2 ? x * x : a == 3 ? x * x * x : x * x * (x * x);
        return beta < 0 ? 1 / y : y;
    }
    return beta == 0.5 ? real_sqrt(x) : double_pow(x, beta);
}

#endif
