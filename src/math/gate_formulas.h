/* SPDX-License-Identifier: MIT */
/*
 * The gates of the list.  Each has the functions
 *     gate_<name>(u, v)          v g(u)
 *     gate_<name>_du(u, v, dy)   dy (v g'(u)).  v g'(u) is rounded once, and dy multiplies last.  So dy v cannot overflow
 *                                where g' is tiny, and dy g' cannot underflow where v is large
 *     gate_<name>_dv(u, v, dy)   dy g(u)
 * with `const struct <name>_params *p` as a last argument where there are parameters.
 */
#ifndef ACTFN_GATE_FORMULAS_H
#define ACTFN_GATE_FORMULAS_H

#include "math/gelu.h"
#include "math/helpers.h"
#include "math/piecewise.h"
#include "math/sigmoid.h"
#ifdef ACTFN_KERNELS_FAST
#include "math/fast/cores.h"
#endif

/* The activation; in the fast mode with its core where the activation has a core. */
#ifdef ACTFN_KERNELS_FAST
#define ACT(g) guarded_##g
#define ACT_GRAD(g) guarded_##g##_grad
#else
#define ACT(g) act_##g
#define ACT_GRAD(g) act_##g##_grad
#endif

/* Left of `least` g is so small that products with g may be subnormal.  g' of the sigmoid is so small on the right side, too. */
#define GATED_BY(name, g, least, key)                                                                                  \
    WORD vm name##_far(vf u) { return v_lt(u, v_splat(least)); }                                                       \
    WORD vf gate_##name(vf u, vf v) { return product_where(name##_far(u), v, ACT(g)(u)); }                             \
    WORD vf gate_##name##_du(vf u, vf v, vf dy) { return product_where(name##_far(key), dy, ACT_GRAD(g)(u, v)); }      \
    WORD vf gate_##name##_dv(vf u, vf v, vf dy)                                                                        \
    {                                                                                                                  \
        (void)v;                                                                                                       \
        return product_where(name##_far(u), dy, ACT(g)(u));                                                            \
    }
GATED_BY(glu, sigmoid, -42.0f, -v_abs(u))
GATED_BY(geglu, gelu, -9.0f, u)
GATED_BY(geglu_tanh, gelu_tanh, -7.0f, u)
GATED_BY(geglu_quick, gelu_quick, -24.0f, u)
#undef GATED_BY

/* Where u <= 0, y is the product v 0, so a NaN or infinite v gives NaN.  There the gradients are 0 by definition, whatever v
 * and dy are. */
WORD vf gate_reglu(vf u, vf v) { return v * act_relu(u); }
WORD vf gate_reglu_du(vf u, vf v, vf dy) { return zero_unless(v_lt(ZERO, u), dy * v, u); }
WORD vf gate_reglu_dv(vf u, vf v, vf dy)
{
    (void)v;
    return zero_unless(v_lt(ZERO, u), dy * u, u);
}

/* With alpha = 1 the activation is silu, which has a core. */
#ifdef ACTFN_KERNELS_FAST
#define IS_SILU(p) ((p)->alpha == 1.0f)
#else
#define IS_SILU(p) 0
#endif
WORD vf swiglu_act(vf u, const struct swiglu_params *p)
{
    const struct swish_params swish = { p->alpha };
    return IS_SILU(p) ? ACT(silu)(u) : act_swish(u, &swish);
}
WORD vf gate_swiglu(vf u, vf v, const struct swiglu_params *p)
{
    const vf g = swiglu_act(u, p);
    return product_where(is_small(g), v, g);
}
WORD vf gate_swiglu_du(vf u, vf v, vf dy, const struct swiglu_params *p)
{
    const struct swish_params swish = { p->alpha };
    const vf slope = IS_SILU(p) ? ACT_GRAD(silu)(u, v) : act_swish_grad(u, v, &swish);
    return product_where(is_small(slope), dy, slope);
}
WORD vf gate_swiglu_dv(vf u, vf v, vf dy, const struct swiglu_params *p)
{
    (void)v;
    return gate_swiglu(u, dy, p);
}

/* m and k + 1 of the definition.  `any` is NaN where u or v is NaN. */
struct oai {
    vf m, factor, any;
};

WORD struct oai oai_of(vf u, vf v, const struct swiglu_oai_params *p)
{
    struct oai o;
    o.m = v_min(v_splat(p->limit), u);
    o.factor = clamp(v, p->limit) + 1.0f;
    o.any = v_select(v_ne(v, v), v, u);
    return o;
}

WORD vf gate_swiglu_oai(vf u, vf v, const struct swiglu_oai_params *p)
{
    const struct swish_params swish = { p->alpha };
    const struct oai o = oai_of(u, v, p);
    const vf g = act_swish(o.m, &swish);
    return product_where(is_small(g), o.factor, g);
}
WORD vf gate_swiglu_oai_du(vf u, vf v, vf dy, const struct swiglu_oai_params *p)
{
    const struct swish_params swish = { p->alpha };
    const struct oai o = oai_of(u, v, p);
    const vf slope = act_swish_grad(o.m, o.factor, &swish);
    return zero_unless(v_le(u, v_splat(p->limit)), product_where(is_small(slope), dy, slope), o.any);
}
WORD vf gate_swiglu_oai_dv(vf u, vf v, vf dy, const struct swiglu_oai_params *p)
{
    const struct swish_params swish = { p->alpha };
    const struct oai o = oai_of(u, v, p);
    const vf g = act_swish(o.m, &swish);
    return zero_unless(v_le(v_abs(v), v_splat(p->limit)), product_where(is_small(g), dy, g), o.any);
}

#endif
