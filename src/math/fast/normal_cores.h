/* SPDX-License-Identifier: MIT */
/* Cores: gelu and gelu_tanh. */
#ifndef ACTFN_NORMAL_CORES_H
#define ACTFN_NORMAL_CORES_H

#include "math/fast/guard.h"
#include "math/fast/power.h"
#include "math/gelu.h"

/* ---- gelu ------------------------------------------------------------------------------------------------------ */

/* Phi(-a) = e^(-a^2/2) times the ratio of Mills. */

#if V_PICKS >= 32

/* Segments of equal weight in ln Phi, by a quadratic curve of which the index is the nearest whole number. */
#define NORMAL_END 8.04f
WORD vf normal_segment(vf a)
{
    return v_fma(a, v_fma(a, v_splat(0.34421429f), v_splat(1.13590717f)), v_splat(0x1.8p23f));
}

#define APPLIES_gelu(p) 1
#define GUARD_gelu_f LEFT, NORMAL_END, 1
/* max(x, 0) - a Phi(-a), and Phi(-a) as the square of what the table holds: half the octaves to a segment. */
WORD vf core_gelu(vf x)
{
    const vf a = v_min(v_splat(8.05f), v_abs(x)), at = normal_segment(a), d = a - v_pick(gelu_root_centre, 32, at);
    vf q = v_pick(gelu_root_5, 32, at);
    q = v_fma(q, d, v_pick(gelu_root_4, 32, at));
    q = v_fma(q, d, v_pick(gelu_root_3, 32, at));
    q = v_fma(q, d, v_pick(gelu_root_2, 32, at));
    q = v_fma(q, d, v_pick(gelu_root_1, 32, at));
    q = v_fma(q, d, v_pick(gelu_root_0, 32, at));
    return v_fma(-(a * q), q, v_max(v_splat(-0.0f), x));
}
#define GUARD_gelu_df LEFT, NORMAL_END, 0
WORD vf core_gelu_grad(vf x, vf dy)
{
    const vf a = v_min(v_splat(8.05f), v_abs(x)), at = normal_segment(a), d = a - v_pick(gelu_slope_centre, 32, at);
    vf q = v_pick(gelu_slope_6, 32, at);
    q = v_fma(q, d, v_pick(gelu_slope_5, 32, at));
    q = v_fma(q, d, v_pick(gelu_slope_4, 32, at));
    q = v_fma(q, d, v_pick(gelu_slope_3, 32, at));
    q = v_fma(q, d, v_pick(gelu_slope_2, 32, at));
    q = v_fma(q, d, v_pick(gelu_slope_1, 32, at));
    q = v_fma(q, d, v_pick(gelu_slope_0, 32, at));
    return dy * v_select(v_lt(x, ZERO), q, 1.0f - q);
}

#elif V_PICKS == 8

/* e^(-a^2/2) of the unrounded square, and a Phi(-a) / e^(-a^2/2) by a table of the ratio of Mills. */
#define NORMAL_END 8.04f
struct bell {
    vf a, e, mills;
};
WORD struct bell bell_of(vf x)
{
    struct bell b;
    b.a = v_min(v_splat(NORMAL_END), v_abs(x));
    struct power p;
    p.t = v_fma(b.a * b.a, v_splat(-0.5f * 0x1.715476p+0f), v_splat(GRID_MAGIC));
    p.n = p.t - GRID_MAGIC;
    p.r = v_fma(p.n, v_splat(-0x1.7f7d1cp-20f), v_fma(v_splat(-0.5f) * b.a, b.a, p.n * v_splat(-0x1.62e4p-1f)));
    const vf power = power_raised(p);
    b.e = v_fma(power * p.r, power_series(p.r), power);
    const vf at = v_bits(u_bits(v_fma(b.a, v_splat(1.83f), ONE)) >> 22), d = b.a - v_pick(mills_centre, 8, at);
    vf q = v_pick(mills_7, 8, at);
    q = v_fma(q, d, v_pick(mills_6, 8, at));
    q = v_fma(q, d, v_pick(mills_5, 8, at));
    q = v_fma(q, d, v_pick(mills_4, 8, at));
    q = v_fma(q, d, v_pick(mills_3, 8, at));
    q = v_fma(q, d, v_pick(mills_2, 8, at));
    q = v_fma(q, d, v_pick(mills_1, 8, at));
    b.mills = v_fma(q, d, v_pick(mills_0, 8, at));
    return b;
}
#define APPLIES_gelu(p) 1
#define GUARD_gelu_f LEFT, NORMAL_END, 1
WORD vf core_gelu(vf x)
{
    const struct bell b = bell_of(x);
    return v_fma(-(b.a * b.mills), b.e, v_max(v_splat(-0.0f), x));
}
#define GUARD_gelu_df LEFT, NORMAL_END, 0
WORD vf core_gelu_grad(vf x, vf dy)
{
    const struct bell b = bell_of(x);
    const vf left = v_fma(b.a, v_splat(-0x1.988454p-2f), b.mills) * b.e; /* 1 / sqrt(2 pi) */
    return dy * v_select(v_lt(x, ZERO), left, 1.0f - left);
}

