/* SPDX-License-Identifier: MIT */
/* Numbers of one type from those of another, by the conversions of the library. */
#ifndef ACTFN_TOOLS_CAST_H
#define ACTFN_TOOLS_CAST_H

#include "npy.h"

#include <actfn.h>

/* The buffers do not overlap, and the types differ.  Each number is rounded at most once. */
actfn_status cast_numbers(size_t n, enum npy_type from, const void *x, enum npy_type to, void *y, int threads);

#endif
