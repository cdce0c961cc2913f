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

/*
 * The compiler may not look through the value a.  `registers` is assembly's constraint for a register of such values.
 *
 * This macro stands after a selection, because Clang would compute f(m ? x : 0) from x where only the lanes of m are used later.
 * Clang would then compute with the subnormal numbers that the selection keeps away.  gcc leaves selections alone.
 * The macro also stands after a conversion from float16, because Clang would compare in float16, one element at a time.
 */
#define OPAQUE(registers, a) __asm__("" : "+" registers(a))
#ifdef __clang__
#define OPAQUE_TO_CLANG OPAQUE
#else
#define OPAQUE_TO_CLANG(registers, a) ((void)0)
#endif

#endif
