/* SPDX-License-Identifier: MIT */
/* Raw draws, and rrelu. */
#ifndef ACTFN_RANDOM_RRELU_H
#define ACTFN_RANDOM_RRELU_H

#include "kernels/light.h"
#include "kernels/random_draws.h"

void LIGHT(draw_u32)(size_t n, uint32_t *words, const struct actfn_noise *draws)
{
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        memcpy(words + i, made, count * sizeof *made);
    }
}

/* ---- rrelu ----------------------------------------------------------------------------------------------------- */

/* Where upper - lower overflows, the slope is computed from the halves of both.  u is at most 1 - 2^-24, so rounding never
 * takes the sum above `upper`. */
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

void LIGHT(rrelu)(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
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
        if (V_LANES > 1 && k < count)
            rrelu_step(&p, made + k, count - k, x + i + k, y + i + k, noise ? noise + i + k : NULL);
    }
}

/* y may be passed as x: only the sign is used, and both have the same. */
WORD void rrelu_grad_step(const struct rrelu_params *p, const uint32_t *made, size_t n, const float *x, const float *dy,
                          float *dx)
{
    const vf a = load_some(x, n), da = load_some(dy, n), r = rrelu_slope(draws_some(made, n), p);
    store_some(dx, v_select(v_le(a, ZERO), r * da, pass(da, a)), n);
}

void LIGHT(rrelu_backward)(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
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
        if (V_LANES > 1 && k < count)
            rrelu_grad_step(&p, made + k, count - k, x + i + k, dy + i + k, dx + i + k);
    }
}

#endif
