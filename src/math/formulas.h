/* SPDX-License-Identifier: MIT */
/*
 * The mathematics: for each elementwise operation of ops.def
 *     act_<name>(x)              f(x)
 *     act_<name>_grad(x, dy)     dx = dy f'(x)
 *     act_<name>_grad_y(y, dy)   dx from y = f(x), where offered
 *     act_<name>_d_<param>(x, dy)   the term dy (d f / d param), where a gradient is offered
 *     act_<name>_cancelling(x)   where f has a zero at x other than 0: the terms of f add up to at most this value plus |f|
 * with `const struct <name>_params *p` as a last argument where the operation has parameters.  The specification gives the
 * stable forms and their reasons; the comments give further reasons.
 */
#ifndef ACTFN_FORMULAS_H
#define ACTFN_FORMULAS_H

#include "math/algebraic.h"
#include "math/exponential.h"
#include "math/gelu.h"
#include "math/parametric.h"
#include "math/piecewise.h"
#include "math/sigmoid.h"

#endif
