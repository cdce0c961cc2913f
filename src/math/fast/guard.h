/* SPDX-License-Identifier: MIT */
/* The guard of a core: it finds the lanes that the core may not compute. */
#ifndef ACTFN_GUARD_H
#define ACTFN_GUARD_H

#include "math/simd.h"

/*
 *   NEVER    no lane is beyond: the core is good for every x
 *   EITHER   beyond are |x| > limit and NaN
 *   LEFT     beyond are x < -limit and a NaN with the sign bit set; the core itself gives NaN for the other NaNs
 */
enum guard_kind { NEVER, EITHER, LEFT };
struct guard {
    enum guard_kind kind;
    float limit;
    int busy; /* the core takes longer than the memory, so streaming would only cost time */
};

/* Maps x to an integer that is above the limit's integer where x is beyond: the bits of |x|, or of x.  A set sign bit makes an
 * integer above those of all positive x. */
WORD vu guard_key(struct guard guard, vf x) { return u_bits(guard.kind == EITHER ? v_abs(x) : x); }
WORD vf guard_edge(struct guard guard) { return v_splat(guard.kind == LEFT ? -guard.limit : guard.limit); }
WORD vu guard_limit(struct guard guard) { return guard_key(guard, guard_edge(guard)); }

/* The hint shapes the code only; how often a lane is beyond depends on the data. */
WORD int any_above(vu keys, vu limit) { return __builtin_expect(m_any(u_above(keys, limit)) != 0, 0) != 0; }

/* Each formula gets the arguments of its own lanes, and a harmless number in the other lanes.  A core might make subnormal
 * numbers of an argument beyond its limit. */
WORD vf lanes_of_core(vm beyond, vf x) { return v_select(beyond, ZERO, x); }
WORD vf lanes_beyond(vm beyond, struct guard guard, vf x) { return v_select(beyond, x, guard_edge(guard)); }

#endif