#else

#define APPLIES_gelu(p) 1
#define GUARD_gelu_f NEVER, 0, 1
#define core_gelu act_gelu
#define GUARD_gelu_df NEVER, 0, 0
#define core_gelu_grad act_gelu_grad

#endif

/* x < -8: a Phi(-a) = e^(-a^2/2) P(1 / a^2), and gelu' = e^(-a^2/2) (P / a - a / sqrt(2 pi)). */
struct left_tail {
    vf a, r, series, power, low; /* 1 / a; -a^2/2 and the rest of it */
};
WORD struct left_tail left_tail_of(vf x)
{
    struct left_tail f;
    f.a = v_min(v_splat(15.0f), -x);
    f.r = 1.0f / f.a;
    const vf u = f.r * f.r, square = f.a * f.a;
    vf q = v_fma(v_splat(FAR_MILLS_3), u, v_splat(FAR_MILLS_2));
    q = v_fma(q, u, v_splat(FAR_MILLS_1));
    f.series = v_fma(q, u, v_splat(FAR_MILLS_0));
    f.power = -0.5f * square;
    f.low = -0.5f * v_fma(f.a, f.a, -square);
    return f;
}
WORD vf beyond_gelu(vf x)
{
    const struct left_tail f = left_tail_of(x);
    return -exp_left(f.power, v_fma(f.series, f.low, f.series));
}
WORD vf beyond_gelu_grad(vf x, vf dy)
{
    const struct left_tail f = left_tail_of(x);
    const vf factor = v_fma(f.a, v_splat(0x1.988454p-2f), -f.series * f.r);
    return dy * -exp_left(f.power, v_fma(factor, f.low, factor));
}

/* ---- gelu_tanh ------------------------------------------------------------------------------------------------- */

/*
 * x / (1 + e^-w), w = z (A + B z^2) with what rounding leaves off it; above 6 the quotient is x.  The high part of A has
 * three bits less than a float, so that A + B z^2 - A is exact.
 */
#define GELU_TANH_END 8.04f
#define GELU_TANH_A1 0x1.98845p+0f
#define GELU_TANH_A1_LOW 0x1.9ea1b2p-23f

struct tanh_exponent {
    vf high, low;
};
WORD struct tanh_exponent tanh_exponent_of(vf z)
{
    const vf square = z * z, a = v_splat(GELU_TANH_A1), b = v_splat(GELU_TANH_B), q = v_fma(b, square, a);
    const vf constants = v_fma(v_splat(GELU_TANH_B_LOW), square, v_splat(GELU_TANH_A1_LOW));
    const vf low = v_fma(b, square, a - q) + v_fma(b, v_fma(z, z, -square), constants);
    struct tanh_exponent w;
    w.high = z * q;
    w.low = v_fma(z, low, v_fma(z, q, -w.high));
    return w;
}
/* e^-w = power (1 + this).  Where r is small the rest of w may come late. */
WORD vf tanh_rest(struct power p, struct tanh_exponent w)
{
#if V_PICKS >= 16
    return v_fma(power_series(p.r), p.r, -w.low);
#else
    const vf r = p.r - w.low;
    return power_series(r) * r;
#endif
}

WORD vf gelu_tanh_slope(vf z) { return v_fma(v_splat(3.0f * GELU_TANH_B), z * z, v_splat(GELU_TANH_A)); }

#define APPLIES_gelu_tanh(p) 1
#define GUARD_gelu_tanh_f LEFT, GELU_TANH_END, 1
WORD vf core_gelu_tanh(vf x)
{
    const struct tanh_exponent w = tanh_exponent_of(v_min(v_splat(6.0f), x));
    const struct power p = power_of(-1, w.high, 1);
    const vf power = power_raised(p);
    return x / v_fma(power, tanh_rest(p, w), power + 1.0f);
}
#define GUARD_gelu_tanh_df LEFT, GELU_TANH_END, 0
WORD vf core_gelu_tanh_grad(vf x, vf dy)
{
    const vf z = v_min(v_splat(6.0f), x);
    const struct tanh_exponent w = tanh_exponent_of(z);
    const struct power p = power_of(-1, w.high, 1);
    const vf power = power_raised(p), e = v_fma(power, tanh_rest(p, w), power), s = 1.0f / (e + 1.0f);
    return dy * v_fma(e * s * s, z * gelu_tanh_slope(z), s);
}

/* There s(w) is e^w. */
WORD vf beyond_gelu_tanh(vf x)
{
    const vf z = v_max(v_splat(-12.0f), x);
    const struct tanh_exponent w = tanh_exponent_of(z);
    return -exp_left(w.high, v_fma(-z, w.low, -z));
}
WORD vf beyond_gelu_tanh_grad(vf x, vf dy)
{
    const vf z = v_max(v_splat(-12.0f), x);
    const struct tanh_exponent w = tanh_exponent_of(z);
    const vf factor = v_fma(-z, gelu_tanh_slope(z), -ONE);
    return dy * -exp_left(w.high, v_fma(factor, w.low, factor));
}

#endif
