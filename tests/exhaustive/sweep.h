/* SPDX-License-Identifier: MIT */
/* One operation with one setting of its parameters, over all floats or a sample of them. */
#ifndef ACTFN_TEST_SWEEP_H
#define ACTFN_TEST_SWEEP_H

#include "measure.h"

#include <actfn.h>

enum { SWEEP_FORMS = 3, SWEEP_CONTESTANTS = 24 };

/* "forward", "backward", "from_output" */
extern const char *const sweep_form_names[SWEEP_FORMS];

/* The library in one mode on one instruction set, or somebody else; one that is only hashed costs no reference. */
struct contestant {
    char name[64];
    bool hash_only;
    actfn_mode mode;
    const char *isa; /* NULL of a peer */
    bool offers[SWEEP_FORMS];
    actfn_forward_fn forward;
    actfn_backward_fn backward, from_output;
    int peer;
};

/*
 * Somebody else's functions, with parameters at their defaults: of the benchmark's peers in the program that is built
 * with it, of nobody in the other.  prepare is for blocks of BLOCK elements of one operation, forward and backward;
 * offers and run are of the last that was prepared.  Not for several threads.
 */
int peers_count(void);
const char *peers_name(int peer);
void peers_prepare(int peer, const char *op);
bool peers_offers(int peer, bool backward);
void peers_run(int peer, bool backward, const float *x, const float *dy, const float *y, float *out);

struct sweep {
    actfn_op op;
    int setting;
    float params[ACTFN_MAX_PARAMS];
    double exact_params[ACTFN_MAX_PARAMS];
    /* Of every `step` runs of `run` consecutive floats one, at a place that looks random; all of them where step is 1.
     */
    uint32_t step, run;
    int threads;
    int count;
    struct contestant contestants[SWEEP_CONTESTANTS];
    struct tally tallies[SWEEP_CONTESTANTS][SWEEP_FORMS];
};

/* How far it is, from 0 to 1, about once a second; false stops. */
typedef bool sweep_progress(void *context, double done);

/* False where it was stopped, or threads cannot be had. */
bool sweep_run(struct sweep *s, sweep_progress *progress, void *context);

/* The same for given inputs, n <= BLOCK, at which nothing is said about turns. */
void sweep_at(struct sweep *s, size_t n, const float *x);

#endif
