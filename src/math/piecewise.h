/* SPDX-License-Identifier: MIT */
/* Operations made of comparisons and selections.  They round once or twice at most, and call no math function. */
#ifndef ACTFN_PIECEWISE_H
#define ACTFN_PIECEWISE_H

#include "math/helpers.h"

/* ---- identity, steps, rounding ------------------------------------------------------------------------------- */

WORD vf act_identity(vf x) { return x; }
WORD vf act_identity_grad(vf x, vf dy) { return pass(dy, x); }
WORD vf act_identity_grad_y(vf y, vf dy) { return pass(dy, y); }

WORD vf act_binary_step(vf x) { return v_select(v_le(ZERO, x), ONE, v_where(v_ne(x, x), x)); }
WORD vf act_binary_step_grad(vf x, vf dy)
{
    (void)dy;
    return v_where(v_ne(x, x), x);
}
WORD vf act_binary_step_grad_y(vf y, vf dy) { return act_binary_step_grad(y, dy); }

WORD vf act_round(vf x) { return v_round(x); }
WORD vf act_round_grad(vf x, vf dy) { return act_binary_step_grad(x, dy); }
WORD vf act_round_grad_y(vf y, vf dy) { return act_binary_step_grad(y, dy); }

WORD vf act_abs(vf x) { return v_abs(x); }
WORD vf act_abs_grad(vf x, vf dy) { return dy * v_where(v_ne(x, ZERO), v_select(v_ne(x, x), x, v_copysign(ONE, x))); }

/* ---- relu and the like --------------------------------------------------------------------------------------- */

/* "Not x <= 0" holds for a NaN too, so a NaN x stays NaN. */
WORD vf act_relu(vf x) { return v_where(v_not_le(x, ZERO), x); }
WORD vf act_relu_grad(vf x, vf dy) { return zero_unless(v_lt(ZERO, x), dy, x); }
WORD vf act_relu_grad_y(vf y, vf dy) { return act_relu_grad(y, dy); }

WORD vf act_relu6(vf x) { return v_min(v_splat(6.0f), act_relu(x)); }
WORD vf act_relu6_grad(vf x, vf dy) { return zero_unless(m_and(v_lt(ZERO, x), v_lt(x, v_splat(6.0f))), dy, x); }
WORD vf act_relu6_grad_y(vf y, vf dy) { return act_relu6_grad(y, dy); }

WORD vf act_squared_relu(vf x)
{
    const vf t = act_relu(x);
    return t * t;
}
WORD vf act_squared_relu_grad(vf x, vf dy) { return zero_unless(v_lt(ZERO, x), dy * (x + x), x); }
WORD vf act_squared_relu_grad_y(vf y, vf dy) { return zero_unless(v_lt(ZERO, y), dy * (2.0f * v_sqrt(y)), y); }

WORD vf act_leaky_relu(vf x, const struct leaky_relu_params *p)
{
    return v_select(v_lt(ZERO, x), x, slope_times(p->slope, x));
}
WORD vf act_leaky_relu_grad(vf x, vf dy, const struct leaky_relu_params *p)
{
    return pass(v_select(v_lt(ZERO, x), dy, slope_grad(p->slope, dy)), x);
}
WORD vf act_leaky_relu_grad_y(vf y, vf dy, const struct leaky_relu_params *p) { return act_leaky_relu_grad(y, dy, p); }
WORD vf act_leaky_relu_d_slope(vf x, vf dy, const struct leaky_relu_params *p)
{
    (void)p;
    return zero_unless(v_le(x, ZERO), dy * x, x);
}

/* slope d, rounded once.  d must have no rest where d is infinite. */
WORD vf slope_times_pair(float slope, struct pair d)
{
    const vf product = slope * d.high;
    /* With such a large slope the product of the rest may overflow, too, and with the other sign. */
    if (fabsf(slope) > 0x1p20f)
        d.low = v_where(v_lt(v_abs(product), v_splat(INFINITY)), d.low);
    return v_select(v_eq(d.low, ZERO), product, v_fma(v_splat(slope), d.high, slope * d.low));
}
/* The same for a slope so small that the product of the rest may be subnormal.  The product is computed times 2^75, and the part
 * that the scaling back loses is added. */
