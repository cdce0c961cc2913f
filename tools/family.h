/* SPDX-License-Identifier: MIT */
/*
 * The way to run a family's operations over files: the files that they take and give, the options that they know, the rules for
 * the shapes of the files, and the entry of the library that computes a part of the whole.  apply.c does the rest.
 */
#ifndef ACTFN_TOOLS_FAMILY_H
#define ACTFN_TOOLS_FAMILY_H

#include "command.h"
#include "input.h"
#include "output.h"

#include <stdbool.h>

/* The content of a file.  The names are for usage lines: X.npy. */
enum role { NO_ROLE, X, Y, U, V, Z, T, DY, LOSS, DX, DU, DV, DZ, ROLES };

enum form { FORWARD, BACKWARD, FROM_OUTPUT, FORMS };

enum { MAX_OPERANDS = 5 };

/* The weights of a channels operation: arrays of (terms, channels). */
struct weights {
    struct input files[ACTFN_MAX_PARAMS]; /* the files that --weight names */
    const float *arrays[ACTFN_MAX_PARAMS];
    float *heap[ACTFN_MAX_PARAMS];
    struct output outputs[ACTFN_MAX_PARAMS]; /* of those that --gradient names */
    const char *paths[ACTFN_MAX_PARAMS];     /* the paths of the outputs; NULL if not wanted */
    struct npy_header shapes[ACTFN_MAX_PARAMS];
    float *gradients[ACTFN_MAX_PARAMS];
    size_t terms, channels;
    bool wanted; /* whether any gradient is wanted */
};

struct job {
    const struct arguments *arguments;
    const struct actfn_op_info *info;
    const struct kind *kind;
    enum form form;
    enum role roles[MAX_OPERANDS]; /* of the operands on the command line */
    int inputs, outputs;           /* the first operands are inputs, the others outputs */
    float params[ACTFN_MAX_PARAMS];
    struct weights weights;

    /* By role; what an operation does not have is zero. */
    struct input in[ROLES];
    struct npy_header shapes[ROLES]; /* of the outputs, with the type that they are computed in */
    struct output out[ROLES];
    const void *from[ROLES];
    void *to[ROLES];

    /* Filled in by plan_types(): of the first input, and of what stands beside it.  They differ only where rows have one
     * result each: these are floats where --cast f32 asks for them, and may then come back as floats. */
    enum npy_type type, row_type;

    /* Filled in by plan(): how the tensor is taken apart, and in how many units of how many elements it can be
     * computed. */
    size_t outer, n, inner, units, unit;
};

/* One way to run operations of a family.  The first way that fits is taken. */
struct kind {
    actfn_family family;
    actfn_op op;      /* the only operation; ACTFN_OP_NONE: all of the family */
    unsigned needs;   /* only with these options ... */
    unsigned options; /* ... and these are allowed, beside the ones that all operations know */
    const char *when; /* said of it in messages: " with --eval"; or NULL */
    const char *hint; /* said where the number of files is wrong; or NULL */
    /* Inputs, then outputs.  X and Y in the backward form of rows are there as the catalogue says. */
    struct {
        enum role inputs[MAX_OPERANDS], outputs[MAX_OPERANDS];
    } forms[FORMS];

    /* With the inputs open: makes the shapes of the outputs and splits the work.  Returns an exit code, after a message. */
    int (*plan)(struct job *job);

    /* Computes units [first, first + count).  With (0, 0) and no shapes it only tells whether the parameters are legal. */
    actfn_status (*compute)(const struct job *job, size_t first, size_t count);
};

/* Each table ends with a row without a function. */
extern const struct kind elementwise_kinds[], rows_kinds[], gates_kinds[], channels_kinds[], random_kinds[],
    losses_kinds[];

/* Before plan(): the types of the inputs, and whether they go together.  An exit code. */
int plan_types(struct job *job);

/* ---- for plan() ------------------------------------------------------------------------------------------------ */

/* All inputs and the output have one shape, and are computed element by element. */
int plan_elementwise(struct job *job);

/*
 * Sets outer, n and inner for an axis of a shape: --axis, or `otherwise` if --axis was not given.  *reduced, unless NULL,
 * becomes the shape without that axis.
 */
int plan_axis(struct job *job, enum role role, long otherwise, struct npy_header *reduced);

/* Checks that two inputs, or an input and its expected shape, agree. */
int plan_same(const struct job *job, enum role a, enum role b);
int plan_shape(const struct job *job, enum role role, const struct npy_header *wanted);

/* ---- for compute() --------------------------------------------------------------------------------------------- */

/* The element at an offset; NULL stays NULL. */
static inline const void *from_at(const struct job *job, enum role role, size_t offset)
{
    const char *from = job->from[role];
    return from ? from + offset * npy_size(job->in[role].header.type) : NULL;
}
static inline void *to_at(const struct job *job, enum role role, size_t offset)
{
    char *to = job->to[role];
    return to ? to + offset * npy_size(job->shapes[role].type) : NULL;
}

/* An entry of the library in the form for a type.  The buffers among the arguments are pointers to void, which fit each. */
#define BY_TYPE(type, entry, ...)                                                                                      \
    ((type) == NPY_FLOAT32 ? entry##_f32(__VA_ARGS__) : BY_SIXTEEN(type, entry, __VA_ARGS__))
#define BY_SIXTEEN(type, entry, ...) ((type) == NPY_FLOAT16 ? entry##_f16(__VA_ARGS__) : entry##_bf16(__VA_ARGS__))

/* ---- weights of channels: weights.c ---------------------------------------------------------------------------- */

/* Checks the names of the weights, before a file is opened. */
int weights_check(struct job *job);
/* Reads the weights and gives them one shape.  Then terms and channels are known. */
int weights_open(struct job *job);
void weights_close(struct job *job);

#endif
