/* SPDX-License-Identifier: MIT */
/* What train_mlp is asked for on its command line. */
#ifndef ACTFN_EXAMPLES_SETTINGS_H
#define ACTFN_EXAMPLES_SETTINGS_H

#include <actfn.h>

#include <stddef.h>

#define MAX_HIDDEN_LAYERS 8
#define MAX_UNITS 4096

struct settings {
    actfn_op op;
    const char *activation, *save; /* op as it was named; NULL where nothing is to be saved */
    const char *paths[4];          /* of the training set's samples and labels, and the held-out set's */
    int hidden_layers;
    size_t hidden[MAX_HIDDEN_LAYERS];
    unsigned long epochs, batch;
    unsigned long long seed;
    double rate, momentum, decay;
};

/* Fill in all of them; what makes no sense ends the program with 2 and a message. */
void settings_parse(struct settings *settings, int argc, char **argv);

#endif