WORD vf small_slope_times_pair(float slope, struct pair d)
{
    const float large = slope * 0x1p75f;
    const vf high = large * d.high,
             low = v_where(v_lt(v_abs(high), v_splat(INFINITY)), v_fma(v_splat(large), d.high, -high));
    const struct pair whole = exact_sum(high, large * d.low);
    const vf start = whole.high * 0x1p-75f, rest = (whole.high - start * 0x1p75f) + (whole.low + low);
    return v_select(v_eq(d.low, ZERO), slope * d.high, v_fma(rest, v_splat(0x1p-75f), start));
}
/* half (x - t), and its rounding error. */
WORD struct pair exact_difference(vf x, float t, float half)
{
    struct pair d = exact_sum(half * x, v_splat(-half * t));
    d.low = v_where(v_lt(v_abs(d.high), v_splat(INFINITY)), d.low);
    return d;
}
/* slope (x - t) for a tiny slope, or where the difference may overflow although the product does not. */
PASS vf odd_slope_times_difference(float slope, vf x, float t)
{
    const struct pair d = exact_difference(x, t, 1), half = exact_difference(x, t, 0.5f);
    const int small = fabsf(slope) < 0x1p-75f;
    const vf whole = small ? small_slope_times_pair(slope, d) : slope_times_pair(slope, d);
    const vf twice = 2.0f * (small ? small_slope_times_pair(slope, half) : slope_times_pair(slope, half));
    return v_select(v_lt(v_abs(d.high), v_splat(INFINITY)), whole, twice);
}
/* slope (x - t), rounded once: the rounding error of x - t is added. */
WORD vf slope_times_difference(float slope, vf x, float t)
{
    if (slope == 0 || t == 0)
        return slope_times(slope, x);
    if ((fabsf(slope) < 0x1p-75f) | (fabsf(t) > 0x1p100f))
        return odd_slope_times_difference(slope, x, t);
    return slope_times_pair(slope, exact_difference(x, t, 1));
}
WORD vf act_relu_general(vf x, const struct relu_general_params *p)
{
    const vf t = v_splat(p->t), max = v_splat(p->max);
    return v_select(v_le(x, t), slope_times_difference(p->slope, x, p->t), v_select(v_le(max, x), max, x));
}
WORD vf act_relu_general_grad(vf x, vf dy, const struct relu_general_params *p)
{
    /* An infinite max means no clip.  A NaN stands for it here, because no x compares >= NaN. */
    const vf t = v_splat(p->t), max = v_splat(isinf(p->max) ? NAN : p->max);
    return pass(v_select(v_le(x, t), slope_grad(p->slope, dy), v_select(v_le(max, x), ZERO, dy)), x);
}
WORD vf act_relu_general_d_slope(vf x, vf dy, const struct relu_general_params *p)
{
    const vf t = v_splat(p->t);
    return zero_unless(v_le(x, t), dy * (x - t), x);
}

WORD vf act_threshold(vf x, const struct threshold_params *p)
{
    return v_select(v_le(x, v_splat(p->t)), v_splat(p->v), x);
}
WORD vf act_threshold_grad(vf x, vf dy, const struct threshold_params *p)
{
    return zero_unless(v_lt(v_splat(p->t), x), dy, x);
}
WORD vf act_threshold_grad_y(vf y, vf dy, const struct threshold_params *p) { return act_threshold_grad(y, dy, p); }

WORD vf act_thresholded_relu(vf x, const struct thresholded_relu_params *p)
{
    return v_where(v_not_le(x, v_splat(p->alpha)), x);
}
WORD vf act_thresholded_relu_grad(vf x, vf dy, const struct thresholded_relu_params *p)
{
    return zero_unless(v_lt(v_splat(p->alpha), x), dy, x);
}
WORD vf act_thresholded_relu_grad_y(vf y, vf dy, const struct thresholded_relu_params *p)
{
    return act_thresholded_relu_grad(y, dy, p);
}

/* ---- clamps -------------------------------------------------------------------------------------------------- */

/* A value that reaches a bound takes the bound's bits, which matters where a bound is +0 or -0.  Elsewhere min and max are
 * enough. */
