/* SPDX-License-Identifier: MIT */
/* Which lanes the core of an operation may not have: those beyond its guard. */
#ifndef ACTFN_GUARD_H
#define ACTFN_GUARD_H

#include "math/simd.h"

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

#endif
