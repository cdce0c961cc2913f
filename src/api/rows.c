/* SPDX-License-Identifier: MIT */
/* The public functions of the rows family. */
#include "api/arguments.h"
#include "api/fpenv.h"

#include <math.h>

enum { INDEX_MAX = 1 << 24 }; /* the kernel of maxout counts indices in floats, which are exact up to here */

/* The number of elements and of rows. */
struct sizes {
    size_t all, rows;
};

static actfn_status check_sizes(struct actfn_shape shape, struct sizes *sizes)
{
    const bool fits = multiply(shape.outer, shape.inner, &sizes->rows) && multiply(sizes->rows, shape.n, &sizes->all);
    return fits && sizes->all <= SIZE_MAX / sizeof(float) && sizes->rows <= SIZE_MAX / sizeof(float) ? ACTFN_OK
                                                                                                     : ACTFN_ERR_SIZE;
}

/* An input of n floats and an output of m must have no float in common; where they have one shape, they may be one buffer. */
static actfn_status check_pair(const float *in, size_t n, const float *out, size_t m)
{
    if (!in || !out)
        return ACTFN_ERR_NULL;
    if (too_long(in, n) || too_long(out, m))
        return ACTFN_ERR_SIZE;
    return (in != out || n != m) && overlap(in, n, out, m) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

/* ---- forward --------------------------------------------------------------------------------------------------- */

/* Reductions have a result for an empty row too. */
static actfn_status fill_empty(actfn_op op, size_t rows, float *y)
{
    if ((op != ACTFN_LOGSUMEXP && op != ACTFN_LOGMEANEXP) || rows == 0)
        return ACTFN_OK;
    if (!y)
        return ACTFN_ERR_NULL;
    if (too_long(y, rows))
        return ACTFN_ERR_SIZE;
    for (size_t i = 0; i < rows; i++)
        y[i] = -INFINITY;
    return ACTFN_OK;
}

static actfn_status forward(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                            struct actfn_shape shape, const float *x, float *y)
{
    struct sizes sizes;
    actfn_status status = check_call(op, ACTFN_FAMILY_ROWS, mode, &params);
    if (status == ACTFN_OK && (flags & ~ACTFN_MASKED_ROWS_ZERO))
        status = ACTFN_ERR_FLAGS;
    if (status == ACTFN_OK)
        status = check_sizes(shape, &sizes);
    if (status != ACTFN_OK)
        return status;
    if (sizes.all == 0)
        return fill_empty(op, sizes.rows, y);
    const bool reduces = actfn_op_record(op)->info.flags & ACTFN_OP_REDUCES;
    status = check_pair(x, sizes.all, y, reduces ? sizes.rows : sizes.all);
    if (status == ACTFN_OK)
        tables_of(mode)->rows[op].forward(params, flags, shape, x, y);
    return status;
}

actfn_status actfn_rows_forward_f32(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                    size_t n, size_t inner, const float *x, float *y)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = forward(op, mode, params, flags, (struct actfn_shape) { outer, n, inner }, x, y);
    fpenv_leave(was);
    return status;
}

/* ---- backward -------------------------------------------------------------------------------------------------- */

static actfn_status backward(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                             struct actfn_shape shape, const float *x, const float *y, const float *dy, float *dx)
{
    struct sizes sizes;
    actfn_status status = check_call(op, ACTFN_FAMILY_ROWS, mode, &params);
    if (status == ACTFN_OK && (flags & ~ACTFN_MASKED_ROWS_ZERO))
        status = ACTFN_ERR_FLAGS;
    if (status == ACTFN_OK)
        status = check_sizes(shape, &sizes);
    if (status != ACTFN_OK || sizes.all == 0)
        return status;
    const unsigned int reads = actfn_op_record(op)->info.flags;
    const size_t results = reads & ACTFN_OP_REDUCES ? sizes.rows : sizes.all;
    status = check_pair(dy, results, dx, sizes.all);
    if (status == ACTFN_OK && (reads & ACTFN_OP_READS_X))
        status = check_pair(x, sizes.all, dx, sizes.all);
    if (status == ACTFN_OK && (reads & ACTFN_OP_READS_Y))
        status = check_pair(y, results, dx, sizes.all);
    if (status == ACTFN_OK)
        tables_of(mode)->rows[op].backward(params, shape, x, y, dy, dx);
    return status;
}

