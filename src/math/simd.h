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

#endif
