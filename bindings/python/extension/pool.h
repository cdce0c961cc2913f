/* SPDX-License-Identifier: MIT */
/* Threads that share the work of one call.  The library itself starts no threads. */
#ifndef ACTFN_PYTHON_POOL_H
#define ACTFN_PYTHON_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* Computes the items begin <= i < end.  If it returns false, pool_run returns false. */
typedef bool (*pool_work)(void *context, size_t begin, size_t end);

/*
 * Calls work on [0, n), items of `width` elements, in the parts that actfn_part_rows makes for the present number of threads.
 * The pool shares one call at a time.  A call that comes meanwhile does all its work on its own thread.
 */
bool pool_run(size_t n, size_t width, pool_work work, void *context);

/* 1 ... POOL_MOST threads, the calling one among them; 1 at first. */
#define POOL_MOST 1024
int pool_threads(void);
void pool_set_threads(int count);

/* Called once, before all other functions.  A forked child has none of its parent's threads. */
bool pool_init(void);

#endif
