/* SPDX-License-Identifier: MIT */
/* What every vocabulary header needs before its own words. */
#ifndef ACTFN_WORDS_H
#define ACTFN_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* A word, a formula or a loop: it must vanish into the kernel that uses it. */
#define WORD static inline __attribute__((always_inline))

#endif
