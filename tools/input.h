/* SPDX-License-Identifier: MIT */
/* An array of float32 from a .npy file or from standard input; of integers if the caller asks for them. */
#ifndef ACTFN_TOOLS_INPUT_H
#define ACTFN_TOOLS_INPUT_H

#include "npy.h"

#include <stdint.h>

enum input_types { INPUT_FLOATS, INPUT_FLOATS_OR_CLASSES };

struct input {
    const char *name; /* for messages */
    struct npy_header header;
    const float *data;
    float *own;             /* the same as data if it may be overwritten, else NULL */
    const int64_t *classes; /* instead of data if the file holds integers */
    enum input_types types;
    void *map;
    size_t map_size;
    void *heap;
};

/* "-" is standard input.  Returns an exit code; for a code other than CODE_OK it has printed a message. */
int input_open(struct input *in, const char *path, enum input_types types);
void input_close(struct input *in);

#endif
