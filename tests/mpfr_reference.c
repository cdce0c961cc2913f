/* SPDX-License-Identifier: MIT */
/*
 * The reference code of the specification, line by line, in MPFR.
 *
 * A number is a handle into a pool, and every evaluation empties the pool.  So formulas nest in C as they do on paper.
 */
#include "mpfr_reference.h"

#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>

typedef mpfr_ptr num;

enum { POOL = 256 };
static mpfr_t pool[POOL];
static int pool_used;
static bool pool_made;

static num fresh(void)
{
    if (pool_used == POOL)
        abort();
    return pool[pool_used++];
}

static num of(double d)
{
    num r = fresh();
    mpfr_set_d(r, d, MPFR_RNDN);
    return r;
}

static num decimal(const char *text)
{
    num r = fresh();
    mpfr_set_str(r, text, 10, MPFR_RNDN);
    return r;
}

#define UNARY(name, call)                                                                                              \
    static num name(num a)                                                                                             \
    {                                                                                                                  \
        num r = fresh();                                                                                               \
        call(r, a, MPFR_RNDN);                                                                                         \
        return r;                                                                                                      \
    }
#define BINARY(name, call)                                                                                             \
    static num name(num a, num b)                                                                                      \
    {                                                                                                                  \
        num r = fresh();                                                                                               \
        call(r, a, b, MPFR_RNDN);                                                                                      \
        return r;                                                                                                      \
    }
UNARY(neg, mpfr_neg)
UNARY(absolute, mpfr_abs)
UNARY(root, mpfr_sqrt)
UNARY(e_to, mpfr_exp)
UNARY(e_to_m1, mpfr_expm1)
UNARY(ln, mpfr_log)
UNARY(ln1p, mpfr_log1p)
UNARY(tanh_, mpfr_tanh)
UNARY(erfc_, mpfr_erfc)
UNARY(atan_, mpfr_atan)
UNARY(sin_, mpfr_sin)
UNARY(cos_, mpfr_cos)
UNARY(nearest, mpfr_rint)
BINARY(add, mpfr_add)
BINARY(sub, mpfr_sub)
BINARY(mul, mpfr_mul)
BINARY(quo, mpfr_div)
BINARY(to_the, mpfr_pow)
BINARY(least, mpfr_min)
BINARY(greatest, mpfr_max)

static int cmp(num a, double b) { return mpfr_cmp_d(a, b); }

static num clamp(num x, num lo, num hi) { return greatest(lo, least(hi, x)); }

static num sg(num x)
{
    num e = e_to(neg(absolute(x)));
    return quo(cmp(x, 0) >= 0 ? of(1) : e, add(of(1), e));
}

static num sp(num x) { return add(greatest(x, of(0)), ln1p(e_to(neg(absolute(x))))); }

/* t e^t - (e^t - 1), written so that two infinities are never subtracted */
static num moment(num t) { return add(mul(sub(t, of(1)), e_to(t)), of(1)); }

/* The result of an operation's function: f, f', and the derivatives to the parameters (NULL: 0).  Then for each the sum of
 * the magnitudes of its terms, if they cancel (NULL: they do not). */
struct out {
    num f, d, dp[4];
    num f_terms, d_terms, dp_terms[4];
};
typedef struct out reference(num x, num *p);

/* One operation in each line, if its formula fits. */
/* clang-format off */
#define PAIR(value, slope) ((struct out) { .f = (value), .d = (slope) })
#define WITH(value, slope, ...) ((struct out) { .f = (value), .d = (slope), .dp = { __VA_ARGS__ } })
#define DEFINE(name) static struct out ref_##name(num x, num *p)
#define UNUSED_P (void)p

