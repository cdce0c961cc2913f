/* SPDX-License-Identifier: MIT */
/* Cores: gelu, gelu_tanh, gelu_quick. */
#ifndef ACTFN_NORMAL_CORES_H
#define ACTFN_NORMAL_CORES_H

#include "math/fast/guard.h"
#include "math/fast/power.h"
#include "math/fast/segments.h"
#include "math/gelu.h"

/*
 * All three functions are max(x, 0) - a q^2 with a = |x|.  q^2 is Phi(-a), or the logistic function in its place.  The table
 * holds the root q, because q falls through half as many octaves in a segment as q^2.  At the end of the table the right side
 * is x to the last bit.  Left of the table each function has a tail.
 */
WORD vf unit_by_root(const float (*root)[2 * SEGMENTS], int narrow, float square, float line, float end, vf x)
{
    const vf a = narrow ? v_abs(x) : v_min(v_splat(end), v_abs(x)), q = by_curve(root, 6, narrow, square, line, a);
    return v_fma(-(a * q), q, v_max(v_splat(-0.0f), x));
}

/* dy f'(x).  The table holds f'(-a), and f'(a) is 1 - f'(-a). */
WORD vf unit_slope(const float (*slope)[2 * SEGMENTS], int narrow, float square, float line, float end, vf x, vf dy)
{
    const vf a = narrow ? v_abs(x) : v_min(v_splat(end), v_abs(x)), q = by_curve(slope, 7, narrow, square, line, a);
    return dy * v_select(v_lt(x, ZERO), q, 1.0f - q);
}

/*
 * Where a lookup of sixteen takes as long as one of eight, the core has the whole table, and only the left tail is beyond.
 * Elsewhere the core has half of the table, which covers most arguments; the other half and the tail are beyond.
 */
