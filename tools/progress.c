/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static struct {
    bool wanted, shown;
    double start, last; /* seconds */
} line;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress_start(void)
{
    line.wanted = isatty(STDERR_FILENO);
    line.start = now();
}

void progress_show(const char *what, size_t done, size_t total)
{
    if (!line.wanted)
        return;
    const double t = now();
    if (t - line.start < 1.0 || t - line.last < 0.1)
        return;
    line.last = t;
    line.shown = true;
    if (total)
        fprintf(stderr, "\r\033[Kactfn: %s %3.0f %%", what, 100.0 * (double)done / (double)total);
    else
        fprintf(stderr, "\r\033[Kactfn: %s", what);
    fflush(stderr);
}

void progress_clear(void)
{
    if (line.shown)
        fputs("\r\033[K", stderr);
    line.shown = false;
}
