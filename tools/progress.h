/* SPDX-License-Identifier: MIT */
/* One line on standard error that says how far we are: only on a terminal, and only after the first second. */
#ifndef ACTFN_TOOLS_PROGRESS_H
#define ACTFN_TOOLS_PROGRESS_H

#include <stddef.h>

/* From now on time is counted. */
void progress_start(void);

/* Cheap enough to call often.  With total = 0 only `what` is shown. */
void progress_show(const char *what, size_t done, size_t total);

/* Wipe the line, if there is one. */
void progress_clear(void);

#endif
