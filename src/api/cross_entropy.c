/* SPDX-License-Identifier: MIT */
/* The public functions of softmax_cross_entropy. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "dispatch/sixteen_table.h"

#include <math.h>

/* Checks an input and an output, each of any type.  Either may have 0 elements, and the output may be NULL.  If `same`, they may
 * be one buffer. */
static actfn_status check_apart(struct span in, struct span out, bool same)
{
    if (too_long_span(in) || (out.p && too_long_span(out)))
        return ACTFN_ERR_SIZE;
    return out.p && in.n && out.n && !(same && in.p == out.p) && spans_overlap(in, out) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

/* The arguments of both forms: logits and their gradient of a type, and floats for each row. */
struct samples {
    int type;
    struct actfn_shape shape;
    size_t rows, all;
    const void *z;
    const struct actfn_targets *targets;
    float *loss;
    void *dz;
};

static struct span tensor_of(const struct samples *s, const void *p) { return (struct span) { p, s->all, s->type }; }
static struct span values_of(const struct samples *s, const float *p) { return (struct span) { p, s->rows, TYPE_F32 }; }

/* The checks of both forms: sizes, scale, and the overlaps of logits and weights with loss and gradient. */
static actfn_status check_common(struct samples *s)
{
    const float *const w = s->targets->w;
    if (!multiply(s->shape.outer, s->shape.inner, &s->rows) || !multiply(s->rows, s->shape.n, &s->all) ||
        s->all > SIZE_MAX / size_of(s->type) || s->rows > SIZE_MAX / sizeof(int64_t))
        return ACTFN_ERR_SIZE;
    if (!isfinite(s->targets->scale))
        return ACTFN_ERR_PARAM;
    if (s->rows == 0)
        return ACTFN_OK;
    if (s->all && !s->z)
        return ACTFN_ERR_NULL;
    actfn_status status = check_apart(tensor_of(s, s->z), values_of(s, s->loss), false);
    if (status == ACTFN_OK)
        status = check_apart(tensor_of(s, s->z), tensor_of(s, s->dz), true);
    if (status == ACTFN_OK && w)
        status = check_apart(values_of(s, w), values_of(s, s->loss), true);
    if (status == ACTFN_OK && w)
        status = check_apart(values_of(s, w), tensor_of(s, s->dz), false);
    if (status == ACTFN_OK && s->loss && s->dz && s->all && spans_overlap(values_of(s, s->loss), tensor_of(s, s->dz)))
        status = ACTFN_ERR_OVERLAP;
    return status;
}

/* The loss of rows of length 0: the empty sum, 0, times the row's weight. */
static void fill_empty(size_t rows, const float *w, float *loss)
{
    for (size_t i = 0; loss && i < rows; i++)
        loss[i] = w ? 0.0f * w[i] : 0.0f;
}

static bool class_is_legal(int64_t class, size_t n, int64_t ignore_index)
{
    return class == ignore_index || (class >= 0 && (uint64_t) class < n);
}

static actfn_status by_class(actfn_mode mode, const float *params, struct samples s)
{
    actfn_status status = check_call(ACTFN_SOFTMAX_CROSS_ENTROPY, ACTFN_FAMILY_LOSSES, mode, &params);
    if (status == ACTFN_OK)
        status = check_common(&s);
    if (status != ACTFN_OK || s.rows == 0)
        return status;
    const int64_t *classes = s.targets->classes;
    if (!classes)
        return ACTFN_ERR_NULL;
    if (too_long_for(classes, s.rows, sizeof *classes))
        return ACTFN_ERR_SIZE;
    const size_t size = s.rows * sizeof *classes;
    if ((s.loss && bytes_overlap(classes, size, s.loss, s.rows * sizeof *s.loss)) ||
        (s.dz && s.all && bytes_overlap(classes, size, s.dz, s.all * size_of(s.type))))
        return ACTFN_ERR_OVERLAP;
    for (size_t i = 0; i < s.rows; i++)
        if (!class_is_legal(classes[i], s.shape.n, s.targets->ignore_index))
            return ACTFN_ERR_INDEX;
    /* For a row of length 0 only ignore_index is legal, and the loss of an ignored row does not depend on its weight. */
    if (!s.all)
        fill_empty(s.rows, NULL, s.loss);
    else if (s.type == TYPE_F32)
        tables_of(mode)->cross_entropy->by_class(params, s.shape, s.z, s.targets, s.loss, s.dz);
    else
        sixteen_of(s.type)->cross_entropy(params, s.shape, s.z, NULL, s.targets, s.loss, s.dz);
    return ACTFN_OK;
}

/* t has the type of the logits. */
static actfn_status dense(actfn_mode mode, struct samples s, const void *t)
{
    actfn_status status = check_op(ACTFN_SOFTMAX_CROSS_ENTROPY, ACTFN_FAMILY_LOSSES, mode);
    if (status == ACTFN_OK)
        status = check_common(&s);
    if (status != ACTFN_OK || s.rows == 0)
        return status;
    if (s.all == 0) {
        fill_empty(s.rows, s.targets->w, s.loss);
        return ACTFN_OK;
    }
    if (!t)
        return ACTFN_ERR_NULL;
    status = check_apart(tensor_of(&s, t), values_of(&s, s.loss), false);
    if (status == ACTFN_OK)
        status = check_apart(tensor_of(&s, t), tensor_of(&s, s.dz), true);
    if (status != ACTFN_OK)
        return status;
    if (s.type == TYPE_F32) {
        struct actfn_targets targets = *s.targets;
        targets.t = t;
        tables_of(mode)->cross_entropy->dense(s.shape, s.z, &targets, s.loss, s.dz);
    } else
        sixteen_of(s.type)->cross_entropy(NULL, s.shape, s.z, t, s.targets, s.loss, s.dz);
    return ACTFN_OK;
}

/* Pasted: actfn_softmax_cross_entropy_<suffix> (actfn_softmax_cross_entropy_bf16), TYPE_<TYPE>. */
#define ENTRIES(suffix, TYPE, number)                                                                                  \
    actfn_status actfn_softmax_cross_entropy_##suffix(                                                                 \
        actfn_mode mode, const float *params, size_t outer, size_t n, size_t inner, const number *z,                   \
        const int64_t *classes, int64_t ignore_index, const float *w, float scale, float *loss, number *dz)            \
    {                                                                                                                  \
        const struct actfn_targets targets = { NULL, classes, ignore_index, w, scale };                                \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = by_class(                                                                          \
            mode, params, (struct samples) { TYPE_##TYPE, shape_of(outer, n, inner), 0, 0, z, &targets, loss, dz });   \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_softmax_cross_entropy_dense_##suffix(actfn_mode mode, size_t outer, size_t n, size_t inner,     \
                                                            const number *z, const number *t, const float *w,          \
                                                            float scale, float *loss, number *dz)                      \
    {                                                                                                                  \
        const struct actfn_targets targets = { NULL, NULL, 0, w, scale };                                              \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status =                                                                                    \
            dense(mode, (struct samples) { TYPE_##TYPE, shape_of(outer, n, inner), 0, 0, z, &targets, loss, dz }, t);  \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
ENTRIES(f32, F32, float)
ENTRIES(bf16, BF16, actfn_bf16)
ENTRIES(f16, F16, actfn_f16)
