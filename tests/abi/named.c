/* SPDX-License-Identifier: MIT */
/*
 * named MODE: the functions by name have the bits of MODE (accurate or fast), for the library that this program was linked
 * with.
 */
#include <actfn.h>

#include <stdio.h>
#include <string.h>

enum { N = 1000 };
static float x[N], dy[N], named[N], accurate[N], fast[N];
static int failures;

/* `different` records that the two modes differ somewhere: otherwise the comparison could not fail. */
static void compare(const char *what, const float *promised)
{
    const int different = memcmp(accurate, fast, sizeof fast) != 0;
    if (!different || memcmp(named, promised, sizeof named) != 0) {
        printf("FAILED: %s: %s\n", what, different ? "not the bits of that mode" : "the modes do not differ");
        failures++;
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    const float *const promised = strcmp(argv[1], "fast") == 0 ? fast : accurate, params[] = { 1.5f };
    for (int i = 0; i < N; i++) {
        x[i] = (float)(i - N / 2) / 64;
        dy[i] = 1 + (float)i / N;
    }
#define BOTH(entry, ...)                                                                                               \
    failures += entry(ACTFN_FAST, __VA_ARGS__, fast) != ACTFN_OK;                                                      \
    failures += entry(ACTFN_REPRODUCIBLE, __VA_ARGS__, accurate) != ACTFN_OK;
#define GELU(mode, n, ...) actfn_forward_f32(ACTFN_GELU, mode, NULL, n, __VA_ARGS__)
#define GELU_BACKWARD(mode, n, ...) actfn_backward_f32(ACTFN_GELU, mode, NULL, n, __VA_ARGS__)
#define ELU(mode, n, ...) actfn_forward_f32(ACTFN_ELU, mode, params, n, __VA_ARGS__)
    BOTH(GELU, N, x)
    failures += actfn_gelu_f32(N, x, named) != ACTFN_OK;
    compare("gelu", promised);
    BOTH(GELU_BACKWARD, N, x, dy)
    failures += actfn_gelu_backward_f32(N, x, dy, named) != ACTFN_OK;
    compare("gelu's gradient", promised);
    BOTH(ELU, N, x)
    failures += actfn_elu_f32(N, x, named, params[0]) != ACTFN_OK;
    compare("elu", promised);
    return failures != 0;
}
