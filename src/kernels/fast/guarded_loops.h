/* SPDX-License-Identifier: MIT */
/*
 * The loops of an operation that has a core.  The core is a short formula for |x| within a limit, where most activations
 * are; the complete formula is for all x.  A guard finds the lanes beyond the limit (math/fast/guard.h).  One test looks at
 * a block of four vectors.  If a lane is beyond, the block is computed vector by vector.  A vector with a lane beyond runs
 * both formulas, and each lane takes the result of its own formula.  So the bits of a lane do not depend on its neighbours.
 */
#ifndef ACTFN_GUARDED_LOOPS_H
#define ACTFN_GUARDED_LOOPS_H

#include "kernels/elementwise_loops.h"
#include "math/fast/guard.h"

/* Whether no lane of a block is beyond the limit. */
WORD int block_within(struct guard guard, vu limit, const float *x)
{
    if (guard.kind == NEVER)
        return 1;
    const vu ab = u_max(guard_key(guard, v_load(x)), guard_key(guard, v_load(x + V_LANES)));
    const vu cd = u_max(guard_key(guard, v_load(x + 2 * V_LANES)), guard_key(guard, v_load(x + 3 * V_LANES)));
    return !any_above(u_max(ab, cd), limit);
}

/* y[i] = op(x[i]); y may be x. */
WORD void map_guarded(unary_op *core, unary_op *complete, struct guard guard, const void *params, size_t n,
                      const float *x, float *y)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = 0;;) {
        for (size_t count; i < end; i += count) {
            count = lanes_of(end, i);
            const vf a = load_some(x + i, count);
            vf b = core(a, params);
            if (guard.kind != NEVER && any_above(guard_key(guard, a), limit))
                b = v_select(u_above(guard_key(guard, a), limit), complete(a, params), b);
            store_some(y + i, b, count);
        }
        for (; n - i >= 4 * V_LANES && block_within(guard, limit, x + i); i += 4 * V_LANES)
#pragma GCC unroll 4
            for (size_t k = 0; k < 4 * V_LANES; k += V_LANES)
                v_store(y + i + k, core(v_load(x + i + k), params));
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void map_grad_guarded(binary_op *core, binary_op *complete, struct guard guard, const void *params, size_t n,
                           const float *x, const float *dy, float *dx)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = 0;;) {
        for (size_t count; i < end; i += count) {
            count = lanes_of(end, i);
            const vf a = load_some(x + i, count), da = load_some(dy + i, count);
            vf b = core(a, da, params);
            if (guard.kind != NEVER && any_above(guard_key(guard, a), limit))
                b = v_select(u_above(guard_key(guard, a), limit), complete(a, da, params), b);
            store_some(dx + i, b, count);
        }
        for (; n - i >= 4 * V_LANES && block_within(guard, limit, x + i); i += 4 * V_LANES)
#pragma GCC unroll 4
            for (size_t k = 0; k < 4 * V_LANES; k += V_LANES)
                v_store(dx + i + k, core(v_load(x + i + k), v_load(dy + i + k), params));
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

#endif