DEFINE(identity) { UNUSED_P; return PAIR(x, of(1)); }
DEFINE(binary_step) { UNUSED_P; return PAIR(of(cmp(x, 0) >= 0), of(0)); }
DEFINE(sigmoid) { UNUSED_P; return PAIR(sg(x), mul(sg(x), sg(neg(x)))); }
DEFINE(tanh) { UNUSED_P; return PAIR(tanh_(x), mul(of(4), mul(sg(mul(of(2), x)), sg(mul(of(-2), x))))); }
DEFINE(arctan) { UNUSED_P; return PAIR(atan_(x), quo(of(1), add(of(1), mul(x, x)))); }
DEFINE(softsign)
{
    UNUSED_P;
    num q = add(of(1), absolute(x));
    return PAIR(quo(x, q), quo(of(1), mul(q, q)));
}
DEFINE(relu) { UNUSED_P; return PAIR(greatest(x, of(0)), of(cmp(x, 0) > 0)); }
DEFINE(relu6) { UNUSED_P; return PAIR(clamp(x, of(0), of(6)), of(cmp(x, 0) > 0 && cmp(x, 6) < 0)); }
DEFINE(squared_relu)
{
    UNUSED_P;
    num m = greatest(x, of(0));
    return PAIR(mul(m, m), mul(of(2), m));
}
DEFINE(selu)
{
    UNUSED_P;
    num lambda = decimal("1.0507009873554804934193349852946"), alpha = decimal("1.6732632423543772848170429916717");
    if (cmp(x, 0) > 0)
        return PAIR(mul(lambda, x), lambda);
    return PAIR(mul(mul(lambda, alpha), e_to_m1(x)), mul(mul(lambda, alpha), e_to(x)));
}
static struct out swish(num x, num beta)
{
    num t = mul(beta, x), s = sg(t), c = sg(neg(t));
    struct out out = WITH(mul(x, s), mul(s, add(of(1), mul(t, c))), mul(mul(x, x), mul(s, c)));
    out.d_terms = mul(s, add(of(1), absolute(mul(t, c))));
    return out;
}
DEFINE(silu) { UNUSED_P; return swish(x, of(1)); }
DEFINE(gelu_quick) { UNUSED_P; return swish(x, decimal("1.702")); }
DEFINE(gelu)
{
    UNUSED_P;
    num pi = fresh();
    mpfr_const_pi(pi, MPFR_RNDN);
    num cdf = mul(of(0.5), erfc_(quo(neg(x), root(of(2)))));
    num density = quo(e_to(mul(of(-0.5), mul(x, x))), root(mul(of(2), pi)));
    return PAIR(mul(x, cdf), add(cdf, mul(x, density)));
}
DEFINE(gelu_tanh)
{
    UNUSED_P;
    num pi = fresh();
    mpfr_const_pi(pi, MPFR_RNDN);
    num k0 = root(quo(of(2), pi)), k1 = decimal("0.044715"), square = mul(x, x);
    num u = mul(k0, add(x, mul(k1, mul(square, x)))), s = sg(mul(of(2), u));
    num du = mul(k0, add(of(1), mul(of(3), mul(k1, square))));
    return PAIR(mul(x, s), mul(s, add(of(1), mul(mul(of(2), mul(x, du)), sg(mul(of(-2), u))))));
}
/* For x > 2000 w would overflow; the factors differ from 1 by less than e^-4000 there. */
DEFINE(mish)
{
    UNUSED_P;
    if (cmp(x, 2000) > 0)
        return PAIR(x, of(1));
    num w = e_to(x), n = mul(w, add(w, of(2))), m = add(n, of(2));
    return PAIR(quo(mul(x, n), m),
                add(quo(n, m), quo(mul(mul(of(4), x), mul(w, add(of(1), w))), mul(m, m))));
}
DEFINE(hardsigmoid)
{
    UNUSED_P;
    return PAIR(quo(clamp(add(x, of(3)), of(0), of(6)), of(6)), quo(of(cmp(x, -3) > 0 && cmp(x, 3) < 0), of(6)));
}
DEFINE(hardswish)
{
    UNUSED_P;
    num d = cmp(x, -3) <= 0 ? of(0) : cmp(x, 3) >= 0 ? of(1) : quo(add(mul(of(2), x), of(3)), of(6));
    struct out out = PAIR(quo(mul(x, clamp(add(x, of(3)), of(0), of(6))), of(6)), d);
    if (cmp(x, -3) > 0 && cmp(x, 3) < 0)
        out.d_terms = quo(add(mul(of(2), absolute(x)), of(3)), of(6));
    return out;
}
DEFINE(log_sigmoid) { UNUSED_P; return PAIR(neg(sp(neg(x))), sg(neg(x))); }
DEFINE(tanhshrink) { UNUSED_P; return PAIR(sub(x, tanh_(x)), mul(tanh_(x), tanh_(x))); }
DEFINE(bent_identity)
{
    UNUSED_P;
    num r = root(add(mul(x, x), of(1)));
    return PAIR(add(x, quo(sub(r, of(1)), of(2))), add(of(1), quo(x, mul(of(2), r))));
}
DEFINE(sinusoid) { UNUSED_P; return PAIR(sin_(x), cos_(x)); }
DEFINE(sinc)
{
    UNUSED_P;
    if (cmp(x, 0) == 0)
        return PAIR(of(1), of(0));
    return PAIR(quo(sin_(x), x), quo(sub(mul(x, cos_(x)), sin_(x)), mul(x, x)));
}
DEFINE(gaussian)
{
    UNUSED_P;
    num y = e_to(neg(mul(x, x)));
    return PAIR(y, mul(mul(of(-2), x), y));
}
DEFINE(sparse_plus)
{
    UNUSED_P;
    num s = add(x, of(1));
    return cmp(x, -1) <= 0  ? PAIR(of(0), of(0))
           : cmp(x, 1) >= 0 ? PAIR(x, of(1))
                            : PAIR(quo(mul(s, s), of(4)), quo(s, of(2)));
}
DEFINE(sparse_sigmoid)
{
    UNUSED_P;
    return PAIR(clamp(quo(add(x, of(1)), of(2)), of(0), of(1)), of(cmp(x, -1) > 0 && cmp(x, 1) < 0 ? 0.5 : 0));
}
DEFINE(exp) { UNUSED_P; return PAIR(e_to(x), e_to(x)); }
DEFINE(abs) { UNUSED_P; return PAIR(absolute(x), of(mpfr_sgn(x))); }
DEFINE(square) { UNUSED_P; return PAIR(mul(x, x), mul(of(2), x)); }
DEFINE(sqrt) { UNUSED_P; return PAIR(root(x), quo(of(1), mul(of(2), root(x)))); }
DEFINE(log) { UNUSED_P; return PAIR(ln(x), cmp(x, 0) < 0 ? ln(x) : quo(of(1), x)); }
DEFINE(round) { UNUSED_P; return PAIR(nearest(x), of(0)); }

