/* SPDX-License-Identifier: MIT */
/* Which results are written past the caches. */
#ifndef ACTFN_STREAMING_H
#define ACTFN_STREAMING_H

#include <stddef.h>
#include <stdint.h>

/* Fewer floats are never streamed, so that a small call need not ask. */
enum { STREAM_LEAST = 1 << 18 };

/* Whether n floats at y are: they reach the threshold, and vectors can be aligned there at all. */
int actfn_streams(size_t n);
static inline int streams(size_t n, const float *y) { return (uintptr_t)y % sizeof *y == 0 && actfn_streams(n); }

/* How many floats from y on lie before a vector of so many bytes can begin. */
static inline size_t floats_to_vector(const float *y, size_t bytes) { return -(uintptr_t)y % bytes / sizeof *y; }

#endif
