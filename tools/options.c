/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "lookup.h"
#include "message.h"
#include "run.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---------------------------------------------------------------------------------------------------- */

static int take_param(struct arguments *arguments, const char *text);
static int take_weight(struct arguments *arguments, const char *text);
static int take_gradient(struct arguments *arguments, const char *text);

static int take_mode(struct arguments *arguments, const char *text) { return lookup_mode(text, &arguments->mode); }

static int take_isa(struct arguments *arguments, const char *text)
{
    arguments->isa = text;
    return CODE_OK;
}

static int take_threads(struct arguments *arguments, const char *text)
{
    char *end;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (end == text || *end || errno || value < 1 || value > RUN_MAX_THREADS)
        return misused("--threads takes a number from 1 to %d, not '%s'", RUN_MAX_THREADS, text);
    arguments->threads = (int)value;
    return CODE_OK;
}

static int take_axis(struct arguments *arguments, const char *text)
{
    char *end;
    errno = 0;
    arguments->axis = strtol(text, &end, 10);
    if (end == text || *end || errno)
        return misused("--axis takes the number of an axis, such as 0 or -1, not '%s'", text);
    return CODE_OK;
}

static int take_gate(struct arguments *arguments, const char *text)
{
    if (strcmp(text, "first") == 0)
        arguments->gate = ACTFN_GATE_FIRST;
    else if (strcmp(text, "last") == 0)
        arguments->gate = ACTFN_GATE_LAST;
    else
        return misused("--gate takes first or last, the half of a row that is the gate, not '%s'", text);
    return CODE_OK;
}

static int take_u64(const char *option, const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 0);
    /* strtoull would take a sign, and turn -1 into 2^64 - 1. */
    if (!isdigit((unsigned char)*text) || *end || errno)
        return misused("%s takes a number from 0 to 2^64 - 1, not '%s'", option, text);
    return CODE_OK;
}

static int take_seed(struct arguments *arguments, const char *text)
{
    return take_u64("--seed", text, &arguments->seed);
}

static int take_stream(struct arguments *arguments, const char *text)
{
    return take_u64("--stream", text, &arguments->stream);
}

static int take_offset(struct arguments *arguments, const char *text)
{
    return take_u64("--offset", text, &arguments->offset);
}

static int take_ignore_index(struct arguments *arguments, const char *text)
{
    char *end;
    errno = 0;
    arguments->ignore_index = strtoll(text, &end, 10);
    if (end == text || *end || errno)
        return misused("--ignore-index takes a whole number, not '%s'", text);
    return CODE_OK;
}

static int take_type(struct arguments *arguments, const char *text)
{
    return lookup_type("--type", text, &arguments->type);
}

static int take_cast(struct arguments *arguments, const char *text)
{
    return lookup_type("--cast", text, &arguments->cast);
}

/* ---- the options ----------------------------------------------------------------------------------------------- */

