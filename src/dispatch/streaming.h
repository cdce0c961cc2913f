/* SPDX-License-Identifier: MIT */
/* Decides which results are streamed, that is, written with stores that bypass the caches. */
#ifndef ACTFN_STREAMING_H
#define ACTFN_STREAMING_H

#include <stddef.h>
#include <stdint.h>

/* Fewer floats than this are never streamed, so a small call does not ask for the threshold. */
enum { STREAM_LEAST = 1 << 18 };

/* Whether a result of n floats is streamed: whether n reaches the threshold. */
int actfn_streams(size_t n);
static inline int streams(size_t n, const float *y) { return (uintptr_t)y % sizeof *y == 0 && actfn_streams(n); }

/* The number of floats from y to the next address that is a multiple of `bytes`. */
static inline size_t floats_to_vector(const float *y, size_t bytes) { return -(uintptr_t)y % bytes / sizeof *y; }

#endif
