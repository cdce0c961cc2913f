/* SPDX-License-Identifier: MIT */
/*
 * The operations with weights for each channel.  Each has the functions
 *     act_<name>(x, w), act_<name>_grad(x, dy, w), act_<name>_grad_y(y, dy, w)   where offered
 *     act_<name>_d_<weight>(x, dy, w)   the term of the weight's gradient; 0 by definition where y does not use the weight
 * w is a struct <name>_weights: one vector for each weight, in the list's order, of one channel or of neighbouring channels.
 * apl's struct holds the weights of one term; the sum over the terms begins with act_apl_start, and act_apl adds a term.
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

/* Products with a weight follow IEEE 754, so a NaN x makes the product NaN without further code. */

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

/* c + a (x - b), where x - b may overflow although the result does not. */
PASS vf line_of_halves(vf x, vf a, vf b, vf c)
{
    const vf d = x - b, half = 2.0f * v_fma(a, 0.5f * x - 0.5f * b, 0.5f * c);
    return v_select(v_lt(v_abs(d), v_splat(INFINITY)), v_fma(a, d, c), half);
}
/* Whether x - b may overflow for a finite x; usual weights are too small for this. */
WORD int any_is_far(vf b) { return __builtin_expect(m_any(v_lt(v_splat(0x1p100f), v_abs(b))) != 0, 0) != 0; }

/* Where tl >= tr, both tests may hold; the left one decides. */
WORD vf act_srelu(vf x, const struct srelu_weights *w)
{
    vf right = v_fma(w->ar, x - w->tr, w->tr), left = v_fma(w->al, x - w->tl, w->tl);
    if (any_is_far(v_max(v_abs(w->tl), v_abs(w->tr)))) {
        right = line_of_halves(x, w->ar, w->tr, w->tr);
        left = line_of_halves(x, w->al, w->tl, w->tl);
    }
    return v_select(v_le(x, w->tl), left, v_select(v_le(w->tr, x), right, x));
}
WORD vf act_srelu_grad(vf x, vf dy, const struct srelu_weights *w)
{
    const vf right = v_select(v_le(w->tr, x), w->ar * dy, dy);
    return pass(v_select(v_le(x, w->tl), w->al * dy, right), x);
}
/* A term of the right piece; 0 where x is in the left piece. */
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

/* act_apl_start gives NaN for a NaN x; v_max(b - x, 0) is +0 then, so the terms keep this NaN. */
WORD vf act_apl_start(vf x) { return act_relu(x); }
WORD vf act_apl(vf y, vf x, const struct apl_weights *w) { return v_fma(w->a, v_max(w->b - x, ZERO), y); }
WORD vf act_apl_grad_start(vf x) { return zero_unless(v_lt(ZERO, x), ONE, x); }
WORD vf act_apl_grad(vf slope, vf x, const struct apl_weights *w) { return slope - v_where(v_lt(x, w->b), w->a); }
WORD vf act_apl_d_a(vf x, vf dy, const struct apl_weights *w) { return zero_unless(v_lt(x, w->b), dy * (w->b - x), x); }
WORD vf act_apl_d_b(vf x, vf dy, const struct apl_weights *w) { return zero_unless(v_lt(x, w->b), dy * w->a, x); }

#endif
