/* SPDX-License-Identifier: MIT */
/* The oracle's functions, and the table that oracle.def makes of them. */
#include "oracle.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define BEYOND 1e99 /* past every finite float: x stands for an infinity */
#define AT_INFINITY 1e100
#define SIXTH 0x1.555556p-3f
#define FIXED 0, true

static const double SELU_L = 1.0507009873554804934193349852946;
static const double SELU_LA = 1.7580993408473768599402175208123;

/* ---- the macros with which a line says what it computes ------------------------------------------------------ */

static struct oracle_value terms(double f, double f_terms, double df, double df_terms)
{
    return (struct oracle_value) { .f = f, .df = df, .f_terms = fabs(f_terms), .df_terms = fabs(df_terms) };
}

static struct oracle_value both(double f, double df) { return terms(f, f, df, df); }

static struct oracle_value flat(double f)
{
    struct oracle_value v = both(f, 0);
    v.slope = ORACLE_ZERO;
    return v;
}

static struct oracle_value unit(double f)
{
    struct oracle_value v = both(f, 1);
    v.slope = ORACLE_ONE;
    return v;
}

/* slope * x.  A slope of 0 makes a constant and not a product, so the result is 0 also at infinity. */
static struct oracle_value sloped(double slope, double x) { return slope == 0 ? flat(0) : both(slope * x, slope); }

static struct oracle_value first_dp(struct oracle_value v, double d, bool fixed)
{
    v.dp[0] = d;
    v.dp_terms[0] = fabs(d);
    v.dp_zero[0] = fixed;
    return v;
}

static struct oracle_value two_dp(struct oracle_value v, double d0, bool fixed0, double d1, bool fixed1)
{
    v = first_dp(v, d0, fixed0);
    v.dp[1] = d1;
    v.dp_terms[1] = fabs(d1);
    v.dp_zero[1] = fixed1;
    return v;
}

/* with_dp(v, d) or with_dp(v, FIXED) */
#define with_dp(...) WITH_DP(__VA_ARGS__, false, )
#define WITH_DP(v, d, fixed, ...) first_dp(v, d, fixed)

/* ---- building blocks: each free of cancellation ------------------------------------------------------------- */

static double sigma(double x)
{
    double e = exp(-fabs(x));
    return (x < 0 ? e : 1) / (1 + e);
}

static double softplus1(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }

/* x^(3/2).  Rounding may make x negative; then the result is 0. */
static double root_cubed(double x) { return x < 0 ? 0 : x * sqrt(x); }

/* A value that exceeds all floats becomes infinite. */
static double infinite(double v) { return fabs(v) >= 0x1p128 ? copysign(INFINITY, v) : v; }

/* x * y + z as floats round it, for comparisons that the library makes with floats. */
static double float_fma(double x, double y, double z)
{
    return (double)fmaf((float)infinite(x), (float)infinite(y), (float)z);
}

/* Sum over k >= 1 of x^(2k+1) sign^k 2k / (2k+1)!: x cosh x - sinh x for sign = 1, x cos x - sin x for sign = -1. */
static double odd_series(double x, double sign)
{
    double power = x, sum = 0;
    for (int k = 1; k <= 12; k++) {
        power *= sign * x * x / (2 * k * (2 * k + 1));
        sum += power * 2 * k;
    }
    return sum;
}

static double x_less_tanh(double x) { return fabs(x) < 1 ? odd_series(x, 1) / cosh(x) : x - tanh(x); }

/* t e^t - expm1(t), which is the sum over k >= 2 of t^k (k - 1) / k! */
static double exp_moment(double t)
{
    if (fabs(t) >= 1)
        return (t - 1) * exp(t) + 1;
    double power = t, sum = 0;
    for (int k = 2; k <= 22; k++) {
        power *= t / k;
        sum += power * (k - 1);
    }
    return sum;
}

/* expm1(x) - x */
static double expm1_less_x(double x)
{
    if (fabs(x) >= 1)
        return expm1(x) - x;
    double power = x, sum = 0;
    for (int k = 2; k <= 22; k++)
        sum += power *= x / k;
    return sum;
}

/* ln(1 + q) - q / (1 + q), with u = 1 + q given accurately even where q is near -1 */
static double log_moment(double q, double u)
{
    if (fabs(q) >= 0.25)
        return log(u) - q / u;
    double power = -q, sum = 0;
    for (int k = 2; k <= 34; k++) {
        power *= -q;
        sum += power * (k - 1) / k;
    }
    return sum;
}

/* ---- functions that need more than a line ------------------------------------------------------------------ */

