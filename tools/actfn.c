/* SPDX-License-Identifier: MIT */
/* actfn: the library from the command line.  Here are the options and the table of subcommands. */
#include "command.h"
#include "lookup.h"
#include "message.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMPUTING (OPTION_PARAM | OPTION_MODE | OPTION_ISA | OPTION_THREADS)

static const struct command commands[] = {
    { "info", "", "what runs on this machine, and why", 0, 0, OPTION_JSON | OPTION_ISA, command_info },
    { "list", "[OP]", "the operations, or all about one", 0, 1, OPTION_JSON, command_list },
    { "forward", "OP X.npy Y.npy", "y = f(x)", 3, 3, COMPUTING, command_forward },
    { "backward", "OP X.npy DY.npy DX.npy", "dx = dy f'(x)", 4, 4, COMPUTING | OPTION_FROM_OUTPUT, command_backward },
};
#define COMMANDS (sizeof commands / sizeof commands[0])

/* Values of options that have no letter begin after the characters. */
enum { LONG_JSON = 256, LONG_MODE, LONG_ISA, LONG_FROM_OUTPUT };

static const struct option long_options[] = {
    { "help", no_argument, NULL, 'h' },
    { "version", no_argument, NULL, 'V' },
    { "json", no_argument, NULL, LONG_JSON },
    { "param", required_argument, NULL, 'p' },
    { "mode", required_argument, NULL, LONG_MODE },
    { "isa", required_argument, NULL, LONG_ISA },
    { "threads", required_argument, NULL, 't' },
    { "from-output", no_argument, NULL, LONG_FROM_OUTPUT },
    { NULL, 0, NULL, 0 },
};

static const struct {
    unsigned bit;
    const char *name, *help;
} option_help[] = {
    { OPTION_PARAM, "--param", "-p, --param NAME=VALUE   a parameter of the operation; may be repeated" },
    { OPTION_MODE, "--mode", "    --mode MODE          reproducible (the default) or fast" },
    { OPTION_ISA, "--isa", "    --isa NAME           use this instruction set, or fail" },
    { OPTION_THREADS, "--threads", "-t, --threads N          compute on N threads; the result is the same" },
    { OPTION_FROM_OUTPUT, "--from-output", "    --from-output        the first file of backward is y instead of x" },
    { OPTION_JSON, "--json", "    --json               print for programs" },
};
#define OPTIONS (sizeof option_help / sizeof option_help[0])

/* ---- help ------------------------------------------------------------------------------------------------------ */

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
    for (size_t i = 0; i < OPTIONS; i++)
        if (!only || (only->options & option_help[i].bit))
            printf("  %s\n", option_help[i].help);
    puts("  -h, --help               this text\n"
         "  -V, --version            the version of the library\n"
         "\nFiles are NumPy's .npy with little-endian float32; - is standard input or output.\n"
         "Full description: man actfn");
    return finish_stdout();
}

static int version(void)
{
    printf("actfn %s\n", actfn_version_string());
    return finish_stdout();
}

/* ---- arguments ------------------------------------------------------------------------------------------------- */

static int parse_threads(const char *text, int *threads)
{
    char *end;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (end == text || *end || errno || value < 1 || value > RUN_MAX_THREADS)
        return misused("--threads takes a number from 1 to %d, not '%s'", RUN_MAX_THREADS, text);
    *threads = (int)value;
    return CODE_OK;
}

/* The option that getopt_long refused: a letter in optopt, or the word before optind. */
static int bad_option(int result, char **argv)
{
    const char *word = argv[optind - 1];
    const int is_long = strncmp(word, "--", 2) == 0;
    char letter[3] = { '-', (char)optopt, '\0' };
    if (optopt == 0)
        return misused("unknown or ambiguous option '%s'; 'actfn --help' lists them", word);
    if (result == ':')
        return misused("%s needs a value; see 'actfn --help'", is_long ? word : letter);
    if (is_long)
        return misused("%s takes no value; see 'actfn --help'", word);
    return misused("unknown option '%s'; 'actfn --help' lists them", letter);
}

/* Fill in `arguments`; what is asked for besides is noted in *help_wanted and *version_wanted. */
static int parse_options(int argc, char **argv, struct arguments *arguments, int *help_wanted, int *version_wanted)
{
    int result, code = CODE_OK;
    opterr = 0;
    while (code == CODE_OK && (result = getopt_long(argc, argv, ":hVp:t:", long_options, NULL)) != -1) {
        switch (result) {
        case 'h': *help_wanted = 1; break;
        case 'V': *version_wanted = 1; break;
        case LONG_JSON: arguments->given |= OPTION_JSON; break;
        case LONG_FROM_OUTPUT: arguments->given |= OPTION_FROM_OUTPUT; break;
        case LONG_ISA:
            arguments->given |= OPTION_ISA;
            arguments->isa = optarg;
            break;
        case LONG_MODE:
            arguments->given |= OPTION_MODE;
            code = lookup_mode(optarg, &arguments->mode);
            break;
        case 't':
            arguments->given |= OPTION_THREADS;
            code = parse_threads(optarg, &arguments->threads);
            break;
        case 'p':
            arguments->given |= OPTION_PARAM;
            if (arguments->assignment_count == COMMAND_MAX_ASSIGNMENTS)
                return misused("--param is given more often than any operation has parameters");
            arguments->assignments[arguments->assignment_count++] = optarg;
            break;
        default: return bad_option(result, argv);
        }
    }
    return code;
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
    for (size_t i = 0; i < OPTIONS; i++)
        if (arguments->given & ~command->options & option_help[i].bit)
            return misused("%s takes no %s; see 'actfn %s --help'", command->name, option_help[i].name, command->name);
    if (arguments->count >= command->minimum && arguments->count <= command->maximum)
        return CODE_OK;
    return misused("too %s arguments; usage: actfn %s %s", arguments->count < command->minimum ? "few" : "many",
                   command->name, command->operands);
}

/* ---- main ------------------------------------------------------------------------------------------------------ */

/* If a standard descriptor is closed, the next file opened would take its place and receive our messages. */
static void occupy_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            /* In the direction in which every use of it fails. */
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    occupy_standard_descriptors();
    /* Both then come back as errors of write and posix_fallocate, and are reported like any other. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);

    struct arguments arguments = { .mode = ACTFN_REPRODUCIBLE, .threads = 1 };
    const struct command *command = NULL;
    int help_wanted = 0, version_wanted = 0;
    int code = parse_options(argc, argv, &arguments, &help_wanted, &version_wanted);
    if (code == CODE_OK && version_wanted)
        return version();
    if (code == CODE_OK && optind < argc)
        code = find_command(argv[optind], &command);
    if (code != CODE_OK)
        return code;
    if (help_wanted)
        return help(command);
    if (!command)
        return misused("no command; 'actfn --help' lists them");
    arguments.operands = argv + optind + 1;
    arguments.count = argc - optind - 1;
    code = check_arguments(command, &arguments);
    return code == CODE_OK ? command->run(&arguments) : code;
}
