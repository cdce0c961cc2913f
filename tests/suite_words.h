/* SPDX-License-Identifier: MIT */
/* The checks of each vocabulary, one object each.  A check returns true, or false with a message. */
#ifndef ACTFN_TEST_SUITE_WORDS_H
#define ACTFN_TEST_SUITE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

bool words_check_generic(char *message, size_t size);
#if defined(__x86_64__)
bool words_check_avx2(char *message, size_t size);
bool words_check_avx512(char *message, size_t size);
#elif defined(__aarch64__)
bool words_check_neon(char *message, size_t size);
#endif

#endif
