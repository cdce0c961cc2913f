/* SPDX-License-Identifier: MIT */
/* One operation with one setting of its parameters, over all floats or a sample of them. */
#ifndef ACTFN_TEST_SWEEP_H
#define ACTFN_TEST_SWEEP_H

#include "measure.h"

#include <actfn.h>

enum { SWEEP_FORMS = 3, SWEEP_CONTESTANTS = 24 };

/* "forward", "backward", "from_output" */
extern const char *const sweep_form_names[SWEEP_FORMS];

/* The library in one mode on one instruction set, or another library.  One that is only hashed needs no reference. */
struct contestant {
    char name[64];
    bool hash_only;
    actfn_mode mode;
    const char *isa; /* NULL for another library */
    bool offers[SWEEP_FORMS];
    actfn_forward_fn forward;
    actfn_backward_fn backward, from_output;
    int peer;
};

/*
 * The functions of other libraries, with parameters at their defaults.  The program that the benchmark builds has the peers of
 * the benchmark, the other program has none.  prepare() is for blocks of BLOCK elements of one operation, forward and
 * backward.  offers and run are about the operation that was prepared last.  Only one thread may use them.
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
    /* The sweep takes one of every `step` runs of `run` consecutive floats, at pseudo-random places.  step = 1 takes all
    floats.
     */
    uint32_t step, run;
    int threads;
    int count;
    struct contestant contestants[SWEEP_CONTESTANTS];
    struct tally tallies[SWEEP_CONTESTANTS][SWEEP_FORMS];
};

/* `done` is the progress from 0 to 1, about once a second.  The sweep stops if the function returns false. */
typedef bool sweep_progress(void *context, double done);

/* False if the sweep was stopped, or threads could not be created. */
bool sweep_run(struct sweep *s, sweep_progress *progress, void *context);

/* The same for given inputs, n <= BLOCK, but without the steps between neighbours. */
void sweep_at(struct sweep *s, size_t n, const float *x);

#endif
