/* SPDX-License-Identifier: MIT */
/* Something long, in pieces, on several threads. */
#ifndef ACTFN_TOOLS_RUN_H
#define ACTFN_TOOLS_RUN_H

#include <actfn.h>

#define RUN_MAX_THREADS 1024

/* Units [first, first + count) of whatever the context describes: elements, or rows. */
typedef actfn_status run_piece(const void *context, size_t first, size_t count);

/* Every unit of n once, each of them `unit` elements.  The first status that is not ACTFN_OK ends it. */
actfn_status run_pieces(size_t n, size_t unit, int threads, run_piece *piece, const void *context);

#endif
