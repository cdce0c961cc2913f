/* SPDX-License-Identifier: MIT */
/*
 * Channels of a 16-bit type, by the kernels of floats.  A tensor is cut into parts that fit into a tile of floats on the stack.
 * A part is widened there, computed in place, and rounded once.  So a result has the bits of its float.
 */
#ifndef ACTFN_CHANNEL_TILES_H
#define ACTFN_CHANNEL_TILES_H

#include "dispatch/sixteen_table.h"

enum { CHANNEL_TILE = 512 };

/* A call.  Exactly one of the two kernels is not NULL, and forward needs no dy. */
struct channels_call {
    const struct actfn_sixteen *type;
    void (*forward)(struct actfn_shape shape, const struct actfn_weights *weights, const float *x, float *y);
    void (*backward)(struct actfn_shape shape, const struct actfn_weights *weights, const float *x, const float *dy,
                     float *dx);
    const uint16_t *x, *dy;
    uint16_t *out;
};

/* Computes a part of the tensor, which begins at element `at`.  The part is read before a result is written. */
static inline void compute_part(const struct channels_call *c, struct actfn_shape part,
                                const struct actfn_weights *weights, size_t at)
{
    _Alignas(64) float x[CHANNEL_TILE], dy[CHANNEL_TILE];
    const size_t n = part.outer * part.n * part.inner;
    c->type->to_f32(n, c->x + at, x);
    if (c->forward) {
        c->forward(part, weights, x, x);
    } else {
        c->type->to_f32(n, c->dy + at, dy);
        c->backward(part, weights, x, dy, x);
    }
    c->type->from_f32(n, x, c->out + at);
}

/* A part consists of some lines (channels, inner), or of some channels of one line, or of some elements of one channel. */
static inline void in_channel_tiles(const struct channels_call *c, struct actfn_shape shape,
                                    const struct actfn_weights *weights)
{
    const size_t inner = shape.inner, line = shape.n * inner;
    const size_t lines = line <= CHANNEL_TILE ? CHANNEL_TILE / line : 1;
    const size_t channels = line <= CHANNEL_TILE ? shape.n : inner <= CHANNEL_TILE ? CHANNEL_TILE / inner : 1;
    const size_t elements = inner <= CHANNEL_TILE ? inner : CHANNEL_TILE;
    struct actfn_weights own = *weights;
    struct actfn_shape part = { 0, 0, 0, NULL };
    for (size_t o = 0; o < shape.outer; o += part.outer) {
        part.outer = shape.outer - o < lines ? shape.outer - o : lines;
        for (own.first = 0; own.first < shape.n; own.first += part.n) {
            part.n = shape.n - own.first < channels ? shape.n - own.first : channels;
            for (size_t i = 0; i < inner; i += part.inner) {
                part.inner = inner - i < elements ? inner - i : elements;
                compute_part(c, part, &own, o * line + own.first * inner + i);
            }
        }
    }
}

#endif