DEFINE(leaky_relu)
{
    return cmp(x, 0) > 0 ? PAIR(x, of(1)) : WITH(mul(p[0], x), p[0], x);
}
DEFINE(elu)
{
    return cmp(x, 0) > 0 ? PAIR(x, of(1)) : WITH(mul(p[0], e_to_m1(x)), mul(p[0], e_to(x)), e_to_m1(x));
}
DEFINE(celu)
{
    num t = quo(x, p[0]);
    if (cmp(x, 0) > 0)
        return PAIR(x, of(1));
    return WITH(mul(p[0], e_to_m1(t)), e_to(t), neg(moment(t)));
}
/* The branch is decided by the product in float: only here the specification depends on float arithmetic. */
DEFINE(softplus)
{
    num t = mul(p[0], x);
    volatile float product = mpfr_get_flt(p[0], MPFR_RNDN) * mpfr_get_flt(x, MPFR_RNDN);
    if (cmp(p[1], (double)product) < 0)
        return PAIR(x, of(1));
    num y = quo(sp(t), p[0]);
    return WITH(y, sg(t), quo(sub(mul(x, sg(t)), y), p[0]));
}
DEFINE(swish) { return swish(x, p[0]); }
DEFINE(hardtanh)
{
    return PAIR(clamp(x, p[0], p[1]), of(mpfr_cmp(p[0], x) < 0 && mpfr_cmp(x, p[1]) < 0));
}
DEFINE(clip)
{
    return PAIR(least(p[1], greatest(p[0], x)), of(mpfr_cmp(p[0], x) <= 0 && mpfr_cmp(x, p[1]) <= 0));
}
/* The parameters (fl(1/6), 1/2) ask for hardsigmoid and hardswish themselves. */
static bool is_hard(num *p)
{
    return cmp(p[0], (double)(1.0f / 6.0f)) == 0 && cmp(p[1], 0.5) == 0;
}
/* c x + b.  A parameter c of 0 times an infinite x is 0. */
static num affine(num c, num x, num b) { return cmp(c, 0) == 0 ? b : add(mul(c, x), b); }
DEFINE(hardsigmoid_ab)
{
    num t = affine(p[0], x, p[1]);
    return is_hard(p) ? ref_hardsigmoid(x, p)
                      : PAIR(clamp(t, of(0), of(1)), mul(p[0], of(cmp(t, 0) > 0 && cmp(t, 1) < 0)));
}
DEFINE(hardswish_ab)
{
    num t = add(mul(p[0], x), p[1]);
    num d = cmp(t, 0) <= 0 ? of(0) : cmp(t, 1) >= 0 ? of(1) : add(mul(of(2), mul(p[0], x)), p[1]);
    if (is_hard(p))
        return ref_hardswish(x, p);
    struct out out = PAIR(mul(x, clamp(t, of(0), of(1))), d);
    if (cmp(t, 0) > 0 && cmp(t, 1) < 0)
        out.d_terms = add(absolute(mul(of(2), mul(p[0], x))), absolute(p[1]));
    return out;
}
DEFINE(hardshrink) { return mpfr_cmpabs(x, p[0]) > 0 ? PAIR(x, of(1)) : PAIR(of(0), of(0)); }
static struct out shrunk(num x, num lambda, num bias)
{
    return mpfr_cmp(x, lambda) > 0        ? PAIR(sub(x, bias), of(1))
           : mpfr_cmp(x, neg(lambda)) < 0 ? PAIR(add(x, bias), of(1))
                                          : PAIR(of(0), of(0));
}
DEFINE(softshrink) { return shrunk(x, p[0], p[0]); }
DEFINE(shrink) { return shrunk(x, p[0], p[1]); }
DEFINE(threshold) { return mpfr_cmp(x, p[0]) > 0 ? PAIR(x, of(1)) : PAIR(p[1], of(0)); }
DEFINE(thresholded_relu) { return mpfr_cmp(x, p[0]) > 0 ? PAIR(x, of(1)) : PAIR(of(0), of(0)); }
DEFINE(isru)
{
    num r = quo(of(1), root(add(of(1), mul(p[0], mul(x, x))))), y = mul(x, r);
    return WITH(y, mul(r, mul(r, r)), mul(of(-0.5), mul(y, mul(y, y))));
}
DEFINE(isrlu) { return cmp(x, 0) >= 0 ? PAIR(x, of(1)) : ref_isru(x, p); }
DEFINE(soft_exponential)
{
    num a = p[0], t = mul(a, x), e = e_to(t), square = mul(a, a);
    if (cmp(a, 0) == 0)
        return WITH(x, of(1), add(quo(mul(x, x), of(2)), of(1)));
    if (cmp(a, 0) > 0) {
        struct out out = WITH(add(quo(e_to_m1(t), a), a), e, add(quo(moment(t), square), of(1)));
        out.f_terms = add(absolute(quo(e_to_m1(t), a)), a);
        return out;
    }
    num u = sub(of(1), mul(a, add(x, a)));
    if (cmp(u, 0) < 0)
        return WITH(ln(u), ln(u), ln(u));
    if (mpfr_inf_p(x)) /* ln u / a^2 is the largest term at infinity, but not yet at 2^400 */
        return WITH(x, of(0), x);
    return WITH(quo(neg(ln(u)), a), quo(of(1), u),
                cmp(u, 0) == 0 ? quo(of(1), u) : add(quo(ln(u), square), quo(add(x, mul(of(2), a)), mul(a, u))));
}
DEFINE(squareplus)
{
    num r = root(add(mul(x, x), p[0]));
    num d = cmp(r, 0) == 0 ? of(0.5) : mul(of(0.5), add(of(1), quo(x, r)));
    return WITH(quo(add(x, r), of(2)), d, quo(of(0.25), r));
}
DEFINE(scaled_tanh)
{
    num t = mul(p[1], x), slope = mul(of(4), mul(sg(mul(of(2), t)), sg(mul(of(-2), t))));
    return WITH(mul(p[0], tanh_(t)), mul(mul(p[0], p[1]), slope), tanh_(t), mul(mul(p[0], x), slope));
}
DEFINE(xielu)
{
    num bx = mul(p[2], x);
    if (cmp(x, 0) > 0) {
        num square = mul(x, x), slope = mul(of(2), mul(p[0], x));
        struct out out = WITH(add(mul(p[0], square), bx), add(slope, p[2]), square);
        out.f_terms = add(absolute(mul(p[0], square)), absolute(bx));
        out.d_terms = add(absolute(slope), absolute(p[2]));
        return out;
    }
    num m = least(x, p[3]), e = e_to_m1(m), bend = sub(e, x), growth = mul(p[1], e_to_m1(x));
    struct out out = WITH(add(mul(p[1], bend), bx), add(growth, p[2]), NULL, bend);
    /* Below -1 the multiples of x are one term, above -1 they are several. */
    out.f_terms = cmp(x, -1) < 0
                      ? add(absolute(mul(p[1], e)), absolute(mul(sub(p[2], p[1]), x)))
                      : add(mul(absolute(p[1]), add(absolute(e), absolute(x))), absolute(bx));
    out.d_terms = add(absolute(growth), absolute(p[2]));
    out.dp_terms[1] = cmp(p[3], -1) < 0 ? add(absolute(e), absolute(x)) : add(absolute(sub(e, m)), absolute(sub(m, x)));
    return out;
}
DEFINE(relu_general)
{
    if (mpfr_cmp(x, p[1]) >= 0 && !mpfr_inf_p(p[1]))
        return PAIR(p[1], of(0));
    return mpfr_cmp(x, p[2]) > 0 ? PAIR(x, of(1)) : WITH(mul(p[0], sub(x, p[2])), p[0], sub(x, p[2]));
}
DEFINE(linear) { return PAIR(add(mul(p[0], x), p[1]), p[0]); }
/* A power of a finite number is finite here, because MPFR's exponents are large: 0 times the power is 0.  The same holds for an
 * infinite x. */
