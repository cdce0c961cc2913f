/* SPDX-License-Identifier: MIT */
/* The public functions of the rows family. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "dispatch/sixteen_table.h"

#include <math.h>
#include <string.h>

enum { INDEX_MAX = 1 << 24 }; /* the kernel of maxout counts indices in floats, which are exact up to here */

/* ---- checks ---------------------------------------------------------------------------------------------------- */

/* The types of a call: `tensor` is the type of x, dx and every other tensor, `values` that of the values of rows. */
struct types {
    int tensor, values;
};

/* The number of elements and of rows. */
struct sizes {
    size_t all, rows;
};

static actfn_status check_sizes(struct types types, struct actfn_shape shape, struct sizes *sizes)
{
    const bool fits = multiply(shape.outer, shape.inner, &sizes->rows) && multiply(sizes->rows, shape.n, &sizes->all);
    return fits && sizes->all <= SIZE_MAX / size_of(types.tensor) && sizes->rows <= SIZE_MAX / size_of(types.values)
               ? ACTFN_OK
               : ACTFN_ERR_SIZE;
}

/* An input and an output must have no element in common; where they have one shape and type, they may be one buffer. */
static actfn_status check_pair(struct span in, struct span out)
{
    if (!in.p || !out.p)
        return ACTFN_ERR_NULL;
    if (too_long_span(in) || too_long_span(out))
        return ACTFN_ERR_SIZE;
    const bool one = in.p == out.p && in.n == out.n && in.type == out.type;
    return !one && spans_overlap(in, out) ? ACTFN_ERR_OVERLAP : ACTFN_OK;
}

static actfn_status check_rows(struct types types, actfn_op op, actfn_mode mode, const float **params,
                               unsigned int flags, struct actfn_shape shape, struct sizes *sizes)
{
    actfn_status status = check_call(op, ACTFN_FAMILY_ROWS, mode, params);
    if (status == ACTFN_OK && types.values != types.tensor && !(actfn_op_record(op)->info.flags & ACTFN_OP_REDUCES))
        status = ACTFN_ERR_NOT_OFFERED;
    if (status == ACTFN_OK && (flags & ~ACTFN_MASKED_ROWS_ZERO))
        status = ACTFN_ERR_FLAGS;
    return status == ACTFN_OK ? check_sizes(types, shape, sizes) : status;
}

static struct row_values values_in(int type, const void *p)
{
    return type == TYPE_F32 ? (struct row_values) { NULL, p } : (struct row_values) { p, NULL };
}
static struct row_results values_out(int type, void *p)
{
    return type == TYPE_F32 ? (struct row_results) { NULL, p } : (struct row_results) { p, NULL };
}

/* ---- forward --------------------------------------------------------------------------------------------------- */

/* Reductions have a result for an empty row too. */
static actfn_status fill_empty(actfn_op op, struct span y)
{
    const float nothing = -INFINITY;
    if ((op != ACTFN_LOGSUMEXP && op != ACTFN_LOGMEANEXP) || y.n == 0)
        return ACTFN_OK;
    if (!y.p)
        return ACTFN_ERR_NULL;
    if (too_long_span(y))
        return ACTFN_ERR_SIZE;
    for (size_t i = 0; i < y.n; i++)
        if (y.type == TYPE_F32)
            ((float *)(uintptr_t)y.p)[i] = nothing;
        else
            sixteen_of(y.type)->from_f32(1, &nothing, (uint16_t *)(uintptr_t)y.p + i);
    return ACTFN_OK;
}