#define NORMAL_CORE(name, ROOT, SLOPE)                                                                                 \
    WORD vf core_##name(vf x) { return unit_by_root(name##_root, !V_WIDE_TABLES, ROOT##_CURVE, ROOT##_END, x); }       \
    WORD vf core_##name##_grad(vf x, vf dy)                                                                            \
    {                                                                                                                  \
        return unit_slope(name##_slope, !V_WIDE_TABLES, SLOPE##_CURVE, SLOPE##_END, x, dy);                            \
    }                                                                                                                  \
    WORD vf beyond_##name(vf x)                                                                                        \
    {                                                                                                                  \
        if (V_WIDE_TABLES)                                                                                             \
            return name##_tail(x);                                                                                     \
        const vf y = unit_by_root(name##_root, 0, ROOT##_CURVE, ROOT##_END, x), end = v_splat(-ROOT##_END);            \
        const vm far = v_lt(x, end);                                                                                   \
        return m_any(far) ? v_select(far, name##_tail(v_select(far, x, end)), y) : y;                                  \
    }                                                                                                                  \
    WORD vf beyond_##name##_grad(vf x, vf dy)                                                                          \
    {                                                                                                                  \
        if (V_WIDE_TABLES)                                                                                             \
            return name##_tail_grad(x, dy);                                                                            \
        const vf end = v_splat(-SLOPE##_END);                                                                          \
        const vm far = v_lt(x, end);                                                                                   \
        const vf y = unit_slope(name##_slope, 0, SLOPE##_CURVE, SLOPE##_END, v_select(far, end, x), dy);               \
        return m_any(far) ? v_select(far, name##_tail_grad(v_select(far, x, end), dy), y) : y;                         \
    }
#define NORMAL_GUARD(TABLE) (V_WIDE_TABLES ? LEFT : EITHER), (V_WIDE_TABLES ? TABLE##_END : TABLE##_NARROW)

/* ---- gelu ------------------------------------------------------------------------------------------------------ */

/* a Phi(-a) = e^(-a^2/2) P(1 / a^2), and gelu'(-a) = e^(-a^2/2) (P / a - a / sqrt(2 pi)). */
struct left_tail {
    vf a, r, series, power, low; /* 1 / a; -a^2/2 and its rounding error */
};
WORD struct left_tail left_tail_of(vf x)
{
    struct left_tail f;
    f.a = v_min(v_splat(15.0f), -x);
    f.r = 1.0f / f.a;
    const vf u = f.r * f.r, square = f.a * f.a;
    vf q = v_fma(v_splat(FAR_MILLS_4), u, v_splat(FAR_MILLS_3));
    q = v_fma(q, u, v_splat(FAR_MILLS_2));
    q = v_fma(q, u, v_splat(FAR_MILLS_1));
    f.series = v_fma(q, u, v_splat(FAR_MILLS_0));
    f.power = -0.5f * square;
    f.low = -0.5f * v_fma(f.a, f.a, -square);
    return f;
}
WORD vf gelu_tail(vf x)
{
    const struct left_tail f = left_tail_of(x);
    return -exp_left(f.power, v_fma(f.series, f.low, f.series));
}
WORD vf gelu_tail_grad(vf x, vf dy)
{
    const struct left_tail f = left_tail_of(x);
    const vf factor = v_fma(f.a, v_splat(-0x1.988454p-2f), f.series * f.r);
    return exp_left_times(dy, f.power, v_fma(factor, f.low, factor));
}

#define APPLIES_gelu(p) 1
#define GUARD_gelu_f NORMAL_GUARD(GELU_ROOT), V_LANES < 16
#define GUARD_gelu_df NORMAL_GUARD(GELU_SLOPE), 0
NORMAL_CORE(gelu, GELU_ROOT, GELU_SLOPE)

/* ---- gelu_tanh, gelu_quick ------------------------------------------------------------------------------------- */

/* f(-a) = -a e^-w and f'(-a) = e^-w (1 - a w'). */
struct logistic_tail {
    vf a, power, low, slope; /* -w and its rounding error; w' */
};
WORD vf logistic_unit(struct logistic_tail t) { return -exp_left(t.power, v_fma(t.a, t.low, t.a)); }
WORD vf logistic_unit_grad(struct logistic_tail t, vf dy)
{
    const vf factor = v_fma(-t.a, t.slope, ONE);
    return exp_left_times(dy, t.power, v_fma(factor, t.low, factor));
}

/* w = a (A + B a^2).  The high part of A has three bits less than a float, so that A + B a^2 - A is exact. */
#define GELU_TANH_A1 0x1.98845p+0f
#define GELU_TANH_A1_LOW 0x1.9ea1b2p-23f

WORD struct logistic_tail tanh_tail_of(vf x)
{
    struct logistic_tail t;
    t.a = v_min(v_splat(12.0f), -x);
    const vf square = t.a * t.a, a = v_splat(GELU_TANH_A1), b = v_splat(GELU_TANH_B), q = v_fma(b, square, a);
    const vf constants = v_fma(v_splat(GELU_TANH_B_LOW), square, v_splat(GELU_TANH_A1_LOW));
    const vf low = v_fma(b, square, a - q) + v_fma(b, v_fma(t.a, t.a, -square), constants);
    t.power = -(t.a * q);
    t.low = -v_fma(t.a, low, v_fma(t.a, q, t.power));
    t.slope = v_fma(v_splat(3.0f * GELU_TANH_B), square, v_splat(GELU_TANH_A));
    return t;
}
WORD vf gelu_tanh_tail(vf x) { return logistic_unit(tanh_tail_of(x)); }
WORD vf gelu_tanh_tail_grad(vf x, vf dy) { return logistic_unit_grad(tanh_tail_of(x), dy); }

#define APPLIES_gelu_tanh(p) 1
#define GUARD_gelu_tanh_f NORMAL_GUARD(GELU_TANH_ROOT), V_LANES < 16
#define GUARD_gelu_tanh_df NORMAL_GUARD(GELU_TANH_SLOPE), 0
NORMAL_CORE(gelu_tanh, GELU_TANH_ROOT, GELU_TANH_SLOPE)

/* w = 1.702 a; the float 1.702f has an error, which LOW is. */
#define GELU_QUICK_LOW -0x1.78d4fep-26f

WORD struct logistic_tail quick_tail_of(vf x)
{
    const vf c = v_splat(1.702f);
    struct logistic_tail t = { .a = v_min(v_splat(70.0f), -x), .slope = c };
    t.power = -(c * t.a);
    t.low = -v_fma(t.a, v_splat(GELU_QUICK_LOW), v_fma(c, t.a, t.power));
    return t;
}
WORD vf gelu_quick_tail(vf x) { return logistic_unit(quick_tail_of(x)); }
WORD vf gelu_quick_tail_grad(vf x, vf dy) { return logistic_unit_grad(quick_tail_of(x), dy); }

#define APPLIES_gelu_quick(p) 1
#define GUARD_gelu_quick_f NORMAL_GUARD(GELU_QUICK_ROOT), V_LANES < 16
#define GUARD_gelu_quick_df NORMAL_GUARD(GELU_QUICK_SLOPE), 0
NORMAL_CORE(gelu_quick, GELU_QUICK_ROOT, GELU_QUICK_SLOPE)

#endif
