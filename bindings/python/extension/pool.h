/* SPDX-License-Identifier: MIT */
/* Threads that share one call's work.  The library itself starts none. */
#ifndef ACTFN_PYTHON_POOL_H
#define ACTFN_PYTHON_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* Does the items begin <= i < end; false makes pool_run return false. */
typedef bool (*pool_work)(void *context, size_t begin, size_t end);

/*
 * Calls work on [0, n), items of `width` elements, in the parts that actfn_part_rows makes for as many threads as there are.
 * One call at a time is shared; another that comes meanwhile does its work on its own thread.
 */
bool pool_run(size_t n, size_t width, pool_work work, void *context);

/* 1 ... POOL_MOST threads, the calling one among them; 1 at first. */
#define POOL_MOST 1024
int pool_threads(void);
void pool_set_threads(int count);

/* Once, before anything else: a forked child has none of its parent's threads. */
bool pool_init(void);

#endif