WORD vf between(vf x, float min, float max)
{
    const vf low = v_splat(min), high = v_splat(max);
    if (min != 0 && max != 0)
        return v_min(high, v_max(low, x));
    const vf raised = v_select(v_le(x, low), low, x);
    return v_select(v_le(high, raised), high, raised);
}

WORD vf act_hardtanh(vf x, const struct hardtanh_params *p) { return between(x, p->min, p->max); }
WORD vf act_hardtanh_grad(vf x, vf dy, const struct hardtanh_params *p)
{
    return zero_unless(m_and(v_lt(v_splat(p->min), x), v_lt(x, v_splat(p->max))), dy, x);
}
WORD vf act_hardtanh_grad_y(vf y, vf dy, const struct hardtanh_params *p) { return act_hardtanh_grad(y, dy, p); }

WORD vf act_clip(vf x, const struct clip_params *p) { return between(x, p->min, p->max); }
WORD vf act_clip_grad(vf x, vf dy, const struct clip_params *p)
{
    return zero_unless(m_and(v_le(v_splat(p->min), x), v_le(x, v_splat(p->max))), dy, x);
}

WORD vf act_hardsigmoid(vf x)
{
    const vf six = v_splat(6.0f);
    return sixth(v_min(six, v_max(ZERO, x + 3.0f)));
}
WORD vf act_hardsigmoid_grad(vf x, vf dy)
{
    return zero_unless(v_lt(v_abs(x), v_splat(3.0f)), dy * v_splat(0x1.555556p-3f), x);
}
WORD vf act_hardsigmoid_grad_y(vf y, vf dy)
{
    return zero_unless(m_and(v_lt(ZERO, y), v_lt(y, ONE)), dy * v_splat(0x1.555556p-3f), y);
}

WORD vf act_hardswish(vf x)
{
    const vf z = v_max(v_splat(-3.0f), x);
    return z * sixth(v_min(v_splat(6.0f), z + 3.0f));
}
WORD vf act_hardswish_grad(vf x, vf dy)
{
    const vf three = v_splat(3.0f);
    const vf inner = dy * sixth(v_fma(v_splat(2.0f), x, three));
    return zero_unless(v_lt(-three, x), v_select(v_le(three, x), dy, inner), x);
}

/* alpha x + beta; beta where alpha is 0 and x is infinite. */
WORD vf affine(vf x, float alpha, float beta) { return v_fma(v_splat(alpha), for_factor(alpha, x), v_splat(beta)); }

/* Whether the parameters mean hardsigmoid or hardswish.  fl(1/6) is not 1/6, and near -3 the difference is visible. */
WORD int is_sixth_and_half(float alpha, float beta) { return alpha == 0x1.555556p-3f && beta == 0.5f; }

WORD vf act_hardsigmoid_ab(vf x, const struct hardsigmoid_ab_params *p)
{
    if (is_sixth_and_half(p->alpha, p->beta))
        return act_hardsigmoid(x);
    return v_min(ONE, act_relu(affine(x, p->alpha, p->beta)));
}
WORD vf act_hardsigmoid_ab_grad(vf x, vf dy, const struct hardsigmoid_ab_params *p)
{
    if (is_sixth_and_half(p->alpha, p->beta))
        return act_hardsigmoid_grad(x, dy);
    const vf t = affine(x, p->alpha, p->beta);
    return zero_unless(m_and(v_lt(ZERO, t), v_lt(t, ONE)), dy * v_splat(p->alpha), x);
}

WORD vf act_hardswish_ab(vf x, const struct hardswish_ab_params *p)
{
    if (is_sixth_and_half(p->alpha, p->beta))
        return act_hardswish(x);
    const vf t = affine(x, p->alpha, p->beta);
    vf y = x * v_min(ONE, t);
    if ((p->alpha < 0x1p-100f) & (fabsf(p->beta) < 0x1p-100f)) { /* t may be subnormal where x t is not */
        const vf part = affine(x, p->alpha * 0x1p75f, p->beta * 0x1p75f) * (x * 0x1p-75f);
        y = v_select(m_and(v_lt(ONE, v_abs(x)), v_lt(t, ONE)), part, y);
    }
    return v_select(v_le(t, ZERO), v_copysign(ZERO, x), y);
}
WORD vf act_hardswish_ab_grad(vf x, vf dy, const struct hardswish_ab_params *p)
{
    if (is_sixth_and_half(p->alpha, p->beta))
        return act_hardswish_grad(x, dy);
    const vf t = affine(x, p->alpha, p->beta);
    const vf inner = dy * twice_product_plus(p->alpha, x, p->beta);
    return zero_unless(v_lt(ZERO, t), v_select(v_le(ONE, t), dy, inner), x);
}

