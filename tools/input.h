/* SPDX-License-Identifier: MIT */
/* An array from a .npy file or from standard input: of floating-point numbers, or of integers where they are asked for. */
#ifndef ACTFN_TOOLS_INPUT_H
#define ACTFN_TOOLS_INPUT_H

#include "npy.h"

#include <stdint.h>

/* What a file may hold besides float32 and float16, as bits. */
enum input_types {
    INPUT_FLOATS = 0,
    INPUT_CLASSES = 1 << 0, /* integers */
    INPUT_BFLOAT16 = 1 << 1 /* elements of 2 bytes, which the user says to be bfloat16 */
};

struct input {
    const char *name; /* for messages */
    struct npy_header header;
    const void *data;       /* of the type that the header says */
    void *own;              /* the same as data where it may be written to, else NULL */
    const int64_t *classes; /* instead of data, where the file holds integers */
    unsigned types;
    void *map;
    size_t map_size;
    void *heap;
};

/* "-" is standard input.  An exit code; a message has been printed unless it is CODE_OK. */
int input_open(struct input *in, const char *path, unsigned types);
void input_close(struct input *in);

#endif
