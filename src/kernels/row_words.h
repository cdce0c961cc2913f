/* SPDX-License-Identifier: MIT */
/* The parts of the operations over rows: traversal, sums, and the exponentials of the mode. */
#ifndef ACTFN_ROW_WORDS_H
#define ACTFN_ROW_WORDS_H

#include "catalogue/params.h"
#include "kernels/row_exponentials.h"
#include "kernels/row_sums.h"
#include "kernels/row_traversal.h"
#ifdef ACTFN_KERNELS_FAST
#include "kernels/fast/row_anchor_fast.h"
#else
#include "kernels/accurate/row_anchor.h"
#endif

#endif
