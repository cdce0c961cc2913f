/* SPDX-License-Identifier: MIT */
/*
 * Draws: Philox4x32-10 in the vocabulary.  Some hundred draws are made at a time, as whole blocks in a buffer on the stack.
 * An operation may start at any word of the buffer.
 */
#ifndef ACTFN_RANDOM_DRAWS_H
#define ACTFN_RANDOM_DRAWS_H

#include "catalogue/params.h"
#include "dispatch/backend.h"
#include "kernels/some_lanes.h"
#include "math/helpers.h"
#include "math/words.h"

#include <float.h>
#include <string.h>

/* ---- draws ----------------------------------------------------------------------------------------------------- */

enum { GROUP = 4 * V_LANES, DRAWS = 512 }; /* DRAWS is a multiple of every GROUP */

/* V_LANES blocks from block q on.  The indices of draws wrap modulo 2^64, so the numbers of blocks wrap modulo 2^62. */
WORD struct u_four philox(uint64_t q, const struct actfn_noise *draws)
{
    const vu block = u_blocks(), q_low = u_splat((uint32_t)q);
    struct u_four c = { q_low + block, u_splat((uint32_t)(q >> 32)), u_splat((uint32_t)draws->stream),
                        u_splat((uint32_t)(draws->stream >> 32)) };
    const vu carry = ((q_low & block) | ((q_low | block) & ~c.a)) >> 31u;
    c.b = (c.b + carry) & 0x3fffffffu;
    vu key0 = u_splat((uint32_t)draws->seed), key1 = u_splat((uint32_t)(draws->seed >> 32));
    for (int round = 0; round < 10; round++) {
        const struct u_wide p = u_multiply(c.a, 0xd2511f53u), q4 = u_multiply(c.c, 0xcd9e8d57u);
        c = (struct u_four) { q4.high ^ c.b ^ key0, q4.low, p.high ^ c.d ^ key1, p.low };
        key0 = key0 + 0x9e3779b9u;
        key1 = key1 + 0xbb67ae85u;
    }
    return u_in_order(c);
}

/*
 * Makes *count <= `wanted` draws for the elements from i on, and returns their position in `words`.  *count is less than
 * `wanted` only if the buffer is full.
 */
static const uint32_t *draw(uint32_t words[DRAWS], size_t *count, size_t wanted, size_t i,
                            const struct actfn_noise *draws)
{
    const uint64_t index = draws->offset + i;
    const size_t skip = index % 4, room = DRAWS - skip;
    uint64_t q = index / 4;
    *count = wanted < room ? wanted : room;
    for (size_t at = 0; at < skip + *count; at += GROUP, q += V_LANES) {
        const struct u_four w = philox(q, draws);
        u_store(words + at, w.a);
        u_store(words + at + V_LANES, w.b);
        u_store(words + at + 2 * V_LANES, w.c);
        u_store(words + at + 3 * V_LANES, w.d);
    }
    return words + skip;
}

/* Loads n draws and sets the other lanes to 0, because the buffer may end behind draw n. */
WORD vu draws_some(const uint32_t *made, size_t n)
{
    uint32_t lanes[V_LANES] = { 0 };
    if (n >= V_LANES)
        return u_load(made);
    memcpy(lanes, made, n * sizeof *made);
    return u_load(lanes);
}

#endif