actfn_status actfn_rows_backward_f32(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                     size_t outer, size_t n, size_t inner, const float *x, const float *y,
                                     const float *dy, float *dx)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status =
        backward(op, mode, params, flags, (struct actfn_shape) { outer, n, inner }, x, y, dy, dx);
    fpenv_leave(was);
    return status;
}

/* ---- maxout with its index --------------------------------------------------------------------------------------- */

static actfn_status check_maxout(actfn_mode mode, struct actfn_shape shape, struct sizes *sizes)
{
    const actfn_status status = check_op(ACTFN_MAXOUT, ACTFN_FAMILY_ROWS, mode);
    if (status != ACTFN_OK)
        return status;
    return shape.n > INDEX_MAX ? ACTFN_ERR_SIZE : check_sizes(shape, sizes);
}

static actfn_status maxout_index(actfn_mode mode, struct actfn_shape shape, const float *x, float *y, int32_t *index)
{
    struct sizes sizes;
    actfn_status status = check_maxout(mode, shape, &sizes);
    if (status != ACTFN_OK || sizes.all == 0)
        return status;
    if (!index)
        return ACTFN_ERR_NULL;
    status = check_pair(x, sizes.all, y, sizes.rows);
    if (status != ACTFN_OK)
        return status;
    if (too_long_for(index, sizes.rows, sizeof *index))
        return ACTFN_ERR_SIZE;
    if (bytes_overlap(index, sizes.rows * sizeof *index, x, sizes.all * sizeof *x) ||
        bytes_overlap(index, sizes.rows * sizeof *index, y, sizes.rows * sizeof *y))
        return ACTFN_ERR_OVERLAP;
    tables_of(mode)->rows[ACTFN_MAXOUT].forward_index(shape, x, y, index);
    return ACTFN_OK;
}

actfn_status actfn_maxout_index_f32(actfn_mode mode, size_t outer, size_t n, size_t inner, const float *x, float *y,
                                    int32_t *index)
{
    const uint64_t was = fpenv_enter();
    const actfn_status status = maxout_index(mode, (struct actfn_shape) { outer, n, inner }, x, y, index);
    fpenv_leave(was);
    return status;
}

/* No kernel: the function only moves floats and does no arithmetic. */
actfn_status actfn_maxout_backward_from_index_f32(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                  const int32_t *index, const float *dy, float *dx)
{
    const struct actfn_shape shape = { outer, n, inner };
    struct sizes sizes;
    actfn_status status = check_maxout(mode, shape, &sizes);
    if (status != ACTFN_OK || sizes.all == 0)
        return status;
    if (!index)
        return ACTFN_ERR_NULL;
    status = check_pair(dy, sizes.rows, dx, sizes.all);
    if (status != ACTFN_OK)
        return status;
    if (too_long_for(index, sizes.rows, sizeof *index))
        return ACTFN_ERR_SIZE;
    if (bytes_overlap(index, sizes.rows * sizeof *index, dx, sizes.all * sizeof *dx))
        return ACTFN_ERR_OVERLAP;
    for (size_t row = 0; row < sizes.rows; row++)
        if (index[row] < 0 || (size_t)index[row] >= n)
            return ACTFN_ERR_INDEX;
    for (size_t o = 0; o < outer; o++)
        for (size_t k = 0; k < n; k++)
            for (size_t i = 0; i < inner; i++) {
                const size_t row = o * inner + i;
                const float value = dy[row];
                dx[(o * n + k) * inner + i] = (size_t)index[row] == k ? value : 0.0f;
            }
    return ACTFN_OK;
}