static struct oracle_value swish(double x, double beta)
{
    double s = sigma(beta * x), bend = s * beta * x * sigma(-beta * x);
    return terms(x * s, x * s, s + bend, s + fabs(bend));
}

/* The relative error of erfc's argument is amplified by x^2 / 2, at most 2^7 where the result is not yet 0. */
static struct oracle_value gelu(double x)
{
    double cdf = 0.5 * erfc(-x * 0.70710678118654752440);
    double bend = x * exp(-x * x / 2) * 0.39894228040143267794;
    return terms(x * cdf, x * cdf, cdf + bend, cdf + fabs(bend));
}

static struct oracle_value gelu_tanh(double x)
{
    double k = 0.79788456080286535588, c = 0.044715;
    double t = 2 * k * x * (1 + c * x * x);
    double dt = 2 * k * (1 + 3 * c * x * x);
    double s = sigma(t), bend = x * s * sigma(-t);
    bend = bend == 0 ? 0 : bend * dt;
    return terms(x * s, x * s, s + bend, s + fabs(bend));
}

/* For x > 50 the factors tanh(ln(1 + e^x)) and f' are 1 to double precision. */
static struct oracle_value mish(double x)
{
    double w = exp(fmin(x, 50)), n = w * (w + 2);
    double bend = x > 50 ? 0 : 4 * x * w * (1 + w) / ((n + 2) * (n + 2));
    return terms(x * (n / (n + 2)), x, n / (n + 2) + bend, n / (n + 2) + fabs(bend));
}

static struct oracle_value hardsigmoid(double x)
{
    return x <= -3 ? flat(0) : x >= 3 ? flat(1) : both((x + 3) / 6, 1. / 6);
}

static struct oracle_value hardswish(double x)
{
    if (x <= -3)
        return flat(-0.0);
    if (x >= 3)
        return unit(x);
    return terms(x * (x + 3) / 6, x * (x + 3) / 6, (2 * x + 3) / 6, (2 * fabs(x) + 3) / 6);
}

static struct oracle_value sinc(double x)
{
    if (x == 0)
        return both(1, 0);
    if (fabs(x) < 1)
        return both(sin(x) / x, odd_series(x, -1) / (x * x));
    double s = sin(x) / x, c = cos(x);
    return terms(s, s, (c - s) / x, (fabs(c) + fabs(s)) / x);
}

/* The formula changes where the product in float exceeds the threshold.  A threshold below 20 makes the function jump there. */
static struct oracle_value softplus(double x, double beta, double threshold)
{
    double t = beta * x;
    if (float_fma(beta, x, 0) > threshold)
        return with_dp(unit(x), FIXED);
    /* t sigma(t) - ln(1 + e^t) is an even function of t */
    double moment = fabs(t) * sigma(-fabs(t)) + log1p(exp(-fabs(t)));
    return with_dp(both(softplus1(t) / beta, sigma(t)), -moment / (beta * beta));
}

/* Bounds may be infinite.  They are compared like any other bound: hardtanh excludes its bounds, clip includes them. */
static struct oracle_value hardtanh(double x, double min, double max)
{
    x = infinite(x);
    return x <= min ? flat(min) : x < max ? unit(x) : flat(max);
}

/* If min > max, the result is max. */
static struct oracle_value clip(double x, double min, double max)
{
    x = infinite(x);
    double y = fmin(fmax(x, min), max);
    return min <= x && x <= max ? unit(y) : flat(y);
}

/* alpha = fl(1/6) with beta = 1/2 asks for hardsigmoid, whose factor is exactly 1/6. */
static bool is_hard(double alpha, double beta) { return alpha == (double)SIXTH && beta == 0.5; }

static struct oracle_value hardsigmoid_ab(double x, double alpha, double beta)
{
    if (is_hard(alpha, beta))
        return hardsigmoid(x);
    double branch = alpha == 0 ? beta : float_fma(alpha, x, beta), t = alpha * x + beta;
    return branch <= 0 ? flat(0) : branch >= 1 ? flat(1) : both(t, alpha);
}

static struct oracle_value hardswish_ab(double x, double alpha, double beta)
{
    if (is_hard(alpha, beta))
        return hardswish(x);
    double branch = float_fma(alpha, x, beta), t = alpha * x + beta;
    if (branch <= 0)
        return flat(copysign(0, x));
    if (branch >= 1)
        return unit(x);
    return terms(x * t, x * t, 2 * alpha * x + beta, fabs(2 * alpha * x) + fabs(beta));
}

