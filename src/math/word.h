/* SPDX-License-Identifier: MIT */
/* Every vocabulary header includes this header before its own words. */
#ifndef ACTFN_WORD_H
#define ACTFN_WORD_H

#include <stddef.h>
#include <stdint.h>

/* A word, a formula or a loop: the compiler must inline it into the kernel. */
#define WORD static inline __attribute__((always_inline))

/* A function that runs once for a row, a block or a call: one copy, which is called.  An object may leave some unused. */
#define PASS static __attribute__((noinline, unused))

#endif
