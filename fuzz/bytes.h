/* SPDX-License-Identifier: MIT */
/* Takes bytes one by one as choices; after the last byte come zeros. */
#ifndef ACTFN_FUZZ_BYTES_H
#define ACTFN_FUZZ_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
    const uint8_t *at, *end;
};

static inline uint64_t take(struct bytes *b, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count && b->at < b->end; i++)
        value |= (uint64_t)*b->at++ << 8 * i;
    return value;
}

static inline unsigned take_byte(struct bytes *b) { return (unsigned)take(b, 1); }

static inline float take_float(struct bytes *b)
{
    const uint32_t bits = (uint32_t)take(b, 4);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
