/* SPDX-License-Identifier: MIT */
/*
 * Philox4x32-10 in the vocabulary, rrelu, and the noise of gumbel_softmax.  Draws are made some hundred at a time,
 * whole blocks into a buffer on the stack; what uses them starts there at any word.
 */
#ifndef ACTFN_RANDOM_H
#define ACTFN_RANDOM_H

#include "kernels/some_lanes.h"

/* ---- draws ----------------------------------------------------------------------------------------------------- */

enum { GROUP = 4 * V_LANES, DRAWS = 512 }; /* DRAWS is a multiple of every GROUP */

/* V_LANES blocks from block q on.  Indices wrap modulo 2^64, and so blocks modulo 2^62. */
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
 * Makes *count = at most `wanted` draws, from that of element i on, and tells where in `words` they are.  Fewer only
 * where the buffer is full.
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

#ifndef ACTFN_KERNELS_FAST /* raw draws know no mode */
static void draw_u32(size_t n, uint32_t *words, const struct actfn_noise *draws)
{
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        memcpy(words + i, made, count * sizeof *made);
    }
}
#endif

/* The lanes beyond n are 0: the buffer may end there. */
WORD vu draws_some(const uint32_t *made, size_t n)
{
    uint32_t lanes[V_LANES] = { 0 };
    if (n >= V_LANES)
        return u_load(made);
    memcpy(lanes, made, n * sizeof *made);
    return u_load(lanes);
}

/* ---- rrelu ----------------------------------------------------------------------------------------------------- */

/* Of halves where upper - lower overflows.  Rounding never takes the sum above `upper`, u being at most 1 - 2^-24. */
WORD vf rrelu_slope(vu w, const struct rrelu_params *p)
{
    const float part = p->upper - p->lower > FLT_MAX ? 0.5f : 1.0f, lower = part * p->lower;
    const vf u = v_from_u(w >> 8u) * 0x1p-24f;
    return v_fma(u, v_splat(part * p->upper - lower), v_splat(lower)) * (1 / part);
}

WORD void rrelu_step(const struct rrelu_params *p, const uint32_t *made, size_t n, const float *x, float *y,
                     float *noise)
{
    const vf a = load_some(x, n), r = rrelu_slope(draws_some(made, n), p);
    store_some(y, v_select(v_lt(ZERO, a), a, r * a), n);
    if (noise)
        store_some(noise, v_select(v_le(a, ZERO), r, ONE), n);
}

static void rrelu_forward(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
                          float *noise)
{
    struct rrelu_params p;
    memcpy(&p, params, sizeof p);
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        size_t k = 0;
        for (; count - k >= V_LANES; k += V_LANES)
            rrelu_step(&p, made + k, V_LANES, x + i + k, y + i + k, noise ? noise + i + k : NULL);
        if (k < count)
            rrelu_step(&p, made + k, count - k, x + i + k, y + i + k, noise ? noise + i + k : NULL);
    }
}

/* x or y: their signs are the same. */
WORD void rrelu_grad_step(const struct rrelu_params *p, const uint32_t *made, size_t n, const float *x,
                          const float *dy, float *dx)
{
    const vf a = load_some(x, n), da = load_some(dy, n), r = rrelu_slope(draws_some(made, n), p);
    store_some(dx, v_select(v_le(a, ZERO), r * da, pass(da, a)), n);
}

static void rrelu_backward(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
                           const float *dy, float *dx)
{
    struct rrelu_params p;
    memcpy(&p, params, sizeof p);
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        size_t k = 0;
        for (; count - k >= V_LANES; k += V_LANES)
            rrelu_grad_step(&p, made + k, V_LANES, x + i + k, dy + i + k, dx + i + k);
        if (k < count)
            rrelu_grad_step(&p, made + k, count - k, x + i + k, dy + i + k, dx + i + k);
    }
}

/* ---- gumbel_softmax -------------------------------------------------------------------------------------------- */

/*
 * -ln(-ln u).  k + 1/2 has one bit more than a float: rounded alone, the last k would make u = 1 and the noise
 * infinite.  What rounding left off, which is nothing below u = 1/2, goes to ln u: its derivative 1 / u is 2 - u there,
 * with an error of second order.
 */
WORD vf gumbel_noise(vu w)
{
    const vf k = v_from_u(w >> 8u), sum = k + 0.5f, rest = (k - sum) + 0.5f, u = sum * 0x1p-24f;
    return -v_log(-v_fma(rest * 0x1p-24f, 2.0f - u, v_log(u)));
}

WORD void gumbel_step(const struct gumbel_softmax_params *p, const uint32_t *made, size_t n, const float *x, float *y)
{
    store_some(y, (load_some(x, n) + gumbel_noise(draws_some(made, n))) / v_splat(p->tau), n);
}

static void gumbel_perturb(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y)
{
    struct gumbel_softmax_params p;
    memcpy(&p, params, sizeof p);
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        size_t k = 0;
        for (; count - k >= V_LANES; k += V_LANES)
            gumbel_step(&p, made + k, V_LANES, x + i + k, y + i + k);
        if (k < count)
            gumbel_step(&p, made + k, count - k, x + i + k, y + i + k);
    }
}

#define KERNELS_RANDOM(name) KERNELS_##name
#define KERNELS_rrelu { .rrelu = { rrelu_forward, rrelu_backward } }
#define KERNELS_gumbel_softmax { .gumbel = { gumbel_perturb } }

#endif
