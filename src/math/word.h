/* SPDX-License-Identifier: MIT */
/* What every vocabulary header needs before its own words. */
#ifndef ACTFN_WORD_H
#define ACTFN_WORD_H

#include <stddef.h>
#include <stdint.h>

/* A word, a formula or a loop: it must vanish into the kernel that uses it. */
#define WORD static inline __attribute__((always_inline))

/* What happens once a row, a block or a call: one copy, which is called.  Not every object uses all of them. */
#define PASS static __attribute__((noinline, unused))

#endif