static struct oracle_value isru(double x, double alpha)
{
    double r = 1 / sqrt(1 + alpha * x * x), y = x * r;
    return with_dp(both(y, r * r * r), -y * y * y / 2);
}

/* For alpha < 0, u = 1 - alpha^2 - alpha x is summed exactly, because its terms may cancel down to their last bits. */
static struct oracle_value soft_exponential(double x, double alpha)
{
    if (alpha == 0)
        return with_dp(both(x, 1), x * x / 2 + 1);
    if (alpha > 0) {
        double t = alpha * x, e = expm1(t) / alpha;
        return with_dp(terms(e + alpha, fabs(e) + alpha, exp(t), exp(t)), exp_moment(t) / (alpha * alpha) + 1);
    }
    double square = alpha * alpha, hi = 1 - square, lo = square <= 1 ? (1 - hi) - square : 1 - (hi + square);
    double minus_product = -alpha * x, sum = hi + minus_product;
    double back = sum - hi;
    double u = sum + (lo + ((hi - (sum - back)) + (minus_product - back)));
    double q = -alpha * (x + alpha);
    if (u < 0)
        return with_dp(both(NAN, NAN), NAN);
    double log_u = x > BEYOND ? INFINITY : fabs(q) < 0.5 ? log1p(q) : log(u);
    return with_dp(both(-log_u / alpha, 1 / u), u == 0 ? INFINITY : log_moment(q, u) / square + 1 / u);
}

static struct oracle_value squareplus(double x, double b)
{
    double r = sqrt(x * x + b), d = 1 / (4 * r);
    if (x < 0)
        return with_dp(both(b / 2 / (r - x), b / (2 * r * (r - x))), d);
    return with_dp(both((x + r) / 2, r == 0 ? 0.5 : 0.5 * (1 + x / r)), d);
}

static struct oracle_value scaled_tanh(double x, double alpha, double beta)
{
    double t = beta * x, dtanh = 4 * sigma(2 * t) * sigma(-2 * t);
    return two_dp(both(alpha * tanh(t), alpha * beta * dtanh), tanh(t), false, alpha * x * dtanh, false);
}

static struct oracle_value xielu(double x, const double *p)
{
    double alpha_p = p[0], alpha_n = p[1], beta = p[2], eps = p[3];
    if (x > 0)
        return two_dp(terms(x * (alpha_p * x + beta), x * (fabs(alpha_p) * x + fabs(beta)), 2 * alpha_p * x + beta,
                            2 * fabs(alpha_p) * x + fabs(beta)),
                      x * x, false, FIXED);
    double m = fmin(x, eps), e = expm1(m);
    /* if eps is far below 0, both differences are large, and their sum does not cancel */
    double bend = eps < -1 ? e - x : expm1_less_x(m) + (m - x);
    /* far below 0 the two multiples of x are one term: they may cancel and leave alpha_n (e^x - 1) */
    double f = x < -1 ? alpha_n * e + (beta - alpha_n) * x : alpha_n * bend + beta * x;
    double f_terms =
        x < -1 ? fabs(alpha_n * e) + fabs((beta - alpha_n) * x) : fabs(alpha_n) * (fabs(e) + fabs(x)) + fabs(beta * x);
    double growth = alpha_n * expm1(x);
    struct oracle_value v = two_dp(terms(f, f_terms, growth + beta, fabs(growth) + fabs(beta)), FIXED, bend, false);
    /* between eps and 0 the two terms cancel */
    v.dp_terms[1] = eps < -1 ? fabs(e) + fabs(x) : fabs(expm1_less_x(m)) + fabs(m - x);
    return v;
}

/* A factor of 0 and a power that exceeds the doubles are both exact cases.  Where both meet, C's rules decide. */
static struct oracle_value power(double x, double alpha, double beta)
{
    x = fabs(x) < BEYOND ? x : copysign(INFINITY, x);
    double f = alpha * pow(x, beta), df = alpha * beta * pow(x, beta - 1);
    return beta == 0 ? flat(f) : both(f, df);
}

/* ---- the table --------------------------------------------------------------------------------------------- */

#define NOT_OFFERED NAN
#define NONE                                                                                                           \
    {                                                                                                                  \
        {                                                                                                              \
            0                                                                                                          \
        }                                                                                                              \
    }
#define SETTINGS(...)                                                                                                  \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

