/* SPDX-License-Identifier: MIT */
/*
 * The cost of an entry in addition to its kernel, for one element: the checks, the choice of the instruction set, and the
 * caller's floating-point environment.  Entry and kernel run in turn.  The program prints the median of the rounds in
 * nanoseconds for a call: for a caller who has raised "inexact" before, as nearly every program has, and for a caller who has
 * not.
 */
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#include <actfn.h>
#include <fenv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 41, CALLS = 20000 };

/* One operation that raises no flag, one with a parameter, and two that compute. */
static const actfn_op ops[] = { ACTFN_RELU, ACTFN_LEAKY_RELU, ACTFN_TANH, ACTFN_GELU };

/* A masked vector also reads memory beside its element.  A recent store there would delay the read. */
static _Alignas(64) float x[16] = { 0.7f }, y[16];

/* Raises "inexact" by arithmetic, because feraiseexcept may raise it in a register that vectors do not use. */
static void begin(bool inexact)
{
    volatile float third = 1.0f;
    feclearexcept(FE_ALL_EXCEPT);
    if (inexact)
        third = third / 3.0f;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

static void measure(actfn_op op, actfn_mode mode, bool inexact)
{
    static double kernel_times[ROUNDS], entry_times[ROUNDS];
    const struct actfn_param_info *info = actfn_op_param(op, 0);
    const float params[] = { info ? info->default_value : 0.0f };
    const actfn_forward_fn kernel = actfn_forward_kernel_f32(op, mode);
    for (int round = 0; round < ROUNDS; round++) {
        begin(inexact);
        const double start = now();
        for (int i = 0; i < CALLS; i++)
            kernel(params, 1, x, y);
        kernel_times[round] = (now() - start) / CALLS;

        begin(inexact);
        const double middle = now();
        for (int i = 0; i < CALLS; i++)
            actfn_forward_f32(op, mode, params, 1, x, y);
        entry_times[round] = (now() - middle) / CALLS;
    }
    const double of_kernel = median(kernel_times), of_entry = median(entry_times);
    printf("%-10s  %-12s  %-7s  %6.1f  %6.1f  %+6.1f\n", actfn_op_info(op)->name,
           mode == ACTFN_FAST ? "fast" : "accurate", inexact ? "raised" : "not yet", of_kernel, of_entry,
           of_entry - of_kernel);
}

int main(void)
{
    printf("libactfn %s on %s, n = 1, ns a call\n", actfn_version_string(), actfn_isa_name());
    printf("operation   mode          inexact  kernel   entry    more\n");
    for (int inexact = 1; inexact >= 0; inexact--)
        for (int mode = ACTFN_ACCURATE; mode <= ACTFN_FAST; mode++)
            for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
                measure(ops[i], (actfn_mode)mode, inexact);
    return 0;
}
