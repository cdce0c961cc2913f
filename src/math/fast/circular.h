/* SPDX-License-Identifier: MIT */
/* sin and cos of the fast mode, for any x.  Errors are at most 0.95 ulp; polynomials and constants: tools/coefficients.py. */
#ifndef ACTFN_CIRCULAR_H
#define ACTFN_CIRCULAR_H

#include "math/fast/elementary.h"
#include "math/simd.h"

#include <math.h>
#include <string.h>

/* x = k pi/2 + r - low, |r| <= pi/4 and a little. */
struct angle {
    vf r, low;
    vu quarters; /* k, in its low two bits */
};

/* For |x| <= CIRCLE_LIMIT.  The three parts of pi/2 have an error of 2^-72.  The first product is exact, and the difference is
 * exact, because it is below 2 and a multiple of 2^-23. */
#define CIRCLE_LIMIT 0x1p17f
#define CIRCLE_SHIFT v_splat(0x1.8p23f)

WORD struct angle angle_near(vf x)
{
    const vf shifted = v_fma(x, v_splat(0x1.45f306p-1f), CIRCLE_SHIFT), k = shifted - CIRCLE_SHIFT;
    const vf near = v_fma(-k, v_splat(0x1.921fb4p+0f), x);
    const vf more = k * v_splat(0x1.4442dp-24f), more_low = v_fma(k, v_splat(0x1.4442dp-24f), -more);
    struct angle a;
    a.r = near - more;
    a.low = v_fma(k, v_splat(0x1.846988p-48f), more_low) + (more - (near - a.r));
    a.quarters = u_bits(shifted);
    return a;
}

/*
 * For |x| > CIRCLE_LIMIT, the method of Payne and Hanek.  x = m 2^e with a whole m.  m 2^e 2/pi modulo 4 depends on 96 bits of
 * 2/pi, and e tells at which bit they begin.  The function computes with whole numbers, one lane at a time.
 */
PASS void angle_far(size_t lanes, const float *x, float *r, float *low, uint32_t *quarters)
{
    /* The bits of 2/pi, with 32 zero bits before the point. */
    static const uint32_t two_by_pi[] = { 0,          0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0,
                                          0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561 };
    for (size_t i = 0; i < lanes; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        const uint32_t exponent = (bits >> 23) & 255, m = (bits & 0x007fffffu) | 0x00800000u;
        if (exponent < 127 + 17 || exponent == 255) { /* not beyond, or infinite */
            r[i] = x[i] - x[i];
            low[i] = 0.0f;
            quarters[i] = 0;
            continue;
        }
        const uint32_t skip = exponent - 150u + 30u, word = skip / 32, shift = skip % 32; /* 2 bits before the point */
        uint32_t part[3];
        for (uint32_t k = 0; k < 3; k++)
            part[k] = (uint32_t)(((uint64_t)two_by_pi[word + k] << 32 | two_by_pi[word + k + 1]) >> (32 - shift));
        /* In units of 2^-62 of a quarter. */
        const uint64_t turns = ((uint64_t)(m * part[0]) << 32) + (uint64_t)m * part[1] + ((uint64_t)m * part[2] >> 32);
        const uint64_t k = (turns + ((uint64_t)1 << 61)) >> 62;
        const double rest = (double)(int64_t)(turns - (k << 62)) * (0x1.921fb54442d18p0 * 0x1p-62);
        const double signed_rest = bits >> 31 ? -rest : rest;
        r[i] = (float)signed_rest;
        low[i] = (float)((double)r[i] - signed_rest);
        quarters[i] = (uint32_t)(bits >> 31 ? 0 - k : k);
    }
}

WORD struct angle angle_of(vf x)
{
    struct angle a = angle_near(x);
    const vm far = v_not_le(v_abs(x), v_splat(CIRCLE_LIMIT));
    if (__builtin_expect(m_any(far), 0)) {
        float all[V_LANES], r[V_LANES], low[V_LANES];
        uint32_t quarters[V_LANES];
        v_store(all, x);
        angle_far(V_LANES, all, r, low, quarters);
        a.r = v_select(far, v_load(r), a.r);
        a.low = v_select(far, v_load(low), a.low);
        a.quarters = u_bits(v_select(far, v_bits(u_load(quarters)), v_bits(a.quarters)));
    }
    return a;
}

/*
 *     sin(r - low) = r - (r^3 S(r^2) + low), relative error 2^-27.8
 *     cos(r - low) = 1 - r^2/2 + r (r^3 C(r^2) + low), relative error 2^-32.7
 * for r^2 <= 0.63.  The cosine's 1 is split: 1/4 - r^2/2 comes first, and 3/4 is added last.  A sine of -0 is -0.  With each
 * further quarter the value is sine, cosine, -sine, -cosine.
 */
WORD vf circle_value(struct angle a, vu quarters)
{
    const vf t = square_that_counts(a.r), cube = a.r * t;
    vf s = v_splat(0x1.991dp-13f);
    s = v_fma(s, t, v_splat(-0x1.1106c8p-7f));
    s = v_fma(s, t, v_splat(0x1.555544p-3f));
    vf c = v_splat(0x1.99dd8p-16f);
    c = v_fma(c, t, v_splat(-0x1.6c0c12p-10f));
    c = v_fma(c, t, v_splat(0x1.55554ap-5f));
    const vf sine = a.r - v_fma(cube, s, a.low);
    const vf cosine = 0.75f + v_fma(a.r, v_fma(cube, c, a.low), v_fma(v_splat(-0.5f), t, v_splat(0.25f)));
    const vf value = v_select(m_odd(quarters), cosine, sine);
    return v_bits(u_bits(value) ^ ((quarters << 30u) & 0x80000000u));
}

WORD vf v_sin(vf x)
{
    const struct angle a = angle_of(x);
    return circle_value(a, a.quarters);
}
WORD vf v_cos(vf x)
{
    const struct angle a = angle_of(x);
    return circle_value(a, a.quarters + 1u);
}

#endif
