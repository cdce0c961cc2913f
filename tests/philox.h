/* SPDX-License-Identifier: MIT */
/* Philox4x32-10, the generator of draws, written a second time from its definition. */
#ifndef ACTFN_TEST_PHILOX_H
#define ACTFN_TEST_PHILOX_H

#include <stdint.h>

void philox(uint32_t c[4], uint32_t k0, uint32_t k1);

/* The word of an index.  Indices wrap modulo 2^64. */
uint32_t draw_at(uint64_t seed, uint64_t stream, uint64_t index);

#endif
