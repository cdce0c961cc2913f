/* SPDX-License-Identifier: MIT */
/* One line on standard error that says how far we are: only on a terminal, and only after the first second. */
#ifndef ACTFN_TOOLS_PROGRESS_H
#define ACTFN_TOOLS_PROGRESS_H

#include <stddef.h>

/* Starts the clock. */
void progress_start(void);

/* Cheap enough to call often.  With total = 0 it shows only `what`. */
void progress_show(const char *what, size_t done, size_t total);

/* Removes the line, if there is one. */
void progress_clear(void);

#endif
