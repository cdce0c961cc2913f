/* SPDX-License-Identifier: MIT */
/*
 * The kernels of a 16-bit type and their tables.  An object defines SIXTEEN as bf16 or f16 and includes this header once.
 * LIGHT(bf16), for example actfn_avx2_bf16, is the struct with all kernels.
 */
#include "dispatch/sixteen_table.h"
#include "kernels/elementwise_kernels.h"
#include "kernels/sixteen_loops.h"
#include "kernels/sixteen_rows.h"
#include "math/formulas.h"

#ifndef SIXTEEN /* a header that is opened alone */
#define SIXTEEN bf16
#endif

/* The words of the type. */
#define W SIXTEEN_WORDS_OF(SIXTEEN)
#define SIXTEEN_WORDS_OF(type) SIXTEEN_WORDS(type)

/* The fast mode's tables of floats. */
#define FLOATS(form) TABLE_OF(ACTFN_BACKEND, fast, form)
extern const actfn_forward_fn FLOATS(forward)[OP_COUNT];
extern const actfn_backward_fn FLOATS(backward)[OP_COUNT];
extern const actfn_backward_fn FLOATS(from_output)[OP_COUNT];
extern const actfn_backward_fn FLOATS(param_gradient)[OP_COUNT];

/* A copy of the caller's parameters, because a result may be written over them. */
struct own_params {
    float at[ACTFN_MAX_PARAMS];
};
WORD struct own_params own(actfn_op op, const float *params)
{
    struct own_params p = { { 0 } };
    for (int k = 0; k < actfn_op_records[(int)op].info.param_count; k++)
        p.at[k] = params[k];
    return p;
}

PASS void settle(struct sixteen_op which, const float *x, const float *y, uint16_t *results)
{
    settle_pair(W, which, x, y, results);
}

PASS void settle_ends(struct sixteen_op which, const float *x, const float *y, const uint16_t *low,
                      const uint16_t *high, uint16_t *results)
{
    settle_between(W, which, x, y, low, high, results);
}

/* Each function has one copy, which the kernels of all operations that go through a tile call. */
PASS void forward_tiles(actfn_op op, const float *params, size_t n, const uint16_t *x, uint16_t *y)
{
    const struct own_params p = own(op, params);
    map_tiles(W, settle, (struct sixteen_op) { op, p.at, reach_of(op), 0 }, FLOATS(forward)[op], n, x, y);
}

PASS void backward_tiles(actfn_op op, const float *params, actfn_backward_fn kernel, size_t n, const uint16_t *x,
                         const uint16_t *dy, uint16_t *dx)
{
    const struct own_params p = own(op, params);
    map_grad_tiles(W, p.at, kernel, n, x, dy, dx);
}

static void param_gradient(actfn_op op, const float *params, size_t n, const uint16_t *x, const uint16_t *dy,
                           float *gradients)
{
    const int count = actfn_op_records[(int)op].info.param_count;
    param_gradient_tiles(W, count, params, FLOATS(param_gradient)[op], n, x, dy, gradients);
}

static void to_f32(size_t n, const uint16_t *x, float *y) { widen(W, n, x, y); }
static void from_f32(size_t n, const float *x, uint16_t *y) { narrow(W, n, x, y); }

/* A gate is computed row by row and tile by tile.  It may be in place, because each tile is read before it is written. */
extern const struct actfn_gate_kernels FLOATS(gates)[OP_COUNT];

static void gate(actfn_op op, const float *params, size_t rows, size_t n, struct sixteen_rows u, struct sixteen_rows v,
                 struct sixteen_rows_out y)
{
    const struct own_params p = own(op, params);
    for (size_t row = 0; row < rows; row++)
        gate_tiles(W, p.at, &FLOATS(gates)[op], n, u.p + row * u.stride, v.p + row * v.stride, y.p + row * y.stride);
}

