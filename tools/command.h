/* SPDX-License-Identifier: MIT */
/* A subcommand and its arguments.  A new subcommand needs a function, a row in actfn.c and a part of the manual. */
#ifndef ACTFN_TOOLS_COMMAND_H
#define ACTFN_TOOLS_COMMAND_H

#include "npy.h"

#include <actfn.h>

/* Options as bits: the given options, and the options that a subcommand takes. */
enum option_bit {
    OPTION_JSON = 1 << 0,
    OPTION_PARAM = 1 << 1,
    OPTION_MODE = 1 << 2,
    OPTION_ISA = 1 << 3,
    OPTION_THREADS = 1 << 4,
    OPTION_FROM_OUTPUT = 1 << 5,
    OPTION_AXIS = 1 << 6,
    OPTION_MASKED = 1 << 7,
    OPTION_GATE = 1 << 8,
    OPTION_WEIGHT = 1 << 9,
    OPTION_GRADIENT = 1 << 10,
    OPTION_SEED = 1 << 11,
    OPTION_STREAM = 1 << 12,
    OPTION_OFFSET = 1 << 13,
    OPTION_EVAL = 1 << 14,
    OPTION_HARD = 1 << 15,
    OPTION_IGNORE_INDEX = 1 << 16,
    OPTION_TYPE = 1 << 17,
    OPTION_CAST = 1 << 18
};

#define COMMAND_MAX_ASSIGNMENTS 64

/* The values of an option that may be repeated: "name=value". */
struct assignments {
    const char *items[COMMAND_MAX_ASSIGNMENTS];
    int count;
};

struct arguments {
    unsigned given;
    int count;
    char **operands; /* without the subcommand's own name */
    struct assignments params, weights, gradients;
    actfn_mode mode;
    const char *isa;
    int threads;
    long axis;
    actfn_gate_layout gate;
    uint64_t seed, stream, offset;
    int64_t ignore_index;
    enum npy_type type, cast; /* of the first input, of the results; 0 where not given */
};

struct command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    int minimum, maximum; /* number of operands */
    unsigned options;
    int (*run)(const struct arguments *arguments);
};

/* Each returns an exit code, after it has printed its messages. */
int command_info(const struct arguments *arguments);
int command_list(const struct arguments *arguments);
int command_forward(const struct arguments *arguments);
int command_backward(const struct arguments *arguments);

#endif
