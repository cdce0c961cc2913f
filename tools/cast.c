/* SPDX-License-Identifier: MIT */
#include "cast.h"

#include "run.h"

enum { TILE = 1024 };

struct cast {
    enum npy_type from, to;
    const char *x;
    char *y;
};

static actfn_status widen(enum npy_type from, size_t n, const void *x, float *y)
{
    return from == NPY_FLOAT16 ? actfn_f16_to_f32(n, x, y) : actfn_bf16_to_f32(n, x, y);
}

static actfn_status narrow(enum npy_type to, size_t n, const float *x, void *y)
{
    return to == NPY_FLOAT16 ? actfn_f32_to_f16(n, x, y) : actfn_f32_to_bf16(n, x, y);
}

static actfn_status cast_piece(const void *context, size_t first, size_t count)
{
    const struct cast *c = context;
    const char *x = c->x + first * npy_size(c->from);
    char *y = c->y + first * npy_size(c->to);
    if (c->from == NPY_FLOAT32)
        return narrow(c->to, count, (const void *)x, y);
    if (c->to == NPY_FLOAT32)
        return widen(c->from, count, x, (void *)y);
    /* A float holds every number of both other types. */
    float tile[TILE];
    actfn_status status = ACTFN_OK;
    for (size_t i = 0; i < count && status == ACTFN_OK; i += TILE) {
        const size_t n = count - i < TILE ? count - i : TILE;
        status = widen(c->from, n, x + i * npy_size(c->from), tile);
        if (status == ACTFN_OK)
            status = narrow(c->to, n, tile, y + i * npy_size(c->to));
    }
    return status;
}

actfn_status cast_numbers(size_t n, enum npy_type from, const void *x, enum npy_type to, void *y, int threads)
{
    const struct cast cast = { .from = from, .to = to, .x = x, .y = y };
    return run_pieces(n, 1, threads, cast_piece, &cast);
}
