/* SPDX-License-Identifier: MIT */
/* The data that the suite `assists` gives to kernels: numbers as in neural networks, none of them subnormal. */
#include "suite_assists.h"

#include "floats.h"
#include "suites.h"

#include <float.h>
#include <string.h>

const char *const data_names[DATA_COUNT] = {
    [ORDINARY] = "N(0,1)",        [WIDE] = "20 N(0,1)",
    [SATURATED] = "50 to 100",    [LEFT_TAIL] = "one in 50 at -95",
    [FAR] = "up to FLT_MAX",      [MASKED_INFINITE] = "half -inf",
    [MASKED_10000] = "half -1e4", [MASKED_MAX] = "half -FLT_MAX",
    [CAUSAL] = "causal",          [ZEROS] = "zeros",
    [INFINITE] = "infinities",    [NANS] = "NaN",
    [ODD_DY] = "odd dy",
};

/* ---- one number ---------------------------------------------------------------------------------------------------- */

static float sign_of(uint64_t random) { return random & 1 ? -1.0f : 1.0f; }
static float unit_of(uint64_t random) { return (float)(random >> 16 & 0xffffff) * 0x1p-24f; }

/* A sum of eight random numbers, with tails to 4.9.  Not so near to 0 that a square or a product would be subnormal. */
static float normal(uint64_t seed)
{
    float sum = 0;
    for (uint64_t k = 0; k < 2; k++)
        for (uint64_t random = scramble(seed * 2 + k), part = 0; part < 4; part++, random >>= 16)
            sum += (float)(random & 0xffff) * 0x1p-16f - 0.5f;
    sum *= 1.2247449f;
    return fabsf(sum) < 0x1p-12f ? copysignf(0x1p-12f, sum) : sum;
}

/* The place of an element: its row, and its index along a reduced axis of n elements. */
struct place {
    size_t row, along, n;
};

static struct place place_of(const struct call *c, const struct buffer *b, size_t i)
{
    if (c->entry->kind != TENSOR)
        return (struct place) { i / b->stride, i % b->stride, b->width };
    if (b->width != c->outer * c->n * c->inner) /* one element for each row */
        return (struct place) { i, 0, 1 };
    return (struct place) { i / (c->n * c->inner) * c->inner + i % c->inner, i / c->inner % c->n, c->n };
}

static float of_data(enum data data, uint64_t seed, struct place place)
{
    const uint64_t random = scramble(seed ^ UINT64_C(1) << 40);
    const bool odd = random >> 60 == 0;
    float masked = 0;
    switch (data) {
    case WIDE: return 20 * normal(seed);
    case SATURATED: return sign_of(random) * (50 + 50 * unit_of(random));
    case LEFT_TAIL: return (place.along + place.row) % 50 == 2 ? -95 : normal(seed);
    case FAR: return sign_of(random) * ldexpf(1 + unit_of(random), 5 + (int)(random >> 40) % 123);
    case ZEROS: return sign_of(random) * 0.0f;
    case INFINITE: return odd ? sign_of(random) * INFINITY : normal(seed);
    case NANS: return odd ? NAN : normal(seed);
    case MASKED_INFINITE:
    case CAUSAL: masked = -INFINITY; break;
    case MASKED_10000: masked = -1e4f; break;
    case MASKED_MAX: masked = -FLT_MAX; break;
    default: return normal(seed);
    }
    const size_t end = data == CAUSAL ? place.row % place.n : place.n / 2;
    return place.along > end ? masked : normal(seed);
}

/* dy has unusual numbers, also where x has infinities or NaN.  No dy times a derivative near 1 is subnormal. */
static float of_dy(enum data data, uint64_t seed)
{
    static const float odd_ones[] = { 0.0f, -0.0f, INFINITY, FLT_MAX, -1e30f, 0x1p-60f, -0x1p-60f };
    enum { COUNT = sizeof odd_ones / sizeof odd_ones[0] };
    const uint64_t random = scramble(seed ^ UINT64_C(1) << 41);
    const bool odd = random >> 60 == 0;
    if (data == ODD_DY && random >> 62 == 0)
        return odd_ones[(random >> 20) % COUNT];
    if (odd && data == INFINITE)
        return sign_of(random) * INFINITY;
    return odd && data == NANS ? NAN : normal(seed);
}

/* ---- one buffer ---------------------------------------------------------------------------------------------------- */

static bool is_named(const struct buffer *b, const char *name) { return strcmp(b->name, name) == 0; }
static bool is_entry(const struct call *c, const char *part) { return strstr(c->entry->name, part); }

static void fill_floats(const struct call *c, int k, enum data data, float *x)
{
    const struct buffer *b = &c->buffer[k];
    const size_t count = buffer_bytes(b) / sizeof *x;
    const bool dy = is_named(b, "dy"), positive = is_named(b, "w") || is_entry(c, "from_noise");
    /* The v of a gate has data of the same kind as u, or ordinary data. */
    const enum data own = is_named(b, "v") && c->variant % 2 == 0 ? ORDINARY : data;
    for (size_t i = 0; i < count; i++) {
        const uint64_t seed = (uint64_t)data << 32 ^ (uint64_t)k << 24 ^ i;
        x[i] = dy ? of_dy(data, seed) : positive ? fabsf(normal(seed)) : of_data(own, seed, place_of(c, b, i));
    }
}

/* ---- outputs as inputs of backward --------------------------------------------------------------------------------- */

/* Computes y: in place of x, or beside x. */
static void make_outputs(const struct call *c, void *const p[MAX_BUFFERS])
{
    static float y[MAX_BYTES / sizeof(float)];
    const int first = c->param_count != 0;
    float *const x = p[first];
    const size_t all = c->outer * c->n * c->inner;
    if (c->entry->family == ACTFN_FAMILY_ELEMENTWISE && c->entry->form == FROM_OUTPUT) {
        ck_assert_int_eq(actfn_forward_f32(c->op, test_mode, c->params, c->n, x, y), ACTFN_OK);
        memcpy(x, y, c->n * sizeof *y);
    } else if (is_entry(c, "gumbel_softmax_backward")) {
        const float one = 1;
        ck_assert_int_eq(actfn_rows_forward_f32(ACTFN_SOFTMAX, test_mode, &one, 0, c->outer, c->n, c->inner, x, y),
                         ACTFN_OK);
        memcpy(x, y, all * sizeof *y);
    } else if (is_entry(c, "rows_backward")) {
        ck_assert_int_eq(actfn_rows_forward_f32(c->op, test_mode, c->param_count ? c->params : NULL, 0, c->outer, c->n,
                                                c->inner, x, p[first + 1]),
                         ACTFN_OK);
    }
}

static void flush(const struct buffer *b, float *x)
{
    for (size_t i = 0; i < buffer_bytes(b) / sizeof *x; i++)
        if (fpclassify(x[i]) == FP_SUBNORMAL)
            x[i] = copysignf(0, x[i]);
}

void fill_data(const struct call *c, enum data data, void *const p[MAX_BUFFERS])
{
    for (int k = 0; k < c->buffers; k++) {
        const struct buffer *b = &c->buffer[k];
        if (b->output)
            continue;
        if (b->content == FLOATS)
            fill_floats(c, k, data, p[k]);
        else
            fill_buffer(c, k, p[k], TAME);
    }
    make_outputs(c, p);
    for (int k = 0; k < c->buffers; k++)
        if (!c->buffer[k].output && c->buffer[k].size == sizeof(float) && c->buffer[k].content != INDICES)
            flush(&c->buffer[k], p[k]);
}
