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
#include "fast/math_words.h"
#else
#include "math_words.h"
#endif
#include "params.h"

#include <float.h>

#include "formulas/helpers.h"

/* Later files use phrases of earlier ones. */
#include "formulas/piecewise.h"
#include "formulas/sigmoid.h"
#include "formulas/gelu.h"
#include "formulas/exponential.h"
#include "formulas/algebraic.h"
#include "formulas/parametric.h"
#include "formulas/channels.h"
#include "formulas/gates.h"

#endif
