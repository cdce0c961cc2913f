/* SPDX-License-Identifier: MIT */
/* The one temporary file that there is at a time.  It is removed too when a signal ends the program. */
#ifndef ACTFN_TOOLS_TEMPORARY_H
#define ACTFN_TOOLS_TEMPORARY_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * A new file in the directory of `target`, open for reading and writing: with the permissions of the file that it is to
 * replace, or, where old is NULL, with those that any new file gets.  -1 and errno on failure.
 */
int temporary_create(const char *target, const struct stat *old);

/* Give it that name, for good: the directory is flushed too.  false and errno on failure. */
bool temporary_rename(const char *target);

/* Remove it, if there is one. */
void temporary_remove(void);

#endif
