/* SPDX-License-Identifier: MIT */
/* A promise that was not kept: one line, and an end that libFuzzer keeps the input of. */
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
