/* SPDX-License-Identifier: MIT */
/*
 * The loops of an operation that has a core: a short formula for where activations live, within a limit, beside the
 * complete one for everything.  A guard says which lanes the core may not have.  Blocks of four vectors are looked at
 * once; where a lane is beyond, the complete formula does the block too, and each lane takes the one that is its own:
 * its bits do not depend on its neighbours.
 */
#ifndef ACTFN_FAST_GUARD_H
#define ACTFN_FAST_GUARD_H

#include "kernels/elementwise_loops.h"

/*
 *   NEVER    the core is good for everything
 *   EITHER   beyond are |x| > limit and NaN
 *   LEFT     beyond are x < -limit and NaN with a sign: the core lets NaN without one through by itself
 */
enum guard_kind { NEVER, EITHER, LEFT };
struct guard {
    enum guard_kind kind;
    float limit;
    int busy; /* computes longer than memory takes: to write past the caches would cost */
};

/* x as an integer that is above that of the limit where x is beyond: |x| twice, or the bits, negative ones being above. */
WORD vu guard_key(struct guard guard, vf x)
{
    const vu bits = u_bits(x);
    return guard.kind == EITHER ? bits + bits : bits;
}
WORD vu guard_limit(struct guard guard)
{
    return guard_key(guard, v_splat(guard.kind == LEFT ? -guard.limit : guard.limit));
}

/* `unlikely` in name only: data decide. */
WORD int any_above(vu keys, vu limit) { return __builtin_expect(m_any(u_above(keys, limit)) != 0, 0) != 0; }

/* Whether none of a block's lanes is beyond. */
WORD int block_within(struct guard guard, vu limit, const float *x)
{
    if (guard.kind == NEVER)
        return 1;
    const vu ab = u_max(guard_key(guard, v_load(x)), guard_key(guard, v_load(x + V_LANES)));
    const vu cd = u_max(guard_key(guard, v_load(x + 2 * V_LANES)), guard_key(guard, v_load(x + 3 * V_LANES)));
    return !any_above(u_max(ab, cd), limit);
}

typedef void store_op(float *p, vf a);

/*
 * y[i] = op(x[i]); y may be x.  The first `head` elements by themselves, then blocks through `store`: v_stream wants
 * whole vectors, and what lies between them, as a block that has a lane beyond, is written as usual.
 */
WORD void run_guarded(unary_op *core, unary_op *complete, struct guard guard, const void *params, size_t n,
                      const float *x, float *y, size_t head, store_op *store)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = head;;) {
        for (size_t count; i < end; i += count) {
            count = end - i < V_LANES ? end - i : V_LANES;
            const vf a = load_some(x + i, count);
            vf b = core(a, params);
            if (guard.kind != NEVER && any_above(guard_key(guard, a), limit))
                b = v_select(u_above(guard_key(guard, a), limit), complete(a, params), b);
            store_some(y + i, b, count);
        }
        for (; n - i >= 4 * V_LANES && block_within(guard, limit, x + i); i += 4 * V_LANES)
#pragma GCC unroll 4
            for (size_t k = 0; k < 4 * V_LANES; k += V_LANES)
                store(y + i + k, core(v_load(x + i + k), params));
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

WORD void map_guarded(unary_op *core, unary_op *complete, struct guard guard, const void *params, size_t n,
                      const float *x, float *y)
{
#if V_STREAMS
    if (!guard.busy && n >= STREAM_LEAST && y != x && streams(n, y)) {
        run_guarded(core, complete, guard, params, n, x, y, floats_to_vector(y, sizeof(vf)), v_stream);
        v_stream_end();
        return;
    }
#endif
    run_guarded(core, complete, guard, params, n, x, y, 0, v_store);
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void run_grad_guarded(binary_op *core, binary_op *complete, struct guard guard, const void *params, size_t n,
                           const float *x, const float *dy, float *dx, size_t head, store_op *store)
{
    const vu limit = guard_limit(guard);
    for (size_t i = 0, end = head;;) {
        for (size_t count; i < end; i += count) {
            count = end - i < V_LANES ? end - i : V_LANES;
            const vf a = load_some(x + i, count), da = load_some(dy + i, count);
            vf b = core(a, da, params);
            if (guard.kind != NEVER && any_above(guard_key(guard, a), limit))
                b = v_select(u_above(guard_key(guard, a), limit), complete(a, da, params), b);
            store_some(dx + i, b, count);
        }
        for (; n - i >= 4 * V_LANES && block_within(guard, limit, x + i); i += 4 * V_LANES)
#pragma GCC unroll 4
            for (size_t k = 0; k < 4 * V_LANES; k += V_LANES)
                store(dx + i + k, core(v_load(x + i + k), v_load(dy + i + k), params));
        if (i == n)
            return;
        end = n - i < 4 * V_LANES ? n : i + 4 * V_LANES;
    }
}

WORD void map_grad_guarded(binary_op *core, binary_op *complete, struct guard guard, const void *params, size_t n,
                           const float *x, const float *dy, float *dx)
{
#if V_STREAMS
    if (!guard.busy && n >= STREAM_LEAST && dx != x && dx != dy && streams(n, dx)) {
        run_grad_guarded(core, complete, guard, params, n, x, dy, dx, floats_to_vector(dx, sizeof(vf)), v_stream);
        v_stream_end();
        return;
    }
#endif
    run_grad_guarded(core, complete, guard, params, n, x, dy, dx, 0, v_store);
}

#endif
