/* SPDX-License-Identifier: MIT */
/* A broken promise: prints one line, and ends the program in a way that makes libFuzzer keep the input. */
#ifndef ACTFN_FUZZ_FAIL_H
#define ACTFN_FUZZ_FAIL_H

#include <stdio.h>
#include <stdlib.h>

#define fail(...)                                                                                                      \
    do {                                                                                                               \
        fprintf(stderr, "\n== broken promise: " __VA_ARGS__);                                                          \
        fputc('\n', stderr);                                                                                           \
        abort();                                                                                                       \
    } while (0)

#endif
