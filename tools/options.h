/* SPDX-License-Identifier: MIT */
/* The options of the command line: what there are, and reading them. */
#ifndef ACTFN_TOOLS_OPTIONS_H
#define ACTFN_TOOLS_OPTIONS_H

#include "command.h"

/* What is asked for instead of work. */
struct asked {
    int help, version;
};

/* Fill in `arguments` and `asked`, and move the operands behind the options, as getopt does: they begin at optind. */
int options_parse(int argc, char **argv, struct arguments *arguments, struct asked *asked);

/* The name, with its dashes, of the first of those options; NULL where there is none. */
const char *options_name(unsigned bits);

/* The lines of the help for those options. */
void options_help(unsigned bits);

#endif
