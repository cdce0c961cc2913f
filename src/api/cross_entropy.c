/* SPDX-License-Identifier: MIT */
/* The public functions of softmax_cross_entropy. */
#include "api/arguments.h"
#include "api/fpenv.h"

#include <math.h>

/* An input of n floats and an output of m; n or m may be 0, and the output may be NULL.  `same`: they may be one buffer. */
static actfn_status check_apart(const float *in, size_t n, const float *out, size_t m, bool same)
{
    if (too_long(in, n) || (out && too_long(out, m)))
        return ACTFN_ERR_SIZE;
    return out && n && m && !(same && in == out) && overlap(in, n, out, m) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

/* The checks of both forms: sizes, scale, and the overlaps of logits and weights with loss and gradient. */
static actfn_status check_common(struct actfn_shape shape, const float *z, const struct actfn_targets *targets,
                                 const float *loss, const float *dz, size_t *rows, size_t *all)
{
    if (!multiply(shape.outer, shape.inner, rows) || !multiply(*rows, shape.n, all) ||
        *all > SIZE_MAX / sizeof(float) || *rows > SIZE_MAX / sizeof(int64_t))
        return ACTFN_ERR_SIZE;
    if (!isfinite(targets->scale))
        return ACTFN_ERR_PARAM;
    if (*rows == 0)
        return ACTFN_OK;
    if (*all && !z)
        return ACTFN_ERR_NULL;
    actfn_status status = check_apart(z, *all, loss, *rows, false);
    if (status == ACTFN_OK)
        status = check_apart(z, *all, dz, *all, true);
    if (status == ACTFN_OK && targets->w)
        status = check_apart(targets->w, *rows, loss, *rows, true);
    if (status == ACTFN_OK && targets->w)
        status = check_apart(targets->w, *rows, dz, *all, false);
    if (status == ACTFN_OK && loss && dz && *all && overlap(loss, *rows, dz, *all))
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

static actfn_status by_class(actfn_mode mode, const float *params, struct actfn_shape shape, const float *z,
                             const struct actfn_targets *targets, float *loss, float *dz)
{
    size_t rows, all;
    actfn_status status = check_call(ACTFN_SOFTMAX_CROSS_ENTROPY, ACTFN_FAMILY_LOSSES, mode, &params);
    if (status == ACTFN_OK)
        status = check_common(shape, z, targets, loss, dz, &rows, &all);
    if (status != ACTFN_OK || rows == 0)
        return status;
    const int64_t *classes = targets->classes;
    if (!classes)
        return ACTFN_ERR_NULL;
    if (too_long_for(classes, rows, sizeof *classes))
        return ACTFN_ERR_SIZE;
    const size_t size = rows * sizeof *classes;
    if ((loss && bytes_overlap(classes, size, loss, rows * sizeof *loss)) ||
        (dz && all && bytes_overlap(classes, size, dz, all * sizeof *dz)))
        return ACTFN_ERR_OVERLAP;
    for (size_t i = 0; i < rows; i++)
        if (!class_is_legal(classes[i], shape.n, targets->ignore_index))
            return ACTFN_ERR_INDEX;
    /* For a row of length 0 only ignore_index is legal, and the loss of an ignored row does not depend on its weight. */
    if (all)
        tables_of(mode)->cross_entropy->by_class(params, shape, z, targets, loss, dz);
    else
        fill_empty(rows, NULL, loss);
    return ACTFN_OK;
}

static actfn_status dense(actfn_mode mode, struct actfn_shape shape, const float *z,
                          const struct actfn_targets *targets, float *loss, float *dz)
{
    size_t rows, all;
    actfn_status status = check_op(ACTFN_SOFTMAX_CROSS_ENTROPY, ACTFN_FAMILY_LOSSES, mode);
    if (status == ACTFN_OK)
        status = check_common(shape, z, targets, loss, dz, &rows, &all);
    if (status != ACTFN_OK || rows == 0)
        return status;
    if (all == 0) {
        fill_empty(rows, targets->w, loss);
        return ACTFN_OK;
    }
    if (!targets->t)
        return ACTFN_ERR_NULL;
    status = check_apart(targets->t, all, loss, rows, false);
    if (status == ACTFN_OK)
        status = check_apart(targets->t, all, dz, all, true);
    if (status == ACTFN_OK)
        tables_of(mode)->cross_entropy->dense(shape, z, targets, loss, dz);
    return status;
}

actfn_status actfn_softmax_cross_entropy_f32(actfn_mode mode, const float *params, size_t outer, size_t n, size_t inner,
                                             const float *z, const int64_t *classes, int64_t ignore_index,
                                             const float *w, float scale, float *loss, float *dz)
{
    const struct actfn_targets targets = { NULL, classes, ignore_index, w, scale };
    const uint64_t was = fpenv_enter();
    const actfn_status status = by_class(mode, params, shape_of(outer, n, inner), z, &targets, loss, dz);
    fpenv_leave(was);
    return status;
}

actfn_status actfn_softmax_cross_entropy_dense_f32(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                   const float *z, const float *t, const float *w, float scale,
                                                   float *loss, float *dz)
{
    const struct actfn_targets targets = { t, NULL, 0, w, scale };
    const uint64_t was = fpenv_enter();
    const actfn_status status = dense(mode, shape_of(outer, n, inner), z, &targets, loss, dz);
    fpenv_leave(was);
    return status;
}
