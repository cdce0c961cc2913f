/* SPDX-License-Identifier: MIT */
/* An array from a .npy file or from standard input: of float32, or of integers where they are asked for. */
#ifndef ACTFN_TOOLS_INPUT_H
#define ACTFN_TOOLS_INPUT_H

#include "npy.h"

#include <stdint.h>

enum input_types { INPUT_FLOATS, INPUT_FLOATS_OR_CLASSES };

struct input {
    const char *name; /* for messages */
    struct npy_header header;
    const float *data;
    float *own;             /* the same as data where it may be written to, else NULL */
    const int64_t *classes; /* instead of data, where the file holds integers */
    enum input_types types;
    void *map;
    size_t map_size;
    void *heap;
};

/* "-" is standard input.  An exit code; a message has been printed unless it is CODE_OK. */
int input_open(struct input *in, const char *path, enum input_types types);
void input_close(struct input *in);

#endif
