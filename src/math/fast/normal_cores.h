/* SPDX-License-Identifier: MIT */
/* Cores: gelu, gelu_tanh, gelu_quick. */
#ifndef ACTFN_NORMAL_CORES_H
#define ACTFN_NORMAL_CORES_H

#include "math/fast/guard.h"
#include "math/fast/power.h"
#include "math/fast/segments.h"
#include "math/gelu.h"

/* All are max(x, 0) - a q^2 with a = |x|.  q^2 is Phi(-a), or the logistic function in its place: a table of the root has half
 * the octaves to a segment. */
WORD vf unit_by_root(const float (*root)[SEGMENTS], float width, vf x)
{
    const vf a = v_abs(x), q = by_nearest(root, 6, width, a);
    return v_fma(-(a * q), q, v_max(v_splat(-0.0f), x));
}

/* dy f'(x), by f'(-a); f'(a) is 1 - f'(-a). */
WORD vf unit_slope(const float (*slope)[SEGMENTS], float width, vf x, vf dy)
{
    const vf a = v_abs(x), q = by_nearest(slope, 7, width, a);
    return dy * v_select(v_lt(x, ZERO), q, 1.0f - q);
}

/* Where the tail's power is below it the right side is x to the last bit, and its slope 1. */
#define NORMAL_STRAIGHT -40.0f

/* By a tail factor e^power. */
WORD vf unit_far(vf x, vf power, vf factor)
{
    const vf tail = exp_left(power, factor), near = v_where(v_lt(v_splat(NORMAL_STRAIGHT), power), tail);
    return v_select(v_lt(ZERO, x), x - near, -tail);
}
WORD vf unit_slope_far(vf x, vf dy, vf power, vf factor)
{
    const vf left = exp_left_times(dy, power, -factor), near = v_where(v_lt(v_splat(NORMAL_STRAIGHT), power), left);
    return v_select(v_lt(ZERO, x), dy - near, left);
}

/* ---- gelu ------------------------------------------------------------------------------------------------------ */

#define APPLIES_gelu(p) 1
#define GUARD_gelu_f EITHER, NORMAL_END, V_LANES < 16
WORD vf core_gelu(vf x) { return unit_by_root(gelu_root, GELU_ROOT_WIDTH, x); }
#define GUARD_gelu_df EITHER, NORMAL_END, 0
WORD vf core_gelu_grad(vf x, vf dy) { return unit_slope(gelu_slope, GELU_SLOPE_WIDTH, x, dy); }

/* Beyond: a Phi(-a) = e^(-a^2/2) P(1 / a^2), and gelu'(-a) = e^(-a^2/2) (P / a - a / sqrt(2 pi)). */
struct left_tail {
    vf a, r, series, power, low; /* 1 / a; -a^2/2 and the rest of it */
};
WORD struct left_tail left_tail_of(vf x)
{
    struct left_tail f;
    f.a = v_min(v_splat(15.0f), v_abs(x));
    f.r = 1.0f / f.a;
    const vf u = f.r * f.r, square = f.a * f.a;
    vf q = v_fma(v_splat(FAR_MILLS_5), u, v_splat(FAR_MILLS_4));
    q = v_fma(q, u, v_splat(FAR_MILLS_3));
    q = v_fma(q, u, v_splat(FAR_MILLS_2));
    q = v_fma(q, u, v_splat(FAR_MILLS_1));
    f.series = v_fma(q, u, v_splat(FAR_MILLS_0));
    f.power = -0.5f * square;
    f.low = -0.5f * v_fma(f.a, f.a, -square);
    return f;
}
WORD vf beyond_gelu(vf x)
{
    const struct left_tail f = left_tail_of(x);
    return unit_far(x, f.power, v_fma(f.series, f.low, f.series));
}
WORD vf beyond_gelu_grad(vf x, vf dy)
{
    const struct left_tail f = left_tail_of(x);
    const vf factor = v_fma(f.a, v_splat(0x1.988454p-2f), -f.series * f.r);
    return unit_slope_far(x, dy, f.power, v_fma(factor, f.low, factor));
}

/* ---- gelu_tanh ------------------------------------------------------------------------------------------------- */

