/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary that this object is compiled with.  The build names the vocabulary.  An editor or a test that opens a header
 * alone gets the vocabulary on one lane, which compiles anywhere.
 */
#ifndef ACTFN_MATH_SIMD_H
#define ACTFN_MATH_SIMD_H

#ifndef ACTFN_VOCABULARY
#define ACTFN_VOCABULARY "generic/simd_generic.h"
#endif
#include ACTFN_VOCABULARY

#define ZERO v_splat(0.0f)
#define ONE v_splat(1.0f)

/* Of numbers of the type: nothing is left to round, and no lane is in doubt. */
WORD void bf16_store_exact_pair(uint16_t *p, struct v_pair v) { bf16_store_near_pair(p, v, 0); }
WORD void f16_store_exact_pair(uint16_t *p, struct v_pair v) { f16_store_pair(p, v); }

/* The low half of a float is what a bfloat16 leaves out: half-way is 0x8000. */
WORD vm bf16_doubt(vf a, uint32_t reach)
{
    const vu low = (u_bits(a) + (0x7fffu - reach)) << 16u;
    return u_above(low, u_splat((0xfffeu - 2 * reach) << 16 | 0xffffu));
}

#endif
