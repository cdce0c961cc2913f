/* SPDX-License-Identifier: MIT */
/* A vector of n lanes, for loops whose step takes V_LANES elements and, at the end, the rest: the constant V_LANES
 * makes it a whole load, nothing else does. */
#ifndef ACTFN_SOME_LANES_H
#define ACTFN_SOME_LANES_H

WORD vf load_some(const float *p, size_t n) { return n < V_LANES ? v_load_n(p, n) : v_load(p); }

WORD void store_some(float *p, vf a, size_t n)
{
    if (n < V_LANES)
        v_store_n(p, a, n);
    else
        v_store(p, a);
}

#endif
