/* SPDX-License-Identifier: MIT */
/* A vector of n <= V_LANES lanes.  A loop takes whole vectors and the rest with one step; the CPU predicts the branch. */
#ifndef ACTFN_SOME_LANES_H
#define ACTFN_SOME_LANES_H

#include "math/simd.h"

WORD vf load_some(const float *p, size_t n) { return n < V_LANES ? v_load_n(p, n) : v_load(p); }

WORD void store_some(float *p, vf a, size_t n)
{
    if (n < V_LANES)
        v_store_n(p, a, n);
    else
        v_store(p, a);
}

/* The number of lanes for the vector at i: V_LANES, or the n - i elements that are left. */
WORD size_t lanes_of(size_t n, size_t i) { return n - i < V_LANES ? n - i : V_LANES; }

#endif
