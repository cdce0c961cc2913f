/* SPDX-License-Identifier: MIT */
/*
 * Where all buffers of a fuzzed call lie, so that any may overlap any other.  What is no buffer's is poisoned for
 * AddressSanitizer while the call runs, and compared afterwards.
 */
#ifndef ACTFN_FUZZ_ARENA_H
#define ACTFN_FUZZ_ARENA_H

#include "calls.h"

enum { ARENA_FLOATS = 1 << 16, ARENA_MARGIN = 64 };
extern float arena[ARENA_FLOATS];

/* The floats that a call may have to do with: what lies beyond is left alone by everybody. */
extern size_t arena_used;

/* Makes the call on every instruction set, and ends the program where a promise is broken. */
struct fuzzed {
    struct call call;
    bool tame;    /* data and parameters are such that both modes have to come near each other */
    int rounding; /* what the caller has set */
    bool raised;  /* sticky flags too */
};
void check_call(const struct fuzzed *fuzzed);

#endif
