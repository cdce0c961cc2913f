/* SPDX-License-Identifier: MIT */
/* FAST_ROWS: sums and exponentials of the fast mode.  On one lane the fast mode has those of the accurate one. */
#ifndef ACTFN_ROW_MODE_H
#define ACTFN_ROW_MODE_H

#include "math/simd.h"

#if defined(ACTFN_KERNELS_FAST) && !defined(V_SCALAR)
#define FAST_ROWS
#endif

/* Sums begin anew after so many elements. */
enum { ROW_BLOCK = 4096 };

#endif
