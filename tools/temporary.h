/* SPDX-License-Identifier: MIT */
/* The few temporary files that there are at a time.  They are removed too when a signal ends the program. */
#ifndef ACTFN_TOOLS_TEMPORARY_H
#define ACTFN_TOOLS_TEMPORARY_H

#include <stdbool.h>
#include <sys/stat.h>

#define TEMPORARY_MAX 8

/*
 * A new file in the directory of `target`, open for reading and writing: with the permissions of the file that it is to
 * replace, or, where old is NULL, with those that any new file gets.  -1 and errno on failure.  The calls below name it
 * by its slot, 0 to TEMPORARY_MAX - 1, or -1 where there is none.
 */
int temporary_create(const char *target, const struct stat *old, int *slot);

/* Give it that name, for good: the directory is flushed too.  false and errno on failure. */
bool temporary_rename(int slot, const char *target);

/* Remove it, if it is still there. */
void temporary_remove(int slot);

#endif
