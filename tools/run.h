/* SPDX-License-Identifier: MIT */
/* Long work in pieces, on several threads. */
#ifndef ACTFN_TOOLS_RUN_H
#define ACTFN_TOOLS_RUN_H

#include <actfn.h>

#define RUN_MAX_THREADS 1024

/* Computes units [first, first + count).  The context decides what a unit is: elements, or rows. */
typedef actfn_status run_piece(const void *context, size_t first, size_t count);

/* Computes every one of n units once.  A unit has `unit` elements.  The first status other than ACTFN_OK ends the work. */
actfn_status run_pieces(size_t n, size_t unit, int threads, run_piece *piece, const void *context);

#endif
