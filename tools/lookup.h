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
int lookup_type(const char *option, const char *name, enum npy_type *type);

/*
 * Takes one "name=what" apart: values[k] becomes what stands behind the name of the k-th parameter.  The option and
 * what it takes are for messages.
 */
int lookup_assignment(actfn_op op, const char *option, const char *what, const char *assignment, const char **values);

/*
 * The parameters of an operation, each legal for itself: defaults, with --param put over them; a required one may come
 * from --weight instead.
 */
int lookup_params(actfn_op op, const struct arguments *arguments, float params[static ACTFN_MAX_PARAMS]);

#endif
