/* SPDX-License-Identifier: MIT */
/* A long buffer, in pieces, on several threads. */
#ifndef ACTFN_TOOLS_RUN_H
#define ACTFN_TOOLS_RUN_H

#include <actfn.h>

#define RUN_MAX_THREADS 1024

/* Elements [first, first + count) of whatever the context describes. */
typedef actfn_status run_piece(const void *context, size_t first, size_t count);

/* Every element of n once.  The first status that is not ACTFN_OK ends it. */
actfn_status run_pieces(size_t n, int threads, run_piece *piece, const void *context);

#endif
