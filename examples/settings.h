/* SPDX-License-Identifier: MIT */
/* The command line of train_mlp. */
#ifndef ACTFN_EXAMPLES_SETTINGS_H
#define ACTFN_EXAMPLES_SETTINGS_H

#include <actfn.h>

#include <stddef.h>

#define MAX_HIDDEN_LAYERS 8
#define MAX_UNITS 4096

struct settings {
    actfn_op op;
    const char *activation, *save; /* the name of op as given; the file, or NULL to save nothing */
    const char *paths[4];          /* samples and labels of the training set, then of the held-out set */
    int hidden_layers;
    size_t hidden[MAX_HIDDEN_LAYERS];
    unsigned long epochs, batch;
    unsigned long long seed;
    double rate, momentum, decay;
};

/* Fills in all settings.  A wrong argument ends the program with 2 and a message. */
void settings_parse(struct settings *settings, int argc, char **argv);

#endif
