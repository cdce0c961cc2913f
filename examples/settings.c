/* SPDX-License-Identifier: MIT */
#include "settings.h"

#include <argp.h>
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static unsigned long long whole(struct argp_state *state, const char *what, const char *text, unsigned long long least,
                                unsigned long long greatest)
{
    char *end;
    errno = 0;
    const unsigned long long value = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)*text) || *end || errno || value < least || value > greatest)
        argp_error(state, "%s must be a whole number, %llu ... %llu: '%s'", what, least, greatest, text);
    return value;
}

/* A number that is at least 0 and below the limit. */
static double real(struct argp_state *state, const char *what, const char *text, double limit)
{
    char *end;
    const double value = strtod(text, &end);
    if (end == text || *end || !(value >= 0 && value < limit))
        argp_error(state, "%s must be a number, at least 0 and below %g: '%s'", what, limit, text);
    return value;
}

static void sizes(struct argp_state *state, char *list, struct settings *s)
{
    s->hidden_layers = 0;
    for (char *at = list, *size; (size = strsep(&at, ","));) {
        if (s->hidden_layers == MAX_HIDDEN_LAYERS)
            argp_error(state, "at most %d hidden layers", MAX_HIDDEN_LAYERS);
        s->hidden[s->hidden_layers++] = (size_t)whole(state, "a hidden layer's size", size, 1, MAX_UNITS);
    }
}

/* The command line gives only the name, so all parameters need defaults; and the operation must act on each unit alone. */
static actfn_op activation(struct argp_state *state, const char *name)
{
    const actfn_op op = actfn_op_from_name(name);
    if (op == ACTFN_OP_NONE)
        argp_error(state, "unknown activation '%s'", name);
    const struct actfn_op_info *info = actfn_op_info(op);
    if (info->family != ACTFN_FAMILY_ELEMENTWISE && op != ACTFN_PRELU)
        argp_error(state, "%s is of the family %s: a hidden layer can have an elementwise operation, or prelu",
                   info->name, actfn_family_name(info->family));
    for (int i = 0; i < info->param_count; i++)
        if (actfn_op_param(op, i)->flags & ACTFN_PARAM_REQUIRED)
            argp_error(state, "%s cannot be used: its parameter %s has no default", info->name,
                       actfn_op_param(op, i)->name);
    return op;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct settings *s = state->input;
    switch (key) {
    case 'a': s->op = activation(state, s->activation = arg); return 0;
    case 'H': sizes(state, arg, s); return 0;
    case 'e': s->epochs = (unsigned long)whole(state, "--epochs", arg, 1, 1000000); return 0;
    case 'b': s->batch = (unsigned long)whole(state, "--batch", arg, 1, 65536); return 0;
    case 's': s->seed = whole(state, "--seed", arg, 0, UINT64_MAX); return 0;
    case 'r': s->rate = real(state, "--learning-rate", arg, 1000); return 0;
    case 'm': s->momentum = real(state, "--momentum", arg, 1); return 0;
    case 'd': s->decay = real(state, "--weight-decay", arg, 1); return 0;
    case 'o': s->save = arg; return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num >= 4)
            argp_error(state, "too many files: '%s'", arg);
        s->paths[state->arg_num] = arg;
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 4)
            argp_error(state, "four files are needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "activation", 'a', "NAME", 0,
      "of the hidden layers: an elementwise operation of libactfn whose parameters have "
      "defaults, or prelu, with one trained slope a unit (relu)",
      0 },
    { "hidden", 'H', "SIZES", 0, "units of each hidden layer (64,64)", 0 },
    { "epochs", 'e', "N", 0, "how often each sample is seen (60)", 0 },
    { "batch", 'b', "N", 0, "samples for each step (32)", 0 },
    { "learning-rate", 'r', "RATE", 0, "(0.02)", 0 },
    { "momentum", 'm', "M", 0, "(0.9)", 0 },
    { "weight-decay", 'd', "D", 0, "of the weights, not of biases and slopes (0.0005)", 0 },
    { "seed", 's', "N", 0, "of the first weights and the order of samples (1)", 0 },
    { "save", 'o', "FILE", 0, "write the final parameters to FILE, a .npy", 0 },
    { 0 },
};

static const struct argp command_line = {
    .options = options,
    .parser = parse,
    .args_doc = "TRAIN_X TRAIN_LABELS HELD_OUT_X HELD_OUT_LABELS",
    .doc = "Train a multilayer perceptron, and say how well it does on data that it was not trained on.\v"
           "The files are .npy: X is float32 (samples, columns), LABELS is int64 or float32 (samples,), classes 0, 1, "
           "...\n\n"
           "Every fifth epoch prints the training set's mean loss, the share of held-out samples that are classified "
           "right, and the shares of hidden units that are\n"
           "  dead       f'(z) = 0 for every training sample\n"
           "  saturated  |f'(z)| < 0.01 for more than 90 % of the training samples\n"
           "so that every dead unit is a saturated one too.  The same command prints and saves the same on each run.",
};

void settings_parse(struct settings *settings, int argc, char **argv)
{
    *settings = (struct settings) { .op = ACTFN_RELU,
                                    .activation = "relu",
                                    .hidden_layers = 2,
                                    .hidden = { 64, 64 },
                                    .epochs = 60,
                                    .batch = 32,
                                    .seed = 1,
                                    .rate = 0.02,
                                    .momentum = 0.9,
                                    .decay = 0.0005 };
    argp_err_exit_status = 2;
    argp_parse(&command_line, argc, argv, 0, NULL, settings);
}
