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

/* The elements of v are numbers of the 16-bit type, so nothing is rounded and no lane is in doubt. */
WORD void bf16_store_exact_pair(uint16_t *p, struct v_pair v) { bf16_store_near_pair(p, v, 0); }
WORD void f16_store_exact_pair(uint16_t *p, struct v_pair v) { f16_store_pair(p, v); }

/* A bfloat16 leaves out the low half of a float, in which half-way is 0x8000. */
WORD vm bf16_doubt(vf a, uint32_t reach)
{
    const vu low = (u_bits(a) + (0x7fffu - reach)) << 16u;
    return u_above(low, u_splat((0xfffeu - 2 * reach) << 16 | 0xffffu));
}

#endif
