/* SPDX-License-Identifier: MIT */
/*
 * The logarithms, the arc tangent and pow of the fast mode, written in the words of the vocabulary.  The compiler inlines them
 * into the loop that uses them; a call would save and restore every vector register.  Contracts are those of sleef_words.h.
 * Errors are at most 0.95 ulp; v_atan has 1.02, v_pow 1.2.  v_log1p is right for the largest floats too.  A rare path changes
 * only the lanes that need it, so an element's bits do not depend on its neighbours.  Polynomials and constants: tools/coefficients.py.
 */
#ifndef ACTFN_FAST_ELEMENTARY_H
#define ACTFN_FAST_ELEMENTARY_H

#include "math/power_parts.h"
#include "math/simd.h"

#include <float.h>
#include <math.h>

/* x^2, or 0 for |x| <= 2^-30, where x + x^3 is x to the last bit.  Squares of the smallest x would be subnormal numbers. */
WORD vf square_that_counts(vf x)
{
    const vf t = v_where(v_lt(v_splat(0x1p-30f), v_abs(x)), x);
    return t * t;
}

/* ---- log, log1p ------------------------------------------------------------------------------------------------ */

/* ln 2 in two parts.  The first part has 16 bits, so its product with an exponent is exact.  Both parts are positive, so an
 * infinite exponent makes no NaN. */
#define LOG_HIGH v_splat(0x1.62e4p-1f)
#define LOG_LOW v_splat(0x1.7f7d1cp-20f)

/* e ln 2 + f and its rounding error.  Where e is infinite, the minimum keeps the error from being NaN. */
WORD struct log_sum log_sum_of(vf e, vf f)
{
    const vf whole = e * LOG_HIGH;
    struct log_sum s;
    s.high = whole + f;
    vf back = s.high - whole;
    if (V_PARTS_OF_ANY)
        back = v_min(back, v_splat(1.0f));
    s.low = f - back;
    return s;
}

/* e ln 2 + ln(1 + f), the sum being that of e and f; ln(1 + f) = f - f^2/2 + ... for -1/4 <= f <= 1/2, relative error
 * 2^-27.6. */
WORD vf log_of(struct log_sum s, vf e, vf f)
{
    const vf square = f * f;
    vf odd = v_splat(-0x1.7110a4p-5f), even = v_splat(0x1.ac8cc6p-4f);
    odd = v_fma(odd, square, v_splat(-0x1.0d9242p-3f));
    even = v_fma(even, square, v_splat(0x1.2886c4p-3f));
    odd = v_fma(odd, square, v_splat(-0x1.54eefep-3f));
    even = v_fma(even, square, v_splat(0x1.99696cp-3f));
    odd = v_fma(odd, square, v_splat(-0x1.000044p-2f));
    even = v_fma(even, square, v_splat(0x1.5555a4p-2f));
    const vf q = v_fma(v_fma(odd, f, even), f, v_splat(-0.5f));
    return s.high + v_fma(square, q, v_fma(e, LOG_LOW, s.low));
}

/* y where x is an ordinary number, and the logarithm's limit where x is not.  A vocabulary whose v_exponent takes any number
 * has the limits in the parts of x already. */
WORD vf log_limits(vf x, vf y)
{
    if (V_PARTS_OF_ANY)
        return y;
    y = v_select(v_lt(x, v_splat(INFINITY)), y, x);
    y = v_select(v_lt(x, v_splat(0.0f)), v_splat(NAN), y);
    return v_select(v_eq(x, v_splat(0.0f)), v_splat(-INFINITY), y);
}

WORD vf v_log(vf x)
{
    vf e, f;
    if (V_PARTS_OF_ANY) {
        e = v_exponent(x);
        f = v_mantissa(x) - 1.0f;
    } else {
        const vm tiny = v_lt(x, v_splat(FLT_MIN));
        const vf a = v_select(tiny, x * 0x1p24f, x);
        e = v_exponent(a) - v_where(tiny, v_splat(24.0f));
        f = v_mantissa(a) - 1.0f;
    }
    return log_limits(x, log_of(log_sum_of(e, f), e, f));
}

/*
 * ln u for the rounded u = 1 + x, plus the rounding error of u times the slope 1 / (1 + f).  Two digits of the slope suffice.
 * Where V_PARTS_OF_ANY, the mantissa of a negative u is NaN, whose bits less those of u may be a subnormal number.
 */
WORD vf v_log1p(vf x)
{
    const vf u = 1.0f + x, part = u - 1.0f, u_low = (1.0f - (u - part)) + (x - part);
    const vf m = v_mantissa(u), e = v_exponent(u), f = m - 1.0f;
    vf power = v_bits(u_bits(m) - u_bits(u) + 0x3f800000u); /* 2^-e, below e = 127 */
    vm counts = v_lt(x, v_splat(0x1p60f));
    if (V_PARTS_OF_ANY) {
        counts = u_above(u_bits(v_splat(0x1p60f)), u_bits(u)); /* negative numbers have the larger bits */
        power = v_where(counts, power);
    }
    const vf low = v_where(counts, u_low * power);
    struct log_sum s = log_sum_of(e, f);
    s.low = v_fma(low, v_fma(f, v_fma(f, v_splat(0.65f), v_splat(-0.99f)), v_splat(1.0f)), s.low);
    return v_copysign(log_limits(u, log_of(s, e, f)), x);
}

