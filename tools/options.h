/* SPDX-License-Identifier: MIT */
/* The options of the command line, and their reading. */
#ifndef ACTFN_TOOLS_OPTIONS_H
#define ACTFN_TOOLS_OPTIONS_H

#include "command.h"

/* Options that replace the work: help and version. */
struct asked {
    int help, version;
};

/* Fills in `arguments` and `asked`, and moves the operands behind the options, as getopt does: they begin at optind. */
int options_parse(int argc, char **argv, struct arguments *arguments, struct asked *asked);

/* The name, with its dashes, of the first of these options; NULL if there is none. */
const char *options_name(unsigned bits);

/* Prints the lines of the help for these options. */
void options_help(unsigned bits);

#endif
