/* SPDX-License-Identifier: MIT */
/*
 * The loops of an operation that has a core.  The core is a short formula for |x| within a limit, where most activations
 * are; another formula is for all x beyond.  A guard finds the lanes beyond the limit (math/fast/guard.h).  One test looks at
 * a block of four vectors.  If a lane is beyond, the block is computed vector by vector.  A vector with a lane beyond runs
 * both formulas, and each lane takes the result of its own formula.  So the bits of a lane do not depend on its neighbours.
 */
#ifndef ACTFN_GUARDED_LOOPS_H
#define ACTFN_GUARDED_LOOPS_H

#include "kernels/elementwise_loops.h"
#include "math/fast/guard.h"

WORD vf guarded(unary_op *core, unary_op *beyond, struct guard guard, const void *params, vf x)
{
    if (guard.kind == NEVER || !any_above(guard_key(guard, x), guard_limit(guard)))
        return core(x, params);
    const vm far = u_above(guard_key(guard, x), guard_limit(guard));
    return v_select(far, beyond(lanes_beyond(far, guard, x), params), core(lanes_of_core(far, x), params));
}
WORD vf guarded_grad(binary_op *core, binary_op *beyond, struct guard guard, const void *params, vf x, vf dy)
{
    if (guard.kind == NEVER || !any_above(guard_key(guard, x), guard_limit(guard)))
        return core(x, dy, params);
    const vm far = u_above(guard_key(guard, x), guard_limit(guard));
    return v_select(far, beyond(lanes_beyond(far, guard, x), dy, params), core(lanes_of_core(far, x), dy, params));
}

/* Whether no lane of four vectors is beyond the limit. */
WORD int block_within(struct guard guard, vu limit, vf a, vf b, vf c, vf d)
{
    if (guard.kind == NEVER)
        return 1;
    const vu ab = u_max(guard_key(guard, a), guard_key(guard, b)), cd = u_max(guard_key(guard, c), guard_key(guard, d));
    return !any_above(u_max(ab, cd), limit);
}

/* y[i] = op(x[i]); y may be x. */
WORD void map_guarded(unary_op *core, unary_op *beyond, struct guard guard, const void *params, size_t n,
                      const float *x, float *y)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = 0;;) {
        for (size_t count; i < end; i += count) {
            count = lanes_of(end, i);
            store_some(y + i, guarded(core, beyond, guard, params, load_some(x + i, count)), count);
        }
        for (; n - i >= 4 * V_LANES; i += 4 * V_LANES) {
            const vf a = v_load(x + i), b = v_load(x + i + V_LANES);
            const vf c = v_load(x + i + 2 * V_LANES), d = v_load(x + i + 3 * V_LANES);
            if (!block_within(guard, limit, a, b, c, d))
                break;
            v_store(y + i, core(a, params));
            v_store(y + i + V_LANES, core(b, params));
            v_store(y + i + 2 * V_LANES, core(c, params));
            v_store(y + i + 3 * V_LANES, core(d, params));
        }
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void map_grad_guarded(binary_op *core, binary_op *beyond, struct guard guard, const void *params, size_t n,
                           const float *x, const float *dy, float *dx)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = 0;;) {
        for (size_t count; i < end; i += count) {
            count = lanes_of(end, i);
            const vf a = load_some(x + i, count), da = load_some(dy + i, count);
            store_some(dx + i, guarded_grad(core, beyond, guard, params, a, da), count);
        }
        for (; n - i >= 4 * V_LANES; i += 4 * V_LANES) {
            const vf a = v_load(x + i), b = v_load(x + i + V_LANES);
            const vf c = v_load(x + i + 2 * V_LANES), d = v_load(x + i + 3 * V_LANES);
            if (!block_within(guard, limit, a, b, c, d))
                break;
            v_store(dx + i, core(a, v_load(dy + i), params));
            v_store(dx + i + V_LANES, core(b, v_load(dy + i + V_LANES), params));
            v_store(dx + i + 2 * V_LANES, core(c, v_load(dy + i + 2 * V_LANES), params));
            v_store(dx + i + 3 * V_LANES, core(d, v_load(dy + i + 3 * V_LANES), params));
        }
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

#endif
