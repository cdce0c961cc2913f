/* SPDX-License-Identifier: MIT */
/* What a subcommand is, and what it is given.  A new one is a function, a row in actfn.c and its part of the manual. */
#ifndef ACTFN_TOOLS_COMMAND_H
#define ACTFN_TOOLS_COMMAND_H

#include <actfn.h>

/* Options, as bits: those that were given, and those that a subcommand takes. */
enum option_bit {
    OPTION_JSON = 1 << 0,
    OPTION_PARAM = 1 << 1,
    OPTION_MODE = 1 << 2,
    OPTION_ISA = 1 << 3,
    OPTION_THREADS = 1 << 4,
    OPTION_FROM_OUTPUT = 1 << 5
};

#define COMMAND_MAX_ASSIGNMENTS 64

struct arguments {
    unsigned given;
    int count;
    char **operands; /* without the subcommand's own name */
    const char *assignments[COMMAND_MAX_ASSIGNMENTS]; /* of --param: "name=value" */
    int assignment_count;
    actfn_mode mode;
    const char *isa;
    int threads;
};

struct command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    int minimum, maximum; /* number of operands */
    unsigned options;
    int (*run)(const struct arguments *arguments);
};

/* Each returns an exit code, and has then said what is to be said. */
int command_info(const struct arguments *arguments);
int command_list(const struct arguments *arguments);
int command_forward(const struct arguments *arguments);
int command_backward(const struct arguments *arguments);

#endif