static void gate_backward(actfn_op op, const float *params, size_t rows, size_t n, struct sixteen_rows u,
                          struct sixteen_rows v, struct sixteen_rows dy, struct sixteen_rows_out du,
                          struct sixteen_rows_out dv)
{
    const struct own_params p = own(op, params);
    for (size_t row = 0; row < rows; row++)
        gate_grad_tiles(W, p.at, &FLOATS(gates)[op], n, u.p + row * u.stride, v.p + row * v.stride,
                        dy.p + row * dy.stride, du.p ? du.p + row * du.stride : NULL,
                        dv.p ? dv.p + row * dv.stride : NULL);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

extern const struct actfn_row_kernels FLOATS(rows)[OP_COUNT];
#define PAGED_FLOATS(form) TABLE_OF(ACTFN_BACKEND, paged, form)
extern const struct actfn_row_kernels PAGED_FLOATS(rows)[OP_COUNT];

static const struct actfn_row_kernels *row_kernels_of(actfn_op op, struct actfn_shape shape)
{
    return shape.pages ? &PAGED_FLOATS(rows)[op] : &FLOATS(rows)[op];
}

static void page_in_of_type(const struct actfn_pages *pages, size_t first, size_t count)
{
    piece_in(W, (const struct sixteen_pages *)(const void *)pages, first, count);
}

static void page_out_of_type(const struct actfn_pages *pages, size_t first, size_t count)
{
    piece_out(W, FLOATS(rows)[ACTFN_MAXOUT].forward_index, (const struct sixteen_pages *)(const void *)pages, first,
              count);
}

PASS void in_tiles(tile_kernel *kernel, const void *context, struct actfn_shape shape, const struct sixteen_tensors *t)
{
    rows_in_tiles(W, (struct actfn_pages) { page_in_of_type, page_out_of_type }, FLOATS(rows)[ACTFN_HARDMAX].forward,
                  kernel, context, shape, t);
}

struct rows_call {
    actfn_op op;
    unsigned int flags;
    struct own_params params;
    int32_t *index;
};

static unsigned int flags_of(actfn_op op) { return actfn_op_records[(int)op].info.flags; }

static void rows_forward_tile(const void *context, struct actfn_shape shape, const struct tile_tensors *t)
{
    const struct rows_call *c = context;
    row_kernels_of(c->op, shape)->forward(c->params.at, c->flags, shape, t->a, t->row_out ? t->row_out : t->out);
}

static void rows(actfn_op op, const float *params, unsigned int flags, struct actfn_shape shape, const uint16_t *x,
                 struct row_results y)
{
    const struct rows_call c = { op, flags, own(op, params), NULL };
    struct sixteen_tensors t = { .a = x };
    if (flags_of(op) & ACTFN_OP_REDUCES)
        t.row_out = y;
    else
        t.out = y.narrow;
    in_tiles(rows_forward_tile, &c, shape, &t);
}

/* If the operation reduces, a is x, and the values of rows are y and dy.  If not, a is the tensor that the kernel reads. */
static void rows_backward_tile(const void *context, struct actfn_shape shape, const struct tile_tensors *t)
{
    const struct rows_call *c = context;
    const int reduces = t->row_b != NULL;
    row_kernels_of(c->op, shape)
        ->backward(c->params.at, shape, t->a, reduces ? t->row_a : t->a, reduces ? t->row_b : t->b, t->out);
}

static void rows_backward(actfn_op op, const float *params, struct actfn_shape shape, const uint16_t *x,
                          struct row_values y, struct row_values dy, uint16_t *dx)
{
    const struct rows_call c = { op, 0, own(op, params), NULL };
    const unsigned int flags = flags_of(op);
    struct sixteen_tensors t = { .out = dx };
    if (flags & ACTFN_OP_REDUCES) {
        t.a = x;
        if (flags & ACTFN_OP_READS_Y)
            t.row_a = y;
        t.row_b = dy;
    } else if (flags & ACTFN_OP_READS_Y) {
        t.a = y.narrow;
        t.b = dy.narrow;
    } else /* hardmax: the gradient is 0 everywhere, as for rows of one element */
        shape = (struct actfn_shape) { shape.outer * shape.n * shape.inner, 1, 1, NULL };
    in_tiles(rows_backward_tile, &c, shape, &t);
}

static void maxout_tile(const void *context, struct actfn_shape shape, const struct tile_tensors *t)
{
    const struct rows_call *c = context;
    row_kernels_of(ACTFN_MAXOUT, shape)->forward_index(shape, t->a, t->row_out, c->index + t->row);
}

static void maxout_index(struct actfn_shape shape, const uint16_t *x, uint16_t *y, int32_t *index)
{
    const struct rows_call c = { .op = ACTFN_MAXOUT, .index = index };
    in_tiles(maxout_tile, &c, shape, &(const struct sixteen_tensors) { .a = x, .row_out = { y, NULL } });
}

/* ---- cross entropy ----------------------------------------------------------------------------------------------- */

extern const struct actfn_cross_entropy_kernels FLOATS(cross_entropy), PAGED_FLOATS(cross_entropy);

struct entropy_call {
    const float *params;
    const struct actfn_targets *targets;
    int gradient;
};

static void cross_entropy_tile(const void *context, struct actfn_shape shape, const struct tile_tensors *t)
{
    const struct entropy_call *c = context;
    const struct actfn_cross_entropy_kernels *kernels =
        shape.pages ? &PAGED_FLOATS(cross_entropy) : &FLOATS(cross_entropy);
    const int64_t *const classes = c->targets->classes ? c->targets->classes + t->row : NULL;
    const struct actfn_targets here = { t->b, classes, c->targets->ignore_index, t->row_a, c->targets->scale };
    float *const dz = c->gradient ? t->out : NULL;
    if (classes)
        kernels->by_class(c->params, shape, t->a, &here, t->row_out, dz);
    else
        kernels->dense(shape, t->a, &here, t->row_out, dz);
}

static void cross_entropy(const float *params, struct actfn_shape shape, const uint16_t *z, const uint16_t *t,
                          const struct actfn_targets *targets, float *loss, uint16_t *dz)
{
    const float smoothing = params ? *params : 0.0f; /* a result may be written over params */
    const struct entropy_call c = { &smoothing, targets, dz != NULL };
    in_tiles(cross_entropy_tile, &c, shape,
             &(const struct sixteen_tensors) {
                 .a = z, .b = t, .out = dz, .row_a = { NULL, targets->w }, .row_out = { NULL, loss } });
}

/* ---- gumbel_softmax ---------------------------------------------------------------------------------------------- */

extern const struct actfn_random_kernels FLOATS(random);

struct gumbel_call {
    float tau;
    const struct actfn_noise *draws;
};

static void add_noise(const void *context, size_t index, size_t n, float *x)
{
    const struct gumbel_call *c = context;
    const struct actfn_noise here = { c->draws->seed, c->draws->stream, c->draws->offset + index };
    FLOATS(random).gumbel(&c->tau, &here, n, x, x);
}

/* If `hard`, y is the one-hot result, and soft gets the soft result from which y is made.  soft may be NULL. */
static void gumbel(float tau, float scale, int hard, const struct actfn_noise *draws, struct actfn_shape shape,
                   const uint16_t *x, uint16_t *y, uint16_t *soft)
{
    const struct gumbel_call noise = { tau, draws };
    const struct rows_call c = { ACTFN_SOFTMAX, 0, { { scale } }, NULL };
    in_tiles(rows_forward_tile, &c, shape,
             &(const struct sixteen_tensors) {
                 .a = x, .out = hard ? soft : y, .hard = hard ? y : NULL, .way = { &noise, add_noise, NULL } });
    if (soft && !hard)
        memcpy(soft, y, shape.outer * shape.n * shape.inner * sizeof *y);
}

static void times_line(const void *context, size_t n, float *y) { FLOATS(backward)[ACTFN_LINEAR](context, n, y, y, y); }

/* dx is the gradient of softmax with a scale, times line[0], which may be 1. */
static void gumbel_backward(float scale, const float *line, struct actfn_shape shape, const uint16_t *soft,
                            const uint16_t *dy, uint16_t *dx)
{
    const struct rows_call c = { ACTFN_SOFTMAX, 0, { { scale } }, NULL };
    in_tiles(rows_backward_tile, &c, shape,
             &(const struct sixteen_tensors) {
                 .a = soft, .b = dy, .out = dx, .way = { line, NULL, *line == 1.0f ? NULL : times_line } });
}

/* ---- rrelu ------------------------------------------------------------------------------------------------------- */

static void rrelu(const float *params, const struct actfn_noise *draws, size_t n, const uint16_t *x, uint16_t *y,
                  uint16_t *noise)
{
    const struct own_params p = own(ACTFN_RRELU, params);
    rrelu_tiles(W, FLOATS(random).rrelu, p.at, *draws, n, x, y, noise);
}

static void rrelu_backward(const float *params, const struct actfn_noise *draws, size_t n, const uint16_t *x,
                           const uint16_t *dy, uint16_t *dx)
{
    const struct own_params p = own(ACTFN_RRELU, params);
    rrelu_grad_tiles(W, FLOATS(random).rrelu_backward, p.at, *draws, n, x, dy, dx);
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

extern actfn_loss_kernel *const FLOATS(losses)[OP_COUNT];

static void loss_of(actfn_op op, const float *params, size_t n, const uint16_t *z, const uint16_t *t, const float *w,
                    float scale, float *loss, uint16_t *dz)
{
    const struct own_params p = own(op, params);
    loss_tiles(W, FLOATS(losses)[op], p.at, n, z, t, w, scale, loss, dz);
}

/* clang-format off: each line makes a function */

/* The members `reach` and `exact` of struct sixteen_op, from the promise FAST(f, df) for floats. */
#define REACH_FAST(f, df) (f) < 1 ? 1 : (uint32_t)(f), (f) == 0

/* The parameters that COPY has made, as the caller's floats. */
#define FLOATS_OF(p) (const float *)(const void *)&(p)

#define FORWARD_LIGHT(name, arity, NAME, fast, definition)                                                             \
    WRAP_FORWARD(name##_f, arity, act_##name)                                                                          \
    static void name##_forward(const float *params, size_t n, const uint16_t *x, uint16_t *y)                          \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        map_sixteen(W, settle, (struct sixteen_op) { ACTFN_##NAME, FLOATS_OF(p), REACH_##fast }, name##_f, &p, n, x,   \
                    y);                                                                                                \
    }
#define FORWARD_HEAVY(name, arity, NAME, fast, definition) TILES_OF_##definition(name, arity, NAME)
#define TILES_OF_DOUBLE(...) TILES
#define TILES_OF_CANCELS(...) TILES_CANCELLING
#define TILES(name, arity, NAME)                                                                                       \
    static void name##_forward(const float *params, size_t n, const uint16_t *x, uint16_t *y)                          \
    {                                                                                                                  \
        forward_tiles(ACTFN_##NAME, params, n, x, y);                                                                  \
    }
#define TILES_CANCELLING(name, arity, NAME)                                                                            \
    WRAP_FORWARD(name##_cancelling, arity, act_##name##_cancelling)                                                    \
    static void name##_forward(const float *params, size_t n, const uint16_t *x, uint16_t *y)                          \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        map_tiles_cancelling(W, settle_ends,                                                                           \
                             (struct sixteen_op) { ACTFN_##NAME, FLOATS_OF(p), reach_of(ACTFN_##NAME), 0 },            \
                             FLOATS(forward)[RECORD_##NAME], name##_cancelling, &p, n, x, y);                          \
    }
#define FORWARD_CORE FORWARD_HEAVY

#define BACKWARD_LIGHT(kernel, formula, name, arity, NAME, form)                                                       \
    WRAP_BACKWARD(kernel##_of_lanes, arity, formula)                                                                   \
    static void kernel(const float *params, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx)             \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        map_grad_sixteen(W, kernel##_of_lanes, &p, n, x, dy, dx);                                                      \
    }
#define BACKWARD_HEAVY(kernel, formula, name, arity, NAME, form)                                                       \
    static void kernel(const float *params, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx)             \
    {                                                                                                                  \
        backward_tiles(ACTFN_##NAME, params, FLOATS(form)[RECORD_##NAME], n, x, dy, dx);                               \
    }
#define BACKWARD_CORE BACKWARD_HEAVY

/* No argument may have the name of a table, because the preprocessor would replace the name of the table. */
#define OP(name, NAME, value, arity, body, offered, grads, params, definition, ulp, fast, ...)                         \
    FORWARD_##body(name, arity, NAME, fast, definition)                                                                \
        BACKWARD_##body(name##_backward, act_##name##_grad, name, arity, NAME, backward)                               \
            IF_##offered(BACKWARD_##body(name##_from_output, act_##name##_grad_y, name, arity, NAME, from_output))
#include "catalogue/ops.def"

static const actfn_forward_bf16_fn forward_kernels[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_forward,
#include "catalogue/ops.def"
};
static const actfn_backward_bf16_fn backward_kernels[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_backward,
#include "catalogue/ops.def"
};
static const actfn_backward_bf16_fn from_output_kernels[OP_COUNT] = {
#define OP(name, NAME, value, arity, body, from_output, ...)                                                           \
    [RECORD_##NAME] = OR_NULL_##from_output(name##_from_output),
#include "catalogue/ops.def"
};

/* clang-format on */

const struct actfn_sixteen LIGHT(SIXTEEN) = {
    .forward = forward_kernels,
    .backward = backward_kernels,
    .from_output = from_output_kernels,
    .param_gradient = param_gradient,
    .rrelu = rrelu,
    .rrelu_backward = rrelu_backward,
    .to_f32 = to_f32,
    .from_f32 = from_f32,
    .gate = gate,
    .gate_backward = gate_backward,
    .rows = rows,
    .rows_backward = rows_backward,
    .maxout_index = maxout_index,
    .cross_entropy = cross_entropy,
    .loss = loss_of,
    .gumbel = gumbel,
    .gumbel_backward = gumbel_backward,
};