#define APPLIES_gelu_tanh(p) 1
#define GUARD_gelu_tanh_f EITHER, NORMAL_END, V_LANES < 16
WORD vf core_gelu_tanh(vf x) { return unit_by_root(gelu_tanh_root, GELU_TANH_ROOT_WIDTH, x); }
#define GUARD_gelu_tanh_df EITHER, NORMAL_END, 0
WORD vf core_gelu_tanh_grad(vf x, vf dy) { return unit_slope(gelu_tanh_slope, GELU_TANH_SLOPE_WIDTH, x, dy); }

/*
 * Beyond: f(-a) = -a / (1 + e^w) = -a e^-w r with r = 1 / (1 + e^-w) = 1 - e^-w + e^-2w, and f'(-a) = e^-w r (1 - a w' r).
 */
struct logistic_tail {
    vf a, power, low, slope, r; /* -w and what rounding left off it; w' */
};
WORD vf logistic_rest(vf power)
{
    const vf e = exp_that_counts(power);
    return v_fma(e, e - 1.0f, ONE);
}
WORD vf beyond_logistic_unit(vf x, struct logistic_tail t)
{
    return unit_far(x, t.power, v_fma(t.a, t.low, t.a) * t.r);
}
WORD vf beyond_logistic_unit_grad(vf x, vf dy, struct logistic_tail t)
{
    const vf factor = v_fma(t.a * t.r, t.slope, v_splat(-1.0f)) * t.r;
    return unit_slope_far(x, dy, t.power, v_fma(factor, t.low, factor));
}

/* w = a (A + B a^2).  The high part of A has three bits less than a float, so that A + B a^2 - A is exact. */
#define GELU_TANH_A1 0x1.98845p+0f
#define GELU_TANH_A1_LOW 0x1.9ea1b2p-23f

WORD struct logistic_tail tanh_tail_of(vf x)
{
    struct logistic_tail t;
    t.a = v_min(v_splat(12.0f), v_abs(x));
    const vf square = t.a * t.a, a = v_splat(GELU_TANH_A1), b = v_splat(GELU_TANH_B), q = v_fma(b, square, a);
    const vf constants = v_fma(v_splat(GELU_TANH_B_LOW), square, v_splat(GELU_TANH_A1_LOW));
    const vf low = v_fma(b, square, a - q) + v_fma(b, v_fma(t.a, t.a, -square), constants);
    t.power = -(t.a * q);
    t.low = -v_fma(t.a, low, v_fma(t.a, q, t.power));
    t.slope = v_fma(v_splat(3.0f * GELU_TANH_B), square, v_splat(GELU_TANH_A));
    t.r = logistic_rest(t.power);
    return t;
}
WORD vf beyond_gelu_tanh(vf x) { return beyond_logistic_unit(x, tanh_tail_of(x)); }
WORD vf beyond_gelu_tanh_grad(vf x, vf dy) { return beyond_logistic_unit_grad(x, dy, tanh_tail_of(x)); }

/* ---- gelu_quick ------------------------------------------------------------------------------------------------ */

#define APPLIES_gelu_quick(p) 1
#define GUARD_gelu_quick_f EITHER, NORMAL_END, V_LANES < 16
WORD vf core_gelu_quick(vf x) { return unit_by_root(gelu_quick_root, GELU_QUICK_ROOT_WIDTH, x); }
#define GUARD_gelu_quick_df EITHER, NORMAL_END, 0
WORD vf core_gelu_quick_grad(vf x, vf dy) { return unit_slope(gelu_quick_slope, GELU_QUICK_SLOPE_WIDTH, x, dy); }

/* w = 1.702 a, with what a float lacks of 1.702. */
#define GELU_QUICK_LOW -0x1.78d4fep-26f

WORD struct logistic_tail quick_tail_of(vf x)
{
    const vf c = v_splat(1.702f);
    struct logistic_tail t = { .a = v_min(v_splat(70.0f), v_abs(x)), .slope = c };
    t.power = -(c * t.a);
    t.low = -v_fma(t.a, v_splat(GELU_QUICK_LOW), v_fma(c, t.a, t.power));
    t.r = logistic_rest(t.power);
    return t;
}
WORD vf beyond_gelu_quick(vf x) { return beyond_logistic_unit(x, quick_tail_of(x)); }
WORD vf beyond_gelu_quick_grad(vf x, vf dy) { return beyond_logistic_unit_grad(x, dy, quick_tail_of(x)); }

#endif