static num times_power(num factor, num x, num exponent)
{
    num power = to_the(x, exponent);
    return cmp(factor, 0) == 0 && mpfr_sgn(x) != 0 && !mpfr_nan_p(power) ? of(0) : mul(factor, power);
}
DEFINE(pow)
{
    num d = cmp(p[1], 0) == 0 ? of(0) : times_power(mul(p[0], p[1]), x, sub(p[1], of(1)));
    return PAIR(times_power(p[0], x, p[1]), d);
}

/* f' from y; f_terms is the greatest |f'|, or the sum of the terms' magnitudes. */
#define SLOPE(slope, scale) ((struct out) { .f = (slope), .d = (slope), .f_terms = (scale) })
#define AT_MOST_ONE of(1)
#define FROM_Y(name) static struct out from_##name(num y, num *p)
static num bell(num y, num alpha)
{
    num u = affine(neg(alpha), mul(y, y), of(1));
    return cmp(u, 0) <= 0 ? of(0) : mul(u, root(u));
}
FROM_Y(leaky_relu) { return SLOPE(cmp(y, 0) > 0 ? of(1) : p[0], greatest(of(1), p[0])); }
FROM_Y(elu) { return SLOPE(cmp(y, 0) > 0 ? of(1) : add(y, p[0]), greatest(of(1), p[0])); }
FROM_Y(celu) { return SLOPE(cmp(y, 0) > 0 ? of(1) : add(quo(y, p[0]), of(1)), AT_MOST_ONE); }
FROM_Y(softplus) { return SLOPE(neg(e_to_m1(neg(mul(p[0], y)))), AT_MOST_ONE); }
FROM_Y(hardtanh) { return SLOPE(of(mpfr_cmp(p[0], y) < 0 && mpfr_cmp(y, p[1]) < 0), AT_MOST_ONE); }
FROM_Y(hardshrink) { UNUSED_P; return SLOPE(of(cmp(y, 0) != 0), AT_MOST_ONE); }
FROM_Y(softshrink) { return from_hardshrink(y, p); }
FROM_Y(shrink) { return from_hardshrink(y, p); }
FROM_Y(threshold) { return SLOPE(of(mpfr_cmp(y, p[0]) > 0), AT_MOST_ONE); }
FROM_Y(thresholded_relu) { return from_threshold(y, p); }
FROM_Y(isru) { return SLOPE(bell(y, p[0]), AT_MOST_ONE); }
FROM_Y(isrlu) { return SLOPE(cmp(y, 0) >= 0 ? of(1) : bell(y, p[0]), AT_MOST_ONE); }
FROM_Y(soft_exponential)
{
    num t = mul(p[0], y), e = e_to(t);
    if (cmp(p[0], 0) == 0)
        return SLOPE(of(1), AT_MOST_ONE);
    if (cmp(p[0], 0) < 0)
        return SLOPE(e, mul(e, add(of(1), absolute(t))));
    return SLOPE(add(of(1), mul(p[0], sub(y, p[0]))), add(of(1), mul(p[0], add(absolute(y), p[0]))));
}
FROM_Y(squareplus)
{
    num square = mul(y, y);
    return SLOPE(quo(square, add(square, mul(of(0.25), p[0]))), AT_MOST_ONE);
}
FROM_Y(scaled_tanh)
{
    return SLOPE(mul(p[1], sub(p[0], quo(mul(y, y), p[0]))), absolute(mul(p[0], p[1])));
}
FROM_Y(linear) { UNUSED_P; (void)y; return SLOPE(p[0], absolute(p[0])); }