static actfn_status forward(struct types types, actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                            struct actfn_shape shape, const void *x, void *y)
{
    struct sizes sizes;
    actfn_status status = check_rows(types, op, mode, &params, flags, shape, &sizes);
    if (status != ACTFN_OK)
        return status;
    if (sizes.all == 0)
        return fill_empty(op, (struct span) { y, sizes.rows, types.values });
    const bool reduces = actfn_op_record(op)->info.flags & ACTFN_OP_REDUCES;
    status = check_pair((struct span) { x, sizes.all, types.tensor },
                        (struct span) { y, reduces ? sizes.rows : sizes.all, types.values });
    if (status != ACTFN_OK)
        return status;
    if (types.tensor == TYPE_F32)
        tables_of(mode)->rows[op].forward(params, flags, shape, x, y);
    else
        sixteen_of(types.tensor)->rows(op, params, flags, shape, x, values_out(types.values, y));
    return ACTFN_OK;
}

/* ---- backward -------------------------------------------------------------------------------------------------- */

static actfn_status backward(struct types types, actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                             struct actfn_shape shape, const void *x, const void *y, const void *dy, void *dx)
{
    struct sizes sizes;
    actfn_status status = check_rows(types, op, mode, &params, flags, shape, &sizes);
    if (status != ACTFN_OK || sizes.all == 0)
        return status;
    const unsigned int reads = actfn_op_record(op)->info.flags;
    const size_t results = reads & ACTFN_OP_REDUCES ? sizes.rows : sizes.all;
    const struct span to = { dx, sizes.all, types.tensor };
    status = check_pair((struct span) { dy, results, types.values }, to);
    if (status == ACTFN_OK && (reads & ACTFN_OP_READS_X))
        status = check_pair((struct span) { x, sizes.all, types.tensor }, to);
    if (status == ACTFN_OK && (reads & ACTFN_OP_READS_Y))
        status = check_pair((struct span) { y, results, types.values }, to);
    if (status != ACTFN_OK)
        return status;
    if (types.tensor == TYPE_F32)
        tables_of(mode)->rows[op].backward(params, shape, x, y, dy, dx);
    else
        sixteen_of(types.tensor)
            ->rows_backward(op, params, shape, x, values_in(types.values, y), values_in(types.values, dy), dx);
    return ACTFN_OK;
}

