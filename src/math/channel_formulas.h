/* SPDX-License-Identifier: MIT */
/*
 * The units with weights of their own for each channel, for each of the list
 *     act_<name>(x, w), act_<name>_grad(x, dy, w), act_<name>_grad_y(y, dy, w)   where offered
 *     act_<name>_d_<weight>(x, dy, w)   the term of the weight's gradient, 0 by definition where the weight has no say
 * w is a struct <name>_weights: one vector a weight, in the list's order, of one channel or of neighbouring ones.  In
 * apl it is that of one term; the sum over the terms begins with act_apl_start and goes on with act_apl.
 */
#ifndef ACTFN_CHANNEL_FORMULAS_H
#define ACTFN_CHANNEL_FORMULAS_H

#include "math/helpers.h"
#include "math/piecewise.h"

#define P(op, param, ...) vf param;
#define WEIGHTS_OF_CHANNELS(name, params)                                                                              \
    struct name##_weights {                                                                                            \
        params                                                                                                         \
    };
#define WEIGHTS_OF_RANDOM(name, params)
#define WEIGHTS_OF_GATES(name, params)
#define WEIGHTS_OF_ROWS(name, params)
#define WEIGHTS_OF_LOSSES(name, params)
#define FAMILY(kind, name, NAME, value, arity, params, ...) WEIGHTS_OF_##kind(name, params)
#include "catalogue/ops.def"

/* Products with a weight are IEEE's, and so a NaN comes through by itself where x is in one. */

WORD vf act_prelu(vf x, const struct prelu_weights *w) { return v_select(v_lt(ZERO, x), x, w->a * x); }
WORD vf act_prelu_grad(vf x, vf dy, const struct prelu_weights *w)
{
    return pass(v_select(v_lt(ZERO, x), dy, w->a * dy), x);
}
WORD vf act_prelu_grad_y(vf y, vf dy, const struct prelu_weights *w) { return act_prelu_grad(y, dy, w); }
WORD vf act_prelu_d_a(vf x, vf dy, const struct prelu_weights *w)
{
    (void)w;
    return zero_unless(v_le(x, ZERO), dy * x, x);
}

/* The left test decides where tl >= tr.  A difference may be too large where the result is not: rarely, half of each. */
WORD vf act_srelu(vf x, const struct srelu_weights *w)
{
    const vm left = v_le(x, w->tl);
    const vf t = v_select(left, w->tl, w->tr), a = v_select(left, w->al, w->ar), d = x - t;
    const vm large = v_eq(v_abs(d), v_splat(INFINITY));
    vf y = v_fma(a, d, t);
    if (m_any(large))
        y = v_select(large, 2.0f * v_fma(a, 0.5f * x - 0.5f * t, 0.5f * t), y);
    return v_select(left, y, v_select(v_le(w->tr, x), y, x));
}
WORD vf act_srelu_grad(vf x, vf dy, const struct srelu_weights *w)
{
    const vf right = v_select(v_le(w->tr, x), w->ar * dy, dy);
    return pass(v_select(v_le(x, w->tl), w->al * dy, right), x);
}
/* A term of the right piece; 0 where the left one is. */
WORD vf srelu_right(vf x, vf term, const struct srelu_weights *w)
{
    return zero_unless(v_le(w->tr, x), v_where(v_not_le(x, w->tl), term), x);
}
WORD vf act_srelu_d_tl(vf x, vf dy, const struct srelu_weights *w)
{
    return zero_unless(v_le(x, w->tl), dy * (1.0f - w->al), x);
}
WORD vf act_srelu_d_al(vf x, vf dy, const struct srelu_weights *w)
{
    return zero_unless(v_le(x, w->tl), dy * (x - w->tl), x);
}
WORD vf act_srelu_d_tr(vf x, vf dy, const struct srelu_weights *w) { return srelu_right(x, dy * (1.0f - w->ar), w); }
WORD vf act_srelu_d_ar(vf x, vf dy, const struct srelu_weights *w) { return srelu_right(x, dy * (x - w->tr), w); }

/* max(0, b - x) is +0 for a NaN here, which comes from the start. */
WORD vf act_apl_start(vf x) { return act_relu(x); }
WORD vf act_apl(vf y, vf x, const struct apl_weights *w)
{
    const vf d = w->b - x;
    const vm large = v_eq(d, v_splat(INFINITY));
    vf sum = v_fma(w->a, v_max(d, ZERO), y);
    if (m_any(large)) /* as in srelu */
        sum = v_select(large, 2.0f * v_fma(w->a, 0.5f * w->b - 0.5f * x, 0.5f * y), sum);
    return sum;
}
WORD vf act_apl_grad_start(vf x) { return zero_unless(v_lt(ZERO, x), ONE, x); }
WORD vf act_apl_grad(vf slope, vf x, const struct apl_weights *w) { return slope - v_where(v_lt(x, w->b), w->a); }
WORD vf act_apl_d_a(vf x, vf dy, const struct apl_weights *w) { return zero_unless(v_lt(x, w->b), dy * (w->b - x), x); }
WORD vf act_apl_d_b(vf x, vf dy, const struct apl_weights *w) { return zero_unless(v_lt(x, w->b), dy * w->a, x); }

#endif