struct row {
    const char *name;
    reference *at;
};
#define ROW(name) { #name, ref_##name }
static const struct row table[] = {
    ROW(identity), ROW(binary_step), ROW(sigmoid), ROW(tanh), ROW(arctan), ROW(softsign), ROW(relu), ROW(relu6),
    ROW(squared_relu), ROW(selu), ROW(silu), ROW(gelu), ROW(gelu_tanh), ROW(gelu_quick), ROW(mish), ROW(hardsigmoid),
    ROW(hardswish), ROW(log_sigmoid), ROW(tanhshrink), ROW(bent_identity), ROW(sinusoid), ROW(sinc), ROW(gaussian),
    ROW(sparse_plus), ROW(sparse_sigmoid), ROW(exp), ROW(abs), ROW(square), ROW(sqrt), ROW(log), ROW(round),
    ROW(leaky_relu), ROW(elu), ROW(celu), ROW(softplus), ROW(swish), ROW(hardtanh), ROW(clip), ROW(hardsigmoid_ab),
    ROW(hardswish_ab), ROW(hardshrink), ROW(softshrink), ROW(shrink), ROW(threshold), ROW(thresholded_relu),
    ROW(isru), ROW(isrlu), ROW(soft_exponential), ROW(squareplus), ROW(scaled_tanh), ROW(xielu), ROW(relu_general),
    ROW(linear), ROW(pow),
};
#undef ROW
#define ROW(name) { #name, from_##name }
static const struct row from_output[] = {
    ROW(leaky_relu), ROW(elu), ROW(celu), ROW(softplus), ROW(hardtanh), ROW(hardshrink), ROW(softshrink), ROW(shrink),
    ROW(threshold), ROW(thresholded_relu), ROW(isru), ROW(isrlu), ROW(soft_exponential), ROW(squareplus),
    ROW(scaled_tanh), ROW(linear),
};
/* clang-format on */

