/* SPDX-License-Identifier: MIT */
/* From the words of a user to the library's numbers.  An unknown word is answered with the nearest known one. */
#ifndef ACTFN_TOOLS_LOOKUP_H
#define ACTFN_TOOLS_LOOKUP_H

#include "command.h"

/*
 * Replaces *best by `candidate` if this is nearer to the typed word, and near enough for a slip.  Call it for each candidate,
 * starting with { NULL, 0 }.
 */
struct nearest {
    const char *name;
    size_t length, distance;
};
void consider(struct nearest *best, const char *typed, const char *candidate, size_t length);

/* These return an exit code.  For a code other than CODE_OK they have printed a message. */
int lookup_op(const char *name, actfn_op *op);
int lookup_mode(const char *name, actfn_mode *mode);
int lookup_isa(const char *name);
int lookup_type(const char *option, const char *name, enum npy_type *type);

/*
 * Takes one "name=what" apart: values[k] points to the text behind the name of the k-th parameter.  `option` and `what` are
 * for messages.
 */
int lookup_assignment(actfn_op op, const char *option, const char *what, const char *assignment, const char **values);

/*
 * The parameters of an operation, each within its own range: the defaults, replaced by --param.  A required parameter may come
 * from --weight instead.
 */
int lookup_params(actfn_op op, const struct arguments *arguments, float params[static ACTFN_MAX_PARAMS]);

#endif
