/* SPDX-License-Identifier: MIT */
/*
 * All buffers of a fuzzed call lie in one arena, so that any buffer may overlap any other.  Bytes that belong to no buffer are
 * poisoned for AddressSanitizer while the call runs, and are compared afterwards.
 */
#ifndef ACTFN_FUZZ_ARENA_H
#define ACTFN_FUZZ_ARENA_H

#include "calls.h"

enum { ARENA_FLOATS = 1 << 16, ARENA_MARGIN = 64 };
extern float arena[ARENA_FLOATS];

/* The number of floats that the call may use.  Nothing touches the floats behind them. */
extern size_t arena_used;

/* Makes the call on every instruction set, and ends the program where a promise is broken. */
struct fuzzed {
    struct call call;
    bool tame;    /* the data and parameters are tame, so both modes must give similar results */
    int rounding; /* the caller's rounding mode */
    bool raised;  /* the caller has raised sticky flags */
};
void check_call(const struct fuzzed *fuzzed);

#endif