/* ---- atan ------------------------------------------------------------------------------------------------------ */

/*
 * atan z = z + z^3 P(z^2) for |z| <= 1, relative error 2^-28.5.  For x > 1 the result is pi/2 - atan(1/x).  The rounding errors
 * of z = -1/x and of pi/2 + z count where the result is below 1.  The first is multiplied by the slope, for which 1/2 serves:
 * that is the slope at x = 1, where the error counts most.
 */
WORD vf v_atan(vf x)
{
    const vf a = v_min(v_splat(0x1p100f), v_abs(x)), inverse = -1.0f / a;
    const vm big = v_lt(v_splat(1.0f), a);
    const vf z = v_select(big, inverse, a), t = square_that_counts(z);
    vf p = v_splat(-0x1.d4760ap-10f);
    p = v_fma(p, t, v_splat(0x1.64b10ap-7f));
    p = v_fma(p, t, v_splat(-0x1.fdeefap-6f));
    p = v_fma(p, t, v_splat(0x1.da599ep-5f));
    p = v_fma(p, t, v_splat(-0x1.581448p-4f));
    p = v_fma(p, t, v_splat(0x1.c08f2cp-4f));
    p = v_fma(p, t, v_splat(-0x1.2420b4p-3f));
    p = v_fma(p, t, v_splat(0x1.9991e6p-3f));
    p = v_fma(p, t, v_splat(-0x1.55553ep-2f));
    const vf rest = v_where(big, v_fma(z, a, v_splat(1.0f)));
    const vf start = v_where(big, v_splat(0x1.921fb6p+0f)), sum = start + z;
    const vf low = (start - sum) + z + v_where(big, v_splat(-0x1.777a5cp-25f));
    return v_copysign(sum + v_fma(z, v_fma(t, p, v_splat(0.5f) * rest), low), x);
}

/* ---- pow ------------------------------------------------------------------------------------------------------- */

/* a^y for infinities, zeros, NaN, and for results near 2^-126 or 2^128. */
WORD vf power_limits(vf a, vf y, struct log_sum log2)
{
    const vf infinity = v_splat(INFINITY), one = v_splat(1.0f);
    const vf high = v_select(v_eq(a, v_splat(0.0f)), -infinity, v_select(v_eq(a, infinity), infinity, log2.high));
    const vf z = y * high;
    const vm within = v_le(v_abs(z), v_splat(150.0f)); /* elsewhere the product might be subnormal */
    const vf z_low = v_where(within, v_fma(y, high, -z) + y * log2.low);
    const struct pow_parts p = exp2_of(v_min(v_splat(128.0f), v_where(within, z)), z_low);
    const vm top = v_lt(v_splat(126.0f), p.exponent);
    vf power = scaled_to(p.factor, p.exponent - v_where(top, v_splat(2.0f)));
    power = v_select(top, v_select(top, power, one) * 4.0f, power);
    power = v_select(v_lt(v_splat(128.0f), z), infinity, v_where(v_not_le(z, v_splat(-150.0f)), power));
    power = v_select(v_ne(a, a), a, v_select(v_ne(y, y), y, power));
    return v_select(v_eq(a, one), v_select(v_eq(y, y), one, y), v_select(v_eq(y, v_splat(0.0f)), one, power));
}

WORD vf v_pow(vf x, vf y)
{
    const vf a = v_abs(x), zero = v_splat(0.0f);
    struct log_sum log2;
    if (V_PARTS_OF_ANY)
        log2 = log2_of(v_exponent(a), v_mantissa(a) - 1.0f);
    else {
        const vm tiny = v_lt(a, v_splat(FLT_MIN));
        const vf b = v_select(tiny, a * 0x1p24f, a), e = v_exponent(b) - v_where(tiny, v_splat(24.0f));
        const vm ordinary = m_and(v_lt(zero, a), v_lt(a, v_splat(INFINITY)));
        log2 = log2_of(v_select(ordinary, e, v_splat(NAN)), v_mantissa(b) - 1.0f);
    }
    const vf z = y * log2.high;
    const struct pow_parts p = exp2_of(z, v_fma(y, log2.high, -z) + y * log2.low);
    const vm limit = v_not_le(v_abs(z), v_splat(125.0f));
    vf power = v_scale(p.factor, v_min(v_splat(126.0f), v_max(v_splat(-125.0f), p.exponent)));
    if (m_any(limit))
        power = v_select(limit, power_limits(a, y, log2), power);
    const vf half = 0.5f * y;
    const vm odd = m_and(v_eq(v_round(y), y), v_ne(v_round(half), half));
    power = v_select(odd, v_copysign(power, x), power);
    const vm outside = m_and(m_and(v_lt(x, zero), v_lt(v_splat(-INFINITY), x)), v_ne(v_round(y), y));
    power = v_select(outside, v_splat(NAN), power);
    return v_select(v_eq(x, v_splat(1.0f)), v_splat(1.0f), power);
}

#endif
