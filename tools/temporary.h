/* SPDX-License-Identifier: MIT */
/* Temporary files, a few at a time.  They are also removed when a signal ends the program. */
#ifndef ACTFN_TOOLS_TEMPORARY_H
#define ACTFN_TOOLS_TEMPORARY_H

#include <stdbool.h>
#include <sys/stat.h>

#define TEMPORARY_MAX 8

/*
 * Creates a new file in the directory of `target`, open for reading and writing.  It has the permissions of the file that it
 * will replace, or, if old is NULL, those of any new file.  Returns -1 and sets errno on failure.  The calls below name the
 * file by its slot, 0 to TEMPORARY_MAX - 1, or -1 for no file.
 */
int temporary_create(const char *target, const struct stat *old, int *slot);

/* Renames the file to `target` and flushes the directory.  Returns false and sets errno on failure. */
bool temporary_rename(int slot, const char *target);

/* Removes the file if it still exists. */
void temporary_remove(int slot);

#endif