/* Empties the pool and gives its numbers `bits` bits. */
static void begin(mpfr_prec_t bits)
{
    for (int i = 0; i < POOL; i++) {
        if (!pool_made)
            mpfr_init2(pool[i], bits);
        else if (mpfr_get_prec(pool[i]) != bits)
            mpfr_set_prec(pool[i], bits);
    }
    pool_made = true;
    pool_used = 0;
}

static double rounded(num a) { return mpfr_get_d(a, MPFR_RNDN); }

/* Replaces a value that is NaN, or any value if `first`. */
static void settle(double *value, double otherwise, bool first)
{
    if (first || isnan(*value))
        *value = otherwise;
}

/* Evaluates at x.  If `far` is not 0, evaluates at `far`, +-2^400, and replaces only values that an infinite x has left NaN.
 * At 2^400 every function is as near to its limit as the bits can tell. */
static void evaluate(reference *at, float x, double far, const float *params, bool first, struct mpfr_value *result)
{
    num p[4], argument;
    pool_used = 0;
    for (int k = 0; k < 4; k++)
        p[k] = of((double)params[k]);
    argument = of(far != 0 ? far : (double)x);
    const struct out out = at(argument, p);
    settle(&result->f, rounded(out.f), first);
    settle(&result->df, rounded(out.d), first);
    settle(&result->f_terms, fabs(rounded(out.f_terms ? out.f_terms : out.f)), first);
    settle(&result->df_terms, fabs(rounded(out.d_terms ? out.d_terms : out.d)), first);
    for (int k = 0; k < 4; k++) {
        const double d = out.dp[k] ? rounded(out.dp[k]) : 0;
        settle(&result->dp[k], d, first);
        settle(&result->dp_terms[k], fabs(out.dp_terms[k] ? rounded(out.dp_terms[k]) : d), first);
    }
}

