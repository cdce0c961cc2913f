/* SPDX-License-Identifier: MIT */
/* actfn: the library from the command line.  This file has the table of subcommands. */
#include "command.h"
#include "lookup.h"
#include "message.h"
#include "options.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COMPUTING                                                                                                      \
    (OPTION_PARAM | OPTION_MODE | OPTION_ISA | OPTION_THREADS | OPTION_TYPE | OPTION_CAST | OPTION_AXIS |              \
     OPTION_MASKED | OPTION_GATE | OPTION_WEIGHT | OPTION_SEED | OPTION_STREAM | OPTION_OFFSET | OPTION_EVAL |         \
     OPTION_IGNORE_INDEX)

/* The number of files that an operation takes depends on its family: see family.h. */
static const struct command commands[] = {
    { "info", "", "what runs on this machine, and why", 0, 0, OPTION_JSON | OPTION_ISA, command_info },
    { "list", "[OP]", "the operations, or all about one", 0, 1, OPTION_JSON, command_list },
    { "forward", "OP X.npy Y.npy", "y = f(x)", 1, INT_MAX, COMPUTING | OPTION_HARD, command_forward },
    { "backward", "OP X.npy DY.npy DX.npy", "dx = dy f'(x)", 1, INT_MAX,
      COMPUTING | OPTION_FROM_OUTPUT | OPTION_GRADIENT, command_backward },
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static int help(const struct command *only)
{
    const char *lead = "usage:";
    for (size_t k = 0; k < COMMANDS; k++) {
        const struct command *command = &commands[k];
        if (only && only != command)
            continue;
        char usage[128];
        snprintf(usage, sizeof usage, "%s %s", command->name, command->operands);
        printf("%-6s actfn %-32s %s\n", lead, usage, command->summary);
        lead = "";
    }
    puts("\noptions, which may stand anywhere:");
    options_help(only ? only->options : ~0u);
    puts("  -h, --help                this text\n"
         "  -V, --version             the version of the library\n"
         "\nFiles are NumPy's .npy with little-endian float32 or float16, or with ml_dtypes' bfloat16; results\n"
         "have the type of the inputs.  - is standard input or output.  What files an operation takes that is\n"
         "not elementwise it says when it gets too few.\n"
         "Full description: man actfn");
    return finish_stdout();
}

static int version(void)
{
    printf("actfn %s\n", actfn_version_string());
    return finish_stdout();
}

static int find_command(const char *name, const struct command **command)
{
    struct nearest best = { 0 };
    for (size_t k = 0; k < COMMANDS; k++) {
        if (strcmp(commands[k].name, name) == 0) {
            *command = &commands[k];
            return CODE_OK;
        }
        consider(&best, name, commands[k].name, strlen(commands[k].name));
    }
    if (best.name)
        return misused("unknown command '%s'; did you mean '%s'?", name, best.name);
    return misused("unknown command '%s'; 'actfn --help' lists them", name);
}

static int check_arguments(const struct command *command, const struct arguments *arguments)
{
    const char *foreign = options_name(arguments->given & ~command->options);
    if (foreign)
        return misused("%s takes no %s; see 'actfn %s --help'", command->name, foreign, command->name);
    if (arguments->count >= command->minimum && arguments->count <= command->maximum)
        return CODE_OK;
    return misused("too %s arguments; usage: actfn %s %s", arguments->count < command->minimum ? "few" : "many",
                   command->name, command->operands);
}

/* If a standard descriptor is closed, the next opened file would take its number and receive our messages. */
static void occupy_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            /* Opened in the direction in which every use of the descriptor fails. */
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    occupy_standard_descriptors();
    /* Then both come back as errors of write and posix_fallocate, and are reported like other errors. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);

    struct arguments arguments = { .mode = ACTFN_FAST, .threads = 1 };
    struct asked asked = { 0 };
    const struct command *command = NULL;
    int code = options_parse(argc, argv, &arguments, &asked);
    if (code == CODE_OK && asked.version)
        return version();
    if (code == CODE_OK && optind < argc)
        code = find_command(argv[optind], &command);
    if (code != CODE_OK)
        return code;
    if (asked.help)
        return help(command);
    if (!command)
        return misused("no command; 'actfn --help' lists them");
    arguments.operands = argv + optind + 1;
    arguments.count = argc - optind - 1;
    code = check_arguments(command, &arguments);
    return code == CODE_OK ? command->run(&arguments) : code;
}
