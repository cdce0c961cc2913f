/* SPDX-License-Identifier: MIT */
/* The public functions of the random family. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"
#include "dispatch/sixteen_table.h"

#include <string.h>

/* The kernel computes with integers only, so the floating-point environment need not be saved. */
actfn_status actfn_random_u32(size_t n, uint32_t *words, uint64_t seed, uint64_t stream, uint64_t offset)
{
    if (n == 0)
        return ACTFN_OK;
    if (!words)
        return ACTFN_ERR_NULL;
    if (too_long_for(words, n, sizeof *words))
        return ACTFN_ERR_SIZE;
    tables_of(ACTFN_FAST)->random->u32(n, words, &(struct actfn_noise) { seed, stream, offset });
    return ACTFN_OK;
}

/* ---- rrelu ----------------------------------------------------------------------------------------------------- */

/* Checks two inputs and an output of n elements. */
static actfn_status check_pair(int type, size_t n, const void *a, const void *b, const void *out)
{
    const actfn_status status = check_buffers_of(size_of(type), n, a, out);
    return status == ACTFN_OK ? check_buffers_of(size_of(type), n, b, out) : status;
}

static actfn_status rrelu(int type, actfn_mode mode, const float *params, size_t n, const void *x, void *y, void *noise,
                          const struct actfn_noise *draws)
{
    actfn_status status = check_call(ACTFN_RRELU, ACTFN_FAMILY_RANDOM, mode, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers_of(size_of(type), n, x, y);
    if (status != ACTFN_OK)
        return status;
    const struct span slopes = { noise, n, type };
    if (noise && too_long_span(slopes))
        return ACTFN_ERR_SIZE;
    if (noise &&
        (spans_overlap(slopes, (struct span) { x, n, type }) || spans_overlap(slopes, (struct span) { y, n, type })))
        return ACTFN_ERR_OVERLAP;
    if (type != TYPE_F32)
        sixteen_of(type)->rrelu(params, draws, n, x, y, noise);
    else
        tables_of(mode)->random->rrelu(params, draws, n, x, y, noise);
    return ACTFN_OK;
}

/* `in` is y if from_output, otherwise x. */
static actfn_status rrelu_backward(int type, actfn_mode mode, const float *params, bool from_output, size_t n,
                                   const void *in, const void *dy, void *dx, const struct actfn_noise *draws)
{
    actfn_status status = check_call(ACTFN_RRELU, ACTFN_FAMILY_RANDOM, mode, &params);
    if (status == ACTFN_OK && from_output && !actfn_op_record(ACTFN_RRELU)->from_output_legal(params))
        status = ACTFN_ERR_NOT_OFFERED;
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_pair(type, n, in, dy, dx);
    if (status == ACTFN_OK && type != TYPE_F32)
        sixteen_of(type)->rrelu_backward(params, draws, n, in, dy, dx);
    else if (status == ACTFN_OK)
        tables_of(mode)->random->rrelu_backward(params, draws, n, in, dy, dx);
    return status;
}

/* dx = noise dy.  exp's derivative from its output y is y itself, so exp's kernel computes this product with y = noise. */
static actfn_status rrelu_from_noise(int type, actfn_mode mode, size_t n, const void *noise, const void *dy, void *dx)
{
    actfn_status status = check_op(ACTFN_RRELU, ACTFN_FAMILY_RANDOM, mode);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_pair(type, n, noise, dy, dx);
    if (status == ACTFN_OK && type != TYPE_F32)
        sixteen_of(type)->from_output[ACTFN_EXP](NULL, n, noise, dy, dx);
    else if (status == ACTFN_OK)
        tables_of(mode)->from_output[ACTFN_EXP](NULL, n, noise, dy, dx);
    return status;
}

/* leaky_relu, forward or backward.  The forward direction does not read dy. */
static actfn_status rrelu_eval(int type, actfn_mode mode, const float *params, bool backward, size_t n, const void *x,
                               const void *dy, void *out)
{
    actfn_status status = check_call(ACTFN_RRELU, ACTFN_FAMILY_RANDOM, mode, &params);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = backward ? check_pair(type, n, x, dy, out) : check_buffers_of(size_of(type), n, x, out);
    if (status != ACTFN_OK)
        return status;
    const float slope = (float)(((double)params[0] + (double)params[1]) / 2); /* in float the sum may overflow */
    if (type != TYPE_F32 && backward)
        sixteen_of(type)->backward[ACTFN_LEAKY_RELU](&slope, n, x, dy, out);
    else if (type != TYPE_F32)
        sixteen_of(type)->forward[ACTFN_LEAKY_RELU](&slope, n, x, out);
    else if (backward)
        tables_of(mode)->backward[ACTFN_LEAKY_RELU](&slope, n, x, dy, out);
    else
        tables_of(mode)->forward[ACTFN_LEAKY_RELU](&slope, n, x, out);
    return ACTFN_OK;
}

/* Pasted: actfn_rrelu_<suffix> (actfn_rrelu_bf16), TYPE_<TYPE>. */
#define RRELU_ENTRIES(suffix, TYPE, number)                                                                            \
    actfn_status actfn_rrelu_##suffix(actfn_mode mode, const float *params, size_t n, const number *x, number *y,      \
                                      number *noise, uint64_t seed, uint64_t stream, uint64_t offset)                  \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const struct actfn_noise draws = { seed, stream, offset };                                                     \
        const actfn_status status = rrelu(TYPE_##TYPE, mode, params, n, x, y, noise, &draws);                          \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_rrelu_backward_##suffix(actfn_mode mode, const float *params, size_t n, const number *x,        \
                                               const number *dy, number *dx, uint64_t seed, uint64_t stream,           \
                                               uint64_t offset)                                                        \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const struct actfn_noise draws = { seed, stream, offset };                                                     \
        const actfn_status status = rrelu_backward(TYPE_##TYPE, mode, params, false, n, x, dy, dx, &draws);            \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_rrelu_backward_from_output_##suffix(actfn_mode mode, const float *params, size_t n,             \
                                                           const number *y, const number *dy, number *dx,              \
                                                           uint64_t seed, uint64_t stream, uint64_t offset)            \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const struct actfn_noise draws = { seed, stream, offset };                                                     \
        const actfn_status status = rrelu_backward(TYPE_##TYPE, mode, params, true, n, y, dy, dx, &draws);             \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_rrelu_backward_from_noise_##suffix(actfn_mode mode, size_t n, const number *noise,              \
                                                          const number *dy, number *dx)                                \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = rrelu_from_noise(TYPE_##TYPE, mode, n, noise, dy, dx);                             \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_rrelu_eval_##suffix(actfn_mode mode, const float *params, size_t n, const number *x, number *y) \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = rrelu_eval(TYPE_##TYPE, mode, params, false, n, x, NULL, y);                       \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_rrelu_eval_backward_##suffix(actfn_mode mode, const float *params, size_t n, const number *x,   \
                                                    const number *dy, number *dx)                                      \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = rrelu_eval(TYPE_##TYPE, mode, params, true, n, x, dy, dx);                         \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
RRELU_ENTRIES(f32, F32, float)
RRELU_ENTRIES(bf16, BF16, actfn_bf16)
RRELU_ENTRIES(f16, F16, actfn_f16)

/* ---- gumbel_softmax -------------------------------------------------------------------------------------------- */

/* *n = the number of elements of the tensor. */
static actfn_status element_count(struct actfn_shape shape, size_t *n)
{
    *n = 0;
    if (shape.outer == 0 || shape.n == 0 || shape.inner == 0)
        return ACTFN_OK;
    return multiply(shape.outer, shape.n, n) && multiply(*n, shape.inner, n) ? ACTFN_OK : ACTFN_ERR_SIZE;
}

/*
 * (x + g) / tau may overflow although its softmax does not.  So a tau below 1 is multiplied by a power of two, and softmax gets
 * this power as its scale.  Then tau is between 1 and 2, and no bit of an ordinary result changes.  A power above 2^127 is not
 * needed: two sums x + g are equal, or differ by so much that the smaller sum has no weight.
 */
static float softmax_scale(float *tau)
{
    float scale = 1.0f;
    for (; *tau < 1.0f && scale < 0x1p127f; scale *= 2.0f)
        *tau *= 2.0f;
    *tau = *tau < 1.0f ? 1.0f : *tau;
    return scale;
}

static actfn_status check_gumbel(actfn_mode mode, const float **params, struct actfn_shape shape, size_t *n)
{
    const actfn_status status = check_call(ACTFN_GUMBEL_SOFTMAX, ACTFN_FAMILY_RANDOM, mode, params);
    return status == ACTFN_OK ? element_count(shape, n) : status;
}

static actfn_status gumbel_softmax(int type, actfn_mode mode, const float *params, unsigned int flags,
                                   struct actfn_shape shape, const void *x, void *y, void *soft,
                                   const struct actfn_noise *draws)
{
    size_t n;
    actfn_status status = check_gumbel(mode, &params, shape, &n);
    if (status == ACTFN_OK && flags & ~ACTFN_GUMBEL_HARD)
        status = ACTFN_ERR_FLAGS;
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers_of(size_of(type), n, x, y);
    if (status != ACTFN_OK)
        return status;
    const struct span all = { soft, n, type };
    if (soft && too_long_span(all))
        return ACTFN_ERR_SIZE;
    if (soft && (spans_overlap(all, (struct span) { x, n, type }) || spans_overlap(all, (struct span) { y, n, type })))
        return ACTFN_ERR_OVERLAP;
    const bool hard = flags & ACTFN_GUMBEL_HARD;
    float tau = *params;
    const float scale = softmax_scale(&tau);
    if (type != TYPE_F32) {
        sixteen_of(type)->gumbel(tau, scale, hard, draws, shape, x, y, soft);
        return ACTFN_OK;
    }
    /* The one-hot y is made from the soft y.  Where the caller does not want the soft y, y itself holds it meanwhile. */
    float *const first = hard && soft ? soft : y;
    tables_of(mode)->random->gumbel(&tau, draws, n, x, first);
    tables_of(mode)->rows[ACTFN_SOFTMAX].forward(&scale, 0, shape, first, first);
    if (hard)
        tables_of(mode)->rows[ACTFN_HARDMAX].forward(NULL, 0, shape, first, y);
    else if (soft)
        memcpy(soft, y, n * sizeof(float));
    return ACTFN_OK;
}

static actfn_status gumbel_backward(int type, actfn_mode mode, const float *params, struct actfn_shape shape,
                                    const void *soft, const void *dy, void *dx)
{
    size_t n;
    actfn_status status = check_gumbel(mode, &params, shape, &n);
    if (status != ACTFN_OK || n == 0)
        return status;
    status = check_buffers_of(size_of(type), n, soft, dx);
    if (status == ACTFN_OK)
        status = check_buffers_of(size_of(type), n, dy, dx);
    if (status != ACTFN_OK)
        return status;
    /* Softmax's backward kernel multiplies by `scale`, here 1 / tau.  If 1 / tau is no normal float, the multiplication takes
     * two steps: the first factor is a power of two, and linear's backward kernel multiplies by the second. */
    const double inverse = 1 / (double)params[0];
    const bool usual = inverse >= 0x1p-126 && inverse <= 0x1p127;
    const double first = usual ? inverse : inverse < 1 ? 0x1p-64 : 0x1p64;
    const float scale = (float)first, line[] = { usual ? 1.0f : (float)(inverse / first), 0.0f };
    if (type != TYPE_F32) {
        sixteen_of(type)->gumbel_backward(scale, line, shape, soft, dy, dx);
        return ACTFN_OK;
    }
    tables_of(mode)->rows[ACTFN_SOFTMAX].backward(&scale, shape, NULL, soft, dy, dx);
    if (!usual)
        tables_of(mode)->backward[ACTFN_LINEAR](line, n, dx, dx, dx);
    return ACTFN_OK;
}

/* Pasted: actfn_gumbel_softmax_<suffix> (actfn_gumbel_softmax_bf16), TYPE_<TYPE>. */
#define GUMBEL_ENTRIES(suffix, TYPE, number)                                                                           \
    actfn_status actfn_gumbel_softmax_##suffix(actfn_mode mode, const float *params, unsigned int flags, size_t outer, \
                                               size_t n, size_t inner, const number *x, number *y, number *soft,       \
                                               uint64_t seed, uint64_t stream, uint64_t offset)                        \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const struct actfn_noise draws = { seed, stream, offset };                                                     \
        const actfn_status status =                                                                                    \
            gumbel_softmax(TYPE_##TYPE, mode, params, flags, shape_of(outer, n, inner), x, y, soft, &draws);           \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_gumbel_softmax_backward_##suffix(actfn_mode mode, const float *params, size_t outer, size_t n,  \
                                                        size_t inner, const number *soft, const number *dy,            \
                                                        number *dx)                                                    \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status =                                                                                    \
            gumbel_backward(TYPE_##TYPE, mode, params, shape_of(outer, n, inner), soft, dy, dx);                       \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
GUMBEL_ENTRIES(f32, F32, float)
GUMBEL_ENTRIES(bf16, BF16, actfn_bf16)
GUMBEL_ENTRIES(f16, F16, actfn_f16)
