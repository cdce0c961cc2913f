/* SPDX-License-Identifier: MIT */
#include "philox.h"

void philox(uint32_t c[4], uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85) {
        const uint64_t p0 = UINT64_C(0xD2511F53) * c[0], p1 = UINT64_C(0xCD9E8D57) * c[2];
        const uint32_t c1 = c[1], c3 = c[3];
        c[0] = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c[1] = (uint32_t)p1;
        c[2] = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c[3] = (uint32_t)p0;
    }
}

uint32_t draw_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    const uint64_t q = index / 4;
    uint32_t c[4] = { (uint32_t)q, (uint32_t)(q >> 32), (uint32_t)stream, (uint32_t)(stream >> 32) };
    philox(c, (uint32_t)seed, (uint32_t)(seed >> 32));
    return c[index % 4];
}