WORD vf act_linear(vf x, const struct linear_params *p) { return affine(x, p->alpha, p->beta); }
WORD vf act_linear_grad(vf x, vf dy, const struct linear_params *p) { return pass(dy * v_splat(p->alpha), x); }
WORD vf act_linear_grad_y(vf y, vf dy, const struct linear_params *p) { return act_linear_grad(y, dy, p); }

/* ---- shrinks ------------------------------------------------------------------------------------------------- */

WORD vf act_hardshrink(vf x, const struct hardshrink_params *p)
{
    return v_where(v_not_le(v_abs(x), v_splat(p->lambda)), x);
}
WORD vf act_hardshrink_grad(vf x, vf dy, const struct hardshrink_params *p)
{
    return zero_unless(v_lt(v_splat(p->lambda), v_abs(x)), dy, x);
}
WORD vf act_hardshrink_grad_y(vf y, vf dy, const struct hardshrink_params *p)
{
    (void)p;
    return zero_unless(v_ne(y, ZERO), dy, y);
}

/* x moved towards 0 by `bias` outside [-lambda, lambda]. */
WORD vf shrunk(vf x, float lambda, float bias)
{
    const vf moved = x - v_copysign(ONE, x) * v_splat(bias);
    return v_where(v_not_le(v_abs(x), v_splat(lambda)), moved);
}

WORD vf act_softshrink(vf x, const struct softshrink_params *p) { return shrunk(x, p->lambda, p->lambda); }
WORD vf act_softshrink_grad(vf x, vf dy, const struct softshrink_params *p)
{
    return zero_unless(v_lt(v_splat(p->lambda), v_abs(x)), dy, x);
}
WORD vf act_softshrink_grad_y(vf y, vf dy, const struct softshrink_params *p)
{
    (void)p;
    return zero_unless(v_ne(y, ZERO), dy, y);
}

WORD vf act_shrink(vf x, const struct shrink_params *p) { return shrunk(x, p->lambda, p->bias); }
WORD vf act_shrink_grad(vf x, vf dy, const struct shrink_params *p)
{
    return zero_unless(v_lt(v_splat(p->lambda), v_abs(x)), dy, x);
}
WORD vf act_shrink_grad_y(vf y, vf dy, const struct shrink_params *p)
{
    (void)p;
    return zero_unless(v_ne(y, ZERO), dy, y);
}

/* ---- sparse -------------------------------------------------------------------------------------------------- */

/* (x + 1)^2 / 4.  The rounding error of x + 1 is corrected, because the square would double the error. */
WORD vf act_sparse_plus(vf x)
{
    const vf u = x + 1.0f;
    const vf low = v_select(v_lt(x, ONE), x - (u - 1.0f), ZERO);
    const vf inner = 0.25f * v_fma(u, u, 2.0f * u * low);
    return v_select(v_le(x, -ONE), ZERO, v_select(v_le(ONE, x), x, inner));
}
WORD vf act_sparse_plus_grad(vf x, vf dy)
{
    const vf inner = dy * (0.5f * (x + 1.0f));
    return zero_unless(v_lt(-ONE, x), v_select(v_le(ONE, x), dy, inner), x);
}
WORD vf act_sparse_plus_grad_y(vf y, vf dy)
{
    return zero_unless(v_lt(ZERO, y), v_select(v_le(ONE, y), dy, dy * v_sqrt(y)), y);
}

WORD vf act_sparse_sigmoid(vf x) { return v_min(ONE, v_max(ZERO, 0.5f * (x + 1.0f))); }
WORD vf act_sparse_sigmoid_grad(vf x, vf dy) { return zero_unless(v_lt(v_abs(x), ONE), dy * 0.5f, x); }
WORD vf act_sparse_sigmoid_grad_y(vf y, vf dy) { return zero_unless(m_and(v_lt(ZERO, y), v_lt(y, ONE)), dy * 0.5f, y); }

#endif
