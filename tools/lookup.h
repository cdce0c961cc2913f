/* SPDX-License-Identifier: MIT */
/* From what a user types to what the library knows; what it does not know is answered with what comes nearest. */
#ifndef ACTFN_TOOLS_LOOKUP_H
#define ACTFN_TOOLS_LOOKUP_H

#include "command.h"

/*
 * The candidate nearest to a word, if it is near enough to be a slip, else the one before: call it for each candidate,
 * beginning with { NULL, 0 }.
 */
struct nearest {
    const char *name;
    size_t length, distance;
};
void consider(struct nearest *best, const char *typed, const char *candidate, size_t length);

/* These print a message and return an exit code, CODE_OK where all is well. */
int lookup_op(const char *name, actfn_op *op);
int lookup_mode(const char *name, actfn_mode *mode);
int lookup_isa(const char *name);

/* The parameters of an operation: defaults, with the assignments put over them.  Also checks how they go together. */
int lookup_params(actfn_op op, const struct arguments *arguments, float params[static ACTFN_MAX_PARAMS]);

#endif
