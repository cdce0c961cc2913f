/* SPDX-License-Identifier: MIT */
/* Logarithm and power to the base 2, for powers.  The results are in parts, whose range is wider than that of floats. */
#ifndef ACTFN_POWER_PARTS_H
#define ACTFN_POWER_PARTS_H

#include "math/simd.h"
#include "math/tiny.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A logarithm as a float and its rounding error. */
struct log_sum {
    vf high, low;
};

/*
 * e + log2(1 + f) as a float and its rest, with error 2^-32.  The power multiplies this error by y log2 x, which reaches 150.
 * With s = f / (2 + f), log2(1 + f) = 2/ln2 (s + s^3/3) + s^5 R(s^2) for |s| <= 1/5, relative error of R 2^-24.1.  The first
 * two terms are computed with their rests.
 */
WORD struct log_sum log2_of(vf e, vf f)
{
    const vf d = 2.0f + f, d_low = f - (d - 2.0f), inverse = 1.0f / d;
    const vf s = f * inverse, s_low = v_fma(-s, d_low, v_fma(-s, d, f)) * inverse;
    const vf t = s * s, t_low = v_fma(s + s, s_low, v_fma(s, s, -t));
    const vf u = s * t, u_low = v_fma(s, t, -u) + v_fma(s, t_low, s_low * t);
    vf r = v_splat(0x1.2d6a74p-2f);
    r = v_fma(r, t, v_splat(0x1.46fb8p-2f));
    r = v_fma(r, t, v_splat(0x1.a61b94p-2f));
    r = v_fma(r, t, v_splat(0x1.2776c4p-1f));
    const vf third = v_splat(0x1.ec709ep-1f), whole = v_splat(0x1.715476p+1f);
    const vf rest = v_fma(t, r, v_splat(-0x1.e2fe02p-28f));
    const vf v = u * third, v_low = v_fma(u, third, -v) + v_fma(u, rest, u_low * third);
    const vf p = s * whole, p_low = v_fma(s, whole, -p) + v_fma(s, v_splat(0x1.4ae0cp-25f), s_low * whole);
    const vf sum = p + v, sum_low = (p - sum) + v + (p_low + v_low);
    const vf high = e + sum, low = (e - high) + sum + sum_low;
    struct log_sum log2;
    log2.high = high + low;
    log2.low = (high - log2.high) + low;
    return log2;
}

/* 2^z = factor 2^exponent, with a factor between 1/2 and 2.  2^g = 1 + g P(g) for |g| <= 1/2, relative error 2^-28.3. */
struct pow_parts {
    vf factor, exponent;
};
WORD struct pow_parts exp2_of(vf z, vf z_low)
{
    const vf k = v_round(z), g = (z - k) + z_low, square = g * g;
    vf even = v_splat(0x1.5f094ap-10f), odd = v_splat(0x1.417856p-13f);
    even = v_fma(even, square, v_splat(0x1.c6af7ap-5f));
    odd = v_fma(odd, square, v_splat(0x1.3b2dd4p-7f));
    even = v_fma(even, square, v_splat(0x1.62e43p-1f));
    odd = v_fma(odd, square, v_splat(0x1.ebfbdcp-3f));
    return (struct pow_parts) { v_fma(v_fma(odd, g, even), g, v_splat(1.0f)), k };
}

/* c = part 2^exponent, with 1 <= |part| < 2; for c = 0 the part is 0. */
struct factor_parts {
    float part, exponent;
};
WORD struct factor_parts factor_parts_of(float c)
{
    const int tiny = fabsf(c) < FLT_MIN;
    const float a = tiny ? c * 0x1p64f : c;
    uint32_t bits;
    memcpy(&bits, &a, sizeof bits);
    struct factor_parts f = { c, 0 };
    if (c == 0)
        return f;
    f.exponent = (float)(int32_t)(bits >> 23 & 0xffu) - (tiny ? 191.0f : 127.0f);
    bits = (bits & 0x807fffffu) | 0x3f800000u;
    memcpy(&f.part, &bits, sizeof bits);
    return f;
}

/* v_scale(a, k), without arithmetic on a subnormal number. */
WORD vf scaled_to(vf a, vf k)
{
    const vm low = v_lt(k, v_splat(-120.0f));
    const vf high = v_scale(a, v_select(low, k + 149.0f, k));
    return v_select(low, tiny_of(v_select(low, high, v_splat(0x1p23f))), high);
}

/* b c |x|^(y + y_low), for x that is neither 0 nor infinite nor NaN, and b, c that are not 0.  The product is rounded as if the
 * exponent had no limits, and once more into the range of floats.  The error is 1.2 ulp, and half an ulp for each of b and c. */
PASS vf power_of_parts(vf x, float y, float y_low, float b, float c)
{
    const vm tiny = v_lt(v_abs(x), v_splat(FLT_MIN));
    const vf a = v_select(tiny, v_abs(x) * 0x1p24f, v_abs(x));
    const struct log_sum log2 = log2_of(v_exponent(a) - v_where(tiny, v_splat(24.0f)), v_mantissa(a) - 1.0f);
    /* Beyond 2^1000 no factors bring the result back into the floats. */
    const vf whole = v_splat(y) * log2.high, limit = v_splat(1000.0f);
    const vf rest = v_fma(v_splat(y), log2.high, -whole) + (v_splat(y) * log2.low + v_splat(y_low) * log2.high);
    const vf z = v_max(-limit, v_min(limit, whole));
    const struct pow_parts p = exp2_of(z, v_where(v_eq(z, whole), rest));
    const struct factor_parts bs = factor_parts_of(b), cs = factor_parts_of(c);
    vf m = v_splat(bs.part) * (v_splat(cs.part) * p.factor), k = p.exponent + (bs.exponent + cs.exponent);
    const vm two = v_le(v_splat(2.0f), v_abs(m)), four = v_le(v_splat(4.0f), v_abs(m));
    m = v_select(four, 0.25f * m, v_select(two, 0.5f * m, m));
    k = k + v_select(four, v_splat(2.0f), v_where(two, ONE));
    const vf scaled = scaled_to(m, v_max(v_splat(-152.0f), v_min(v_splat(128.0f), k)));
    return v_select(v_lt(v_splat(128.0f), k), v_copysign(v_splat(INFINITY), m), scaled);
}

#endif
