/* SPDX-License-Identifier: MIT */
/*
 * The fast mode's own formulas: for each operation whose body is CORE in the list
 *     core_<name>(x), core_<name>_grad(x, dy)       for x where activations live
 *     beyond_<name>(x), beyond_<name>_grad(x, dy)   for x beyond the guard, NaN and infinities among them
 *     GUARD_<name>_f, GUARD_<name>_df               the guard's kind, limit and `busy` (guard.h); NEVER has no `beyond`
 *     APPLIES_<name>(p)                             true for the parameters of the core; act_<name> computes for the others
 * with `const struct <name>_params *p` where there are parameters.
 */
#ifndef ACTFN_FAST_CORES_H
#define ACTFN_FAST_CORES_H

#include "math/fast/exponential_cores.h"
#include "math/fast/logistic_cores.h"
#include "math/fast/guard.h"
#include "math/fast/normal_cores.h"
#include "math/sigmoid.h"

/* Core and beyond in one function, for formulas that another one calls. */
#define GUARDED(name)                                                                                                  \
    WORD vf guarded_##name(vf x)                                                                                       \
    {                                                                                                                  \
        const struct guard guard = { GUARD_##name##_f };                                                               \
        if (!any_above(guard_key(guard, x), guard_limit(guard)))                                                       \
            return core_##name(x);                                                                                     \
        const vm far = u_above(guard_key(guard, x), guard_limit(guard));                                               \
        return v_select(far, beyond_##name(lanes_beyond(far, guard, x)), core_##name(lanes_of_core(far, x)));          \
    }                                                                                                                  \
    WORD vf guarded_##name##_grad(vf x, vf dy)                                                                         \
    {                                                                                                                  \
        const struct guard guard = { GUARD_##name##_df };                                                              \
        if (!any_above(guard_key(guard, x), guard_limit(guard)))                                                       \
            return core_##name##_grad(x, dy);                                                                          \
        const vm far = u_above(guard_key(guard, x), guard_limit(guard));                                               \
        return v_select(far, beyond_##name##_grad(lanes_beyond(far, guard, x), dy),                                    \
                        core_##name##_grad(lanes_of_core(far, x), dy));                                                \
    }
GUARDED(sigmoid)
GUARDED(silu)
GUARDED(gelu)
GUARDED(gelu_tanh)
GUARDED(gelu_quick)

#endif
