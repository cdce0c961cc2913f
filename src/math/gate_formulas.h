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

#define GATED_BY(name, g)                                                                                              \
    WORD vf gate_##name(vf u, vf v) { return v * ACT(g)(u); }                                                          \
    WORD vf gate_##name##_du(vf u, vf v, vf dy) { return dy * ACT_GRAD(g)(u, v); }                                     \
    WORD vf gate_##name##_dv(vf u, vf v, vf dy)                                                                        \
    {                                                                                                                  \
        (void)v;                                                                                                       \
        return dy * ACT(g)(u);                                                                                         \
    }
GATED_BY(glu, sigmoid)
GATED_BY(geglu, gelu)
GATED_BY(geglu_tanh, gelu_tanh)
GATED_BY(geglu_quick, gelu_quick)
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
WORD vf gate_swiglu(vf u, vf v, const struct swiglu_params *p) { return v * swiglu_act(u, p); }
WORD vf gate_swiglu_du(vf u, vf v, vf dy, const struct swiglu_params *p)
{
    const struct swish_params swish = { p->alpha };
    return dy * (IS_SILU(p) ? ACT_GRAD(silu)(u, v) : act_swish_grad(u, v, &swish));
}
WORD vf gate_swiglu_dv(vf u, vf v, vf dy, const struct swiglu_params *p)
{
    (void)v;
    return dy * swiglu_act(u, p);
}

/* m, k + 1, and a NaN from u or v. */
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
    return o.factor * act_swish(o.m, &swish);
}
WORD vf gate_swiglu_oai_du(vf u, vf v, vf dy, const struct swiglu_oai_params *p)
{
    const struct swish_params swish = { p->alpha };
    const struct oai o = oai_of(u, v, p);
    return zero_unless(v_le(u, v_splat(p->limit)), dy * act_swish_grad(o.m, o.factor, &swish), o.any);
}
WORD vf gate_swiglu_oai_dv(vf u, vf v, vf dy, const struct swiglu_oai_params *p)
{
    const struct swish_params swish = { p->alpha };
    const struct oai o = oai_of(u, v, p);
    return zero_unless(v_le(v_abs(v), v_splat(p->limit)), dy * act_swish(o.m, &swish), o.any);
}

#endif
