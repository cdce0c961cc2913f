/* SPDX-License-Identifier: MIT */
/*
 * Streaming (dispatch/streaming.h).  On buffers larger than the caches some operations wait for memory.  Such an operation
 * gains if the CPU does not read the cache lines that it will overwrite.  The operation's own kernel computes a chunk that
 * stays in the first-level cache, and stores that bypass the caches copy the chunk to the result.
 */
#ifndef ACTFN_STREAMING_LOOPS_H
#define ACTFN_STREAMING_LOOPS_H

#include "dispatch/streaming.h"
#include "math/simd.h"

#include <actfn.h>

#if V_STREAMS
enum { STREAM_CHUNK = 512 };
_Static_assert(STREAM_CHUNK % V_LANES == 0, "a chunk is whole vectors");
_Static_assert((size_t)STREAM_CHUNK < (size_t)STREAM_LEAST, "a kernel does not stream its own chunks");

WORD void stream_chunk(float *y, const float *chunk)
{
    for (size_t k = 0; k < STREAM_CHUNK; k += V_LANES)
        v_stream(y + k, v_load(chunk + k));
}

PASS void forward_past_caches(actfn_forward_fn kernel, const float *params, size_t n, const float *x, float *y)
{
    _Alignas(64) float chunk[STREAM_CHUNK];
    size_t i = floats_to_vector(y, sizeof(vf));
    kernel(params, i, x, y);
    for (; n - i >= STREAM_CHUNK; i += STREAM_CHUNK) {
        kernel(params, STREAM_CHUNK, x + i, chunk);
        stream_chunk(y + i, chunk);
    }
    kernel(params, n - i, x + i, y + i);
    v_stream_end();
}

PASS void backward_past_caches(actfn_backward_fn kernel, const float *params, size_t n, const float *x, const float *dy,
                               float *dx)
{
    _Alignas(64) float chunk[STREAM_CHUNK];
    size_t i = floats_to_vector(dx, sizeof(vf));
    kernel(params, i, x, dy, dx);
    for (; n - i >= STREAM_CHUNK; i += STREAM_CHUNK) {
        kernel(params, STREAM_CHUNK, x + i, dy + i, chunk);
        stream_chunk(dx + i, chunk);
    }
    kernel(params, n - i, x + i, dy + i, dx + i);
    v_stream_end();
}

#define STREAM_FORWARD(kernel, allowed)                                                                                \
    if ((allowed) && n >= STREAM_LEAST && y != x && streams(n, y)) {                                                   \
        forward_past_caches(kernel, params, n, x, y);                                                                  \
        return;                                                                                                        \
    }
#define STREAM_BACKWARD(kernel, allowed)                                                                               \
    if ((allowed) && n >= STREAM_LEAST && dx != x && dx != dy && streams(n, dx)) {                                     \
        backward_past_caches(kernel, params, n, x, dy, dx);                                                            \
        return;                                                                                                        \
    }
#else
#define STREAM_FORWARD(kernel, allowed)
#define STREAM_BACKWARD(kernel, allowed)
#endif

#endif