#define ORACLE(name, value, from_output, of_scale, settings)                                                           \
    static struct oracle_value value_##name(double x, const double *p)                                                 \
    {                                                                                                                  \
        double a = fabs(x);                                                                                            \
        (void)a, (void)p;                                                                                              \
        return value;                                                                                                  \
    }                                                                                                                  \
    static struct oracle_from_output output_##name(double y, const double *p)                                          \
    {                                                                                                                  \
        (void)y, (void)p;                                                                                              \
        return (struct oracle_from_output) { from_output, of_scale };                                                  \
    }                                                                                                                  \
    /* Flat, so that unused results are not computed. */                                                               \
    __attribute__((flatten)) static void values_##name(size_t n, const float *x, const double *p,                      \
                                                       const struct oracle_values *to)                                 \
    {                                                                                                                  \
        double *restrict f = to->f, *restrict df = to->df;                                                             \
        double *restrict f_terms = to->f_terms, *restrict df_terms = to->df_terms;                                     \
        for (size_t i = 0; i < n; i++) {                                                                               \
            const double at = (double)x[i];                                                                            \
            const struct oracle_value v = value_##name(isinf(at) ? copysign(AT_INFINITY, at) : at, p);                 \
            f[i] = isnan(at) ? at : infinite(v.f);                                                                     \
            df[i] = isnan(at) ? at : infinite(v.df);                                                                   \
            f_terms[i] = v.f_terms;                                                                                    \
            df_terms[i] = v.df_terms;                                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
    __attribute__((flatten)) static void slopes_##name(size_t n, const float *restrict y, const double *p,             \
                                                       double *restrict df, double *restrict scales)                   \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            const struct oracle_from_output o = output_##name((double)y[i], p);                                        \
            df[i] = isnan(y[i]) ? (double)y[i] : o.df;                                                                 \
            scales[i] = o.scale;                                                                                       \
        }                                                                                                              \
    }                                                                                                                  \
    static const float further_##name[][ACTFN_MAX_PARAMS] = settings;
#include "oracle.def"

#undef NONE
#undef SETTINGS
#define NONE 0
#define SETTINGS(...) 1
#define ORACLE(name, value, from_output, of_scale, settings)                                                           \
    { #name,                                                                                                           \
      value_##name,                                                                                                    \
      output_##name,                                                                                                   \
      values_##name,                                                                                                   \
      slopes_##name,                                                                                                   \
      further_##name,                                                                                                  \
      settings ? (int)(sizeof further_##name / sizeof further_##name[0]) : 0 },
static const struct oracle lines[] = {
#include "oracle.def"
};

int oracle_count(void) { return (int)(sizeof lines / sizeof lines[0]); }

const struct oracle *oracle_line(int index) { return &lines[index]; }

const struct oracle *oracle_find(const char *name)
{
    for (int i = 0; i < oracle_count(); i++)
        if (strcmp(lines[i].name, name) == 0)
            return &lines[i];
    return NULL;
}

struct oracle_value oracle_at(const struct oracle *line, double x, const double *p)
{
    if (isnan(x))
        return (struct oracle_value) {
            NAN, NAN, NAN, NAN, ORACLE_GENERAL, { NAN, NAN, NAN, NAN }, { NAN, NAN, NAN, NAN }, { false }
        };
    struct oracle_value v = line->value(isinf(x) ? copysign(AT_INFINITY, x) : x, p);
    v.f = infinite(v.f);
    v.df = infinite(v.df);
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
        v.dp[k] = infinite(v.dp[k]);
    return v;
}

static bool has_defaults(actfn_op op)
{
    for (int k = 0; k < actfn_op_info(op)->param_count; k++)
        if (actfn_op_param(op, k)->flags & ACTFN_PARAM_REQUIRED)
            return false;
    return true;
}

int oracle_setting_count(actfn_op op)
{
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    return has_defaults(op) + (line ? line->further_count : 0);
}

void oracle_setting(actfn_op op, int index, float params[ACTFN_MAX_PARAMS], double exact[ACTFN_MAX_PARAMS])
{
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    bool defaults = has_defaults(op) && index == 0;
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
        params[k] = 0;
        if (k < actfn_op_info(op)->param_count)
            params[k] = defaults ? actfn_op_param(op, k)->default_value : line->further[index - has_defaults(op)][k];
        exact[k] = (double)params[k];
    }
}

const char *oracle_setting_text(actfn_op op, const float *params)
{
    static char text[160];
    size_t used = 0;
    text[0] = '\0';
    for (int k = 0; k < actfn_op_info(op)->param_count && used < sizeof text; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%.9g", k ? " " : "",
                                 actfn_op_param(op, k)->name, (double)params[k]);
    return text;
}