/* Pasted: actfn_rows_<form>_<suffix> (actfn_rows_forward_bf16), TYPE_<TYPE>, TYPE_<VALUES>. */
#define ENTRIES(name, TYPE, VALUES, suffix, number, value)                                                             \
    actfn_status actfn_##name##_forward_##suffix(actfn_op op, actfn_mode mode, const float *params,                    \
                                                 unsigned int flags, size_t outer, size_t n, size_t inner,             \
                                                 const number *x, value *y)                                            \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = forward((struct types) { TYPE_##TYPE, TYPE_##VALUES }, op, mode, params, flags,    \
                                            shape_of(outer, n, inner), x, y);                                          \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_##name##_backward_##suffix(actfn_op op, actfn_mode mode, const float *params,                   \
                                                  unsigned int flags, size_t outer, size_t n, size_t inner,            \
                                                  const number *x, const value *y, const value *dy, number *dx)        \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = backward((struct types) { TYPE_##TYPE, TYPE_##VALUES }, op, mode, params, flags,   \
                                             shape_of(outer, n, inner), x, y, dy, dx);                                 \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
ENTRIES(rows, F32, F32, f32, float, float)
ENTRIES(rows, BF16, BF16, bf16, actfn_bf16, actfn_bf16)
ENTRIES(rows, F16, F16, f16, actfn_f16, actfn_f16)
ENTRIES(rows_reduce, BF16, F32, bf16, actfn_bf16, float)
ENTRIES(rows_reduce, F16, F32, f16, actfn_f16, float)

/* ---- maxout with its index --------------------------------------------------------------------------------------- */

static actfn_status check_maxout(int type, actfn_mode mode, struct actfn_shape shape, struct sizes *sizes)
{
    const actfn_status status = check_op(ACTFN_MAXOUT, ACTFN_FAMILY_ROWS, mode);
    if (status != ACTFN_OK)
        return status;
    return shape.n > INDEX_MAX ? ACTFN_ERR_SIZE : check_sizes((struct types) { type, type }, shape, sizes);
}

static bool overlaps_index(const int32_t *index, size_t rows, struct span a)
{
    return bytes_overlap(index, rows * sizeof *index, a.p, a.n * size_of(a.type));
}

static actfn_status maxout_index(int type, actfn_mode mode, struct actfn_shape shape, const void *x, void *y,
                                 int32_t *index)
{
    struct sizes sizes;
    actfn_status status = check_maxout(type, mode, shape, &sizes);
    if (status != ACTFN_OK || sizes.all == 0)
        return status;
    if (!index)
        return ACTFN_ERR_NULL;
    const struct span from = { x, sizes.all, type }, to = { y, sizes.rows, type };
    status = check_pair(from, to);
    if (status != ACTFN_OK)
        return status;
    if (too_long_for(index, sizes.rows, sizeof *index))
        return ACTFN_ERR_SIZE;
    if (overlaps_index(index, sizes.rows, from) || overlaps_index(index, sizes.rows, to))
        return ACTFN_ERR_OVERLAP;
    if (type == TYPE_F32)
        tables_of(mode)->rows[ACTFN_MAXOUT].forward_index(shape, x, y, index);
    else
        sixteen_of(type)->maxout_index(shape, x, y, index);
    return ACTFN_OK;
}

static actfn_status check_from_index(int type, actfn_mode mode, struct actfn_shape shape, const int32_t *index,
                                     const void *dy, const void *dx, struct sizes *sizes)
{
    actfn_status status = check_maxout(type, mode, shape, sizes);
    if (status != ACTFN_OK || sizes->all == 0)
        return status;
    if (!index)
        return ACTFN_ERR_NULL;
    const struct span to = { dx, sizes->all, type };
    status = check_pair((struct span) { dy, sizes->rows, type }, to);
    if (status != ACTFN_OK)
        return status;
    if (too_long_for(index, sizes->rows, sizeof *index))
        return ACTFN_ERR_SIZE;
    if (overlaps_index(index, sizes->rows, to))
        return ACTFN_ERR_OVERLAP;
    for (size_t row = 0; row < sizes->rows; row++)
        if (index[row] < 0 || (size_t)index[row] >= shape.n)
            return ACTFN_ERR_INDEX;
    return ACTFN_OK;
}

/* The backward function has no kernel: it only moves numbers and does no arithmetic. */
#define MAXOUT_ENTRIES(suffix, TYPE, number)                                                                           \
    actfn_status actfn_maxout_index_##suffix(actfn_mode mode, size_t outer, size_t n, size_t inner, const number *x,   \
                                             number *y, int32_t *index)                                                \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status = maxout_index(TYPE_##TYPE, mode, shape_of(outer, n, inner), x, y, index);           \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }                                                                                                                  \
    actfn_status actfn_maxout_backward_from_index_##suffix(actfn_mode mode, size_t outer, size_t n, size_t inner,      \
                                                           const int32_t *index, const number *dy, number *dx)         \
    {                                                                                                                  \
        struct sizes sizes;                                                                                            \
        const actfn_status status =                                                                                    \
            check_from_index(TYPE_##TYPE, mode, shape_of(outer, n, inner), index, dy, dx, &sizes);                     \
        if (status != ACTFN_OK || sizes.all == 0)                                                                      \
            return status;                                                                                             \
        for (size_t o = 0; o < outer; o++)                                                                             \
            for (size_t k = 0; k < n; k++)                                                                             \
                for (size_t i = 0; i < inner; i++) {                                                                   \
                    const size_t row = o * inner + i;                                                                  \
                    const number slope = dy[row];                                                                      \
                    dx[(o * n + k) * inner + i] = (size_t)index[row] == k ? slope : (number)0;                         \
                }                                                                                                      \
        return ACTFN_OK;                                                                                               \
    }
MAXOUT_ENTRIES(f32, F32, float)
MAXOUT_ENTRIES(bf16, BF16, actfn_bf16)
MAXOUT_ENTRIES(f16, F16, actfn_f16)
