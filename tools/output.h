/* SPDX-License-Identifier: MIT */
/*
 * An array that is written to a .npy file or to standard output, completely or not at all.  A file is written under another
 * name in the same directory, and takes its place at the very end.  Until then, and after any failure or signal, the old file
 * stays.
 */
#ifndef ACTFN_TOOLS_OUTPUT_H
#define ACTFN_TOOLS_OUTPUT_H

#include "npy.h"

#include <actfn.h>
#include <sys/stat.h>

struct output {
    const char *name;   /* for messages */
    enum npy_type type; /* that the elements are computed in */
    void *data;         /* where to put them */
    size_t count;
    enum npy_type written; /* the type of the file */
    void *elements;        /* what is written: data itself where the types are the same */
    char header[NPY_MAX_HEADER];
    size_t header_size;
    int fd;
    char *target; /* the file to replace; NULL if bytes go straight to fd */
    int slot;     /* of its temporary file */
    bool open;    /* this structure has been filled in */
    void *map;    /* the temporary file; NULL where it has to be written */
    void *heap[2];
};

/*
 * "-" is standard output.  The elements have the type of `shape`, and so has the file where `cast` is 0, else that one.  `reuse` is memory
 * for the elements that may be overwritten, or NULL; it is taken where they cannot be put into the file at once.  An exit
 * code; a message has been printed unless it is CODE_OK.
 */
int output_open(struct output *out, const char *path, const struct npy_header *shape, enum npy_type cast, void *reuse);

/* When all elements are there: convert them to the type of the file. */
actfn_status output_cast(struct output *out, int threads);

/* Write it out to the last byte; then put it in its place.  Of several outputs all are finished before any is placed. */
int output_finish(struct output *out);
int output_place(struct output *out);

/* Frees everything.  An output that was not placed leaves no trace. */
void output_close(struct output *out);

#endif
