/* SPDX-License-Identifier: MIT */
/* Shared by the examples: computes gelu by one call and by an example's threads, and compares the bits. */
#ifndef ACTFN_EXAMPLE_CHECK_H
#define ACTFN_EXAMPLE_CHECK_H

#include <actfn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_gelu(const char *name, int threads, void (*gelu)(size_t n, const float *x, float *y))
{
    const size_t n = 1000003; /* a prime, so no part is a whole number of vectors */
    float *x = (float *)malloc(n * sizeof *x), *y = (float *)malloc(n * sizeof *y);
    float *alone = (float *)malloc(n * sizeof *alone);
    int code = 1;
    if (x && y && alone) {
        for (size_t i = 0; i < n; i++)
            x[i] = (float)(i % 2001) * 0.01f - 10;
        memset(y, 0xff, n * sizeof *y);
        const actfn_status status = actfn_gelu_f32(n, x, alone);
        gelu(n, x, y);
        code = status != ACTFN_OK || memcmp(y, alone, n * sizeof *y) != 0;
        printf("%s: %d threads, %zu elements: %s\n", name, threads, n, code ? "other bits" : "the bits of one call");
    }
    free(x);
    free(y);
    free(alone);
    return code;
}

#endif
