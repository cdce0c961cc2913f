/* SPDX-License-Identifier: MIT */
/* A vector of n <= V_LANES lanes.  Loops take whole vectors and the rest by one step: the branch is foreseen by the CPU. */
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

/* How many of the n - i elements that are left a vector takes. */
WORD size_t lanes_of(size_t n, size_t i) { return n - i < V_LANES ? n - i : V_LANES; }

#endif
