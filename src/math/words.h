/* SPDX-License-Identifier: MIT */
/* The vocabulary and the mathematical words of the mode that this object is compiled for: v_exp, v_log, v_tanh ... */
#ifndef ACTFN_MATH_WORDS_H
#define ACTFN_MATH_WORDS_H

#include "math/simd.h"

/* The code that both modes share calls none of these words. */
#if defined(ACTFN_KERNELS_FAST) || defined(ACTFN_WITHOUT_SLEEF)
#include "math/fast/inline_words.h"
#else
#include "math/accurate/sleef_words.h"
#endif

#endif