static bool look_up(const struct row *rows, size_t count, const char *name, float x, const float *params,
                    struct mpfr_value *result)
{
    begin(MPFR_REFERENCE_BITS);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        evaluate(rows[i].at, x, 0, params, true, result);
        if (isinf(x))
            evaluate(rows[i].at, x, copysign(0x1p400, (double)x), params, false, result);
        return true;
    }
    return false;
}

bool mpfr_reference(const char *name, float x, const float *params, struct mpfr_value *result)
{
    return look_up(table, sizeof table / sizeof table[0], name, x, params, result);
}

bool mpfr_reference_from_output(const char *name, float y, const float *params, struct mpfr_slope *result)
{
    struct mpfr_value v;
    if (!look_up(from_output, sizeof from_output / sizeof from_output[0], name, y, params, &v))
        return false;
    *result = (struct mpfr_slope) { v.df, v.f_terms };
    return true;
}

bool mpfr_reference_sixteen(const char *name, float x, const float *params, int fraction, int bias, unsigned *result)
{
    static const mpfr_prec_t precisions[] = { MPFR_REFERENCE_BITS, 16384 };
    reference *at = NULL;
    for (size_t i = 0; i < sizeof table / sizeof table[0] && !at; i++)
        at = strcmp(table[i].name, name) == 0 ? table[i].at : NULL;
    if (!at)
        return false;
    const unsigned infinite = (2u * (unsigned)bias + 1) << fraction;
    for (int k = 0; k < 2; k++) {
        begin(precisions[k]);
        num p[4];
        for (int j = 0; j < 4; j++)
            p[j] = of((double)params[j]);
        num f = at(of((double)x), p).f;
        const unsigned sign = mpfr_signbit(f) ? 0x8000u : 0;
        if (mpfr_nan_p(f) || mpfr_inf_p(f) || mpfr_zero_p(f)) {
            *result = mpfr_nan_p(f) ? infinite | 1u : sign | (mpfr_inf_p(f) ? infinite : 0);
            return true;
        }
        /* f in units of the last bit: a whole number and a remainder. */
        const long exponent = (long)mpfr_get_exp(f) - 1, lowest = 1 - bias,
                   place = exponent < lowest ? lowest : exponent;
        if (exponent > bias) {
            *result = sign | infinite;
            return true;
        }
        num units = fresh(), whole = fresh(), off = fresh();
        mpfr_mul_2si(units, f, fraction - place, MPFR_RNDN);
        mpfr_rint(whole, units, MPFR_RNDN);
        mpfr_sub(off, units, whole, MPFR_RNDN);
        mpfr_abs(off, off, MPFR_RNDN);
        mpfr_sub_d(off, off, 0.5, MPFR_RNDN);
        const unsigned count = (unsigned)mpfr_get_ui(absolute(whole), MPFR_RNDN);
        *result = sign | (exponent < lowest ? count : ((unsigned)(exponent + bias - 1) << fraction) + count);
        if (!mpfr_zero_p(off) && mpfr_get_exp(off) > -400)
            return true;
    }
    return true;
}

void mpfr_reference_free(void)
{
    for (int i = 0; i < POOL && pool_made; i++)
        mpfr_clear(pool[i]);
    pool_made = false;
    mpfr_free_cache();
}