static const struct row {
    unsigned bit;
    char letter;                     /* or '\0' */
    const char *name, *value, *help; /* value: the name of its value, or NULL */
    int (*take)(struct arguments *arguments, const char *text);
} rows[] = {
    { OPTION_PARAM, 'p', "--param", "NAME=VALUE", "a parameter of the operation; may be repeated", take_param },
    { OPTION_MODE, 0, "--mode", "MODE", "fast (the default) or accurate", take_mode },
    { OPTION_ISA, 0, "--isa", "NAME", "use this instruction set, or fail", take_isa },
    { OPTION_THREADS, 't', "--threads", "N", "compute on N threads; the result is the same", take_threads },
    { OPTION_TYPE, 0, "--type", "TYPE", "the files hold f32, f16 or bf16; bf16 has to be said", take_type },
    { OPTION_CAST, 0, "--cast", "TYPE", "write the results as f32, f16 or bf16", take_cast },
    { OPTION_FROM_OUTPUT, 0, "--from-output", NULL, "the first file of backward is y instead of x", NULL },
    { OPTION_AXIS, 0, "--axis", "K", "the axis of rows or of channels; -1 is the last", take_axis },
    { OPTION_MASKED, 0, "--masked", NULL, "rows of -inf alone give 0 (or -inf), not NaN", NULL },
    { OPTION_GATE, 0, "--gate", "first|last", "gates: rows are packed, and this half is the gate", take_gate },
    { OPTION_WEIGHT, 0, "--weight", "NAME=FILE", "channels: the weights of that name; may be repeated", take_weight },
    { OPTION_GRADIENT, 0, "--gradient", "NAME=FILE", "channels: write the gradient of these weights", take_gradient },
    { OPTION_SEED, 0, "--seed", "N", "random: the seed, 0 if not given", take_seed },
    { OPTION_STREAM, 0, "--stream", "N", "random: the stream, likewise", take_stream },
    { OPTION_OFFSET, 0, "--offset", "N", "random: the draw of the first element, likewise", take_offset },
    { OPTION_EVAL, 0, "--eval", NULL, "rrelu: without noise, as for evaluation", NULL },
    { OPTION_HARD, 0, "--hard", NULL, "gumbel_softmax: 1 at the first maximum, else 0", NULL },
    { OPTION_IGNORE_INDEX, 0, "--ignore-index", "C", "softmax_cross_entropy: this class counts as none",
      take_ignore_index },
    { OPTION_JSON, 0, "--json", NULL, "print for programs", NULL },
};
#define ROWS (sizeof rows / sizeof rows[0])

/* A repeated option keeps its texts.  They are read when the operation is known. */
static int keep(struct assignments *list, const char *option, const char *text)
{
    if (list->count == COMMAND_MAX_ASSIGNMENTS)
        return misused("%s is given more often than any operation has parameters", option);
    list->items[list->count++] = text;
    return CODE_OK;
}

static int take_param(struct arguments *arguments, const char *text)
{
    return keep(&arguments->params, "--param", text);
}

static int take_weight(struct arguments *arguments, const char *text)
{
    return keep(&arguments->weights, "--weight", text);
}

static int take_gradient(struct arguments *arguments, const char *text)
{
    return keep(&arguments->gradients, "--gradient", text);
}

const char *options_name(unsigned bits)
{
    for (size_t k = 0; k < ROWS; k++)
        if (rows[k].bit & bits)
            return rows[k].name;
    return NULL;
}

void options_help(unsigned bits)
{
    for (size_t k = 0; k < ROWS; k++) {
        char left[64];
        if (!(rows[k].bit & bits))
            continue;
        snprintf(left, sizeof left, "%c%c%c %s%s%s", rows[k].letter ? '-' : ' ', rows[k].letter ? rows[k].letter : ' ',
                 rows[k].letter ? ',' : ' ', rows[k].name, rows[k].value ? " " : "",
                 rows[k].value ? rows[k].value : "");
        printf("  %-25s %s\n", left, rows[k].help);
    }
}

/* ---- reading them ---------------------------------------------------------------------------------------------- */

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

/* The values of options without a letter begin behind the characters. */
enum { WITHOUT_LETTER = 256 };

static const struct row *row_of(int result)
{
    for (size_t k = 0; k < ROWS; k++)
        if (result == WITHOUT_LETTER + (int)k || (rows[k].letter && result == rows[k].letter))
            return &rows[k];
    return NULL;
}

int options_parse(int argc, char **argv, struct arguments *arguments, struct asked *asked)
{
    struct option table[ROWS + 3] = { { "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' } };
    for (size_t k = 0; k < ROWS; k++)
        table[k + 2] = (struct option) { rows[k].name + 2, rows[k].value ? required_argument : no_argument, NULL,
                                         WITHOUT_LETTER + (int)k };
    int result, code = CODE_OK;
    opterr = 0;
    while (code == CODE_OK && (result = getopt_long(argc, argv, ":hVp:t:", table, NULL)) != -1) {
        const struct row *row = row_of(result);
        if (row) {
            arguments->given |= row->bit;
            code = row->take ? row->take(arguments, optarg) : CODE_OK;
        } else if (result == 'h') {
            asked->help = 1;
        } else if (result == 'V') {
            asked->version = 1;
        } else {
            return bad_option(result, argv);
        }
    }
    return code;
}
