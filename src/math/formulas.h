/* SPDX-License-Identifier: MIT */
/*
 * The mathematics: for each operation of ops.def
 *     act_<name>(x)              f(x)
 *     act_<name>_grad(x, dy)     dx = dy f'(x)
 *     act_<name>_grad_y(y, dy)   dx from y = f(x), where offered
 *     act_<name>_d_<param>(x, dy)   the term dy (d f / d param), where a gradient is offered
 * with `const struct <name>_params *p` as a last argument where the operation has parameters.  Stable forms and their
 * reasons are the specification's; what is said here is what the code does not.
 */
#ifndef ACTFN_FORMULAS_H
#define ACTFN_FORMULAS_H

#define ZERO v_splat(0.0f)
#define ONE v_splat(1.0f)

#ifdef ACTFN_KERNELS_FAST
#include "math/fast/inline_words.h"
#else
#include "math/accurate/sleef_words.h"
#endif
#include "catalogue/params.h"

#include <float.h>

#include "math/helpers.h"

/* Later files use phrases of earlier ones. */
#include "math/piecewise.h"
#include "math/sigmoid.h"
#include "math/gelu.h"
#include "math/exponential.h"
#include "math/algebraic.h"
#include "math/parametric.h"
#include "math/channel_formulas.h"
#include "math/gate_formulas.h"

#endif
