/* SPDX-License-Identifier: MIT */
#include "buffered_calls.h"
#include "floats.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

enum { APL_TERMS = 2 };

/* What an entry's shapes look like. */
enum kind { FLAT, TENSOR, GATED };

/* params is NULL where there is none, p begins behind it. */
typedef actfn_status run_function(const struct call *c, const float *params, void *const *p);

struct entry {
    const char *name;
    actfn_family family;
    int op;         /* the only one it takes, or ANY_OP */
    enum kind kind;
    int variants;   /* beside the settings of an elementwise operation */
    enum form form; /* where elementwise */
    void (*describe)(struct call *c);
    run_function *run;
};

enum { ANY_OP = -2 };

/* ---- describing buffers ------------------------------------------------------------------------------------------ */

static struct buffer *add(struct call *c, const char *name, enum content content, size_t width)
{
    static const size_t sizes[] = { [CLASSES] = sizeof(int64_t), [INDICES] = sizeof(int32_t), [WORDS] = 4 };
    struct buffer *b = &c->buffer[c->buffers++];
    *b = (struct buffer) { .name = name, .content = content, .rows = 1, .width = width, .stride = width };
    b->size = sizes[content] ? sizes[content] : sizeof(float);
    return b;
}

static unsigned last_bit(const struct call *c) { return 1u << (c->buffers - 1); }

static unsigned input(struct call *c, const char *name, enum content content, size_t width)
{
    add(c, name, content, width);
    return last_bit(c);
}

static struct buffer *output(struct call *c, const char *name, size_t width, unsigned may_be)
{
    struct buffer *b = add(c, name, FLOATS, width);
    b->output = true;
    b->may_be = may_be;
    return b;
}

static void optional(struct call *c) { c->buffer[c->buffers - 1].optional = true; }

static size_t all_of(const struct call *c) { return c->outer * c->n * c->inner; }
static size_t rows_of(const struct call *c) { return c->outer * c->inner; }
static bool has(const struct call *c, unsigned flag) { return actfn_op_info(c->op)->flags & flag; }

/* ---- elementwise ------------------------------------------------------------------------------------------------- */

static void describe_forward(struct call *c) { output(c, "y", c->n, input(c, "x", FLOATS, c->n)); }

static void describe_backward(struct call *c)
{
    const unsigned x = input(c, "x or y", FLOATS, c->n), dy = input(c, "dy", FLOATS, c->n);
    output(c, "dx", c->n, x | dy);
}

static void describe_gradients(struct call *c)
{
    input(c, "x", FLOATS, c->n);
    input(c, "dy", FLOATS, c->n);
    output(c, "gradients", (size_t)c->param_count, 0);
}

static actfn_status run_forward(const struct call *c, const float *params, void *const *p)
{
    return actfn_forward_f32(c->op, test_mode, params, c->n, p[0], p[1]);
}

static actfn_status run_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_backward_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

static actfn_status run_from_output(const struct call *c, const float *params, void *const *p)
{
    return actfn_backward_from_output_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

static actfn_status run_gradients(const struct call *c, const float *params, void *const *p)
{
    return actfn_param_gradient_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2]);
}

/* ---- elementwise, by kernel: no checks, and so no status --------------------------------------------------------- */

static actfn_status run_forward_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_forward_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1]);
    return ACTFN_OK;
}

static actfn_status run_backward_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_backward_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);
    return ACTFN_OK;
}

static actfn_status run_from_output_kernel(const struct call *c, const float *params, void *const *p)
{
    actfn_backward_from_output_kernel_f32(c->op, test_mode)(params, c->n, p[0], p[1], p[2]);
    return ACTFN_OK;
}

/* ---- elementwise, by name ---------------------------------------------------------------------------------------- */

typedef actfn_status named_function(const float *a, size_t n, const float *in, const float *dy, float *out);

#define ARGS_0
#define ARGS_1 , a[0]
#define ARGS_2 ARGS_1, a[1]
#define ARGS_3 ARGS_2, a[2]
#define ARGS_4 ARGS_3, a[3]
#define DEFINE(name, function, arguments)                                                                    \
    static actfn_status named_##name(const float *a, size_t n, const float *in, const float *dy, float *out) \
    {                                                                                                        \
        (void)a, (void)dy;                                                                                   \
        return function arguments;                                                                           \
    }
#define DEFINE_FROM_Y(name, arity) \
    DEFINE(name##_from_output, actfn_##name##_backward_from_output_f32, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_Y(name, arity)
#define DEFINE_GRADS(name, arity) \
    DEFINE(name##_gradients, actfn_##name##_param_gradient_f32, (n, in, dy, out ARGS_##arity))
#define DEFINE_NO_GRADS(name, arity)
#define OP(name, NAME, value, arity, body, from_output, grads, ...) \
    DEFINE(name##_forward, actfn_##name##_f32, (n, in, out ARGS_##arity))                           \
    DEFINE(name##_backward, actfn_##name##_backward_f32, (n, in, dy, out ARGS_##arity))             \
    DEFINE_##from_output(name, arity)                                                               \
    DEFINE_##grads(name, arity)
#include "catalogue/ops.def"

#define TAKE_FROM_Y(name) named_##name##_from_output
#define TAKE_NO_Y(name) NULL
#define TAKE_GRADS(name) named_##name##_gradients
#define TAKE_NO_GRADS(name) NULL
#define OP(name, NAME, value, arity, body, from_output, grads, ...) \
    [value] = { named_##name##_forward, named_##name##_backward, TAKE_##from_output(name), TAKE_##grads(name) },
static named_function *const named[][FORM_COUNT] = {
#include "catalogue/ops.def"
};

static actfn_status run_named(const struct call *c, const float *params, void *const *p)
{
    const bool forward = c->entry->form == FORWARD;
    return named[c->op][c->entry->form](params, c->n, p[0], forward ? NULL : p[1], p[forward ? 1 : 2]);
}

/* ---- channels ---------------------------------------------------------------------------------------------------- */

static int arrays_of(const struct call *c) { return actfn_op_info(c->op)->param_count; }
static size_t terms_of(const struct call *c) { return c->op == ACTFN_APL ? APL_TERMS : 1; }

static void describe_weights(struct call *c)
{
    for (int k = 0; k < arrays_of(c); k++)
        input(c, actfn_op_param(c->op, k)->name, WEIGHTS, terms_of(c) * c->n);
}

static void describe_channels_forward(struct call *c)
{
    describe_weights(c);
    output(c, "y", all_of(c), input(c, "x", FLOATS, all_of(c)));
}

static void describe_channels_from_output(struct call *c)
{
    describe_weights(c);
    const unsigned y = input(c, "y", FLOATS, all_of(c)), dy = input(c, "dy", FLOATS, all_of(c));
    output(c, "dx", all_of(c), y | dy);
}

static void describe_channels_backward(struct call *c)
{
    describe_weights(c);
    const unsigned x = input(c, "x", FLOATS, all_of(c)), dy = input(c, "dy", FLOATS, all_of(c));
    output(c, "dx", all_of(c), x | dy)->optional = true;
    for (int k = 0; k < arrays_of(c); k++)
        output(c, "dweights", terms_of(c) * c->n, 0)->optional = true;
}

/* The array of pointers is a buffer, too: it ends where a fault is. */
static void *pointers(struct guarded *pages, void *const *p, int count)
{
    if (!pages->begin)
        *pages = guarded_pages();
    return memcpy((char *)pages->end - (size_t)count * sizeof *p, p, (size_t)count * sizeof *p);
}

static const float *const *weights_at(void *const *p, int count)
{
    static struct guarded pages;
    return pointers(&pages, p, count);
}

static float *const *dweights_at(void *const *p, int count)
{
    static struct guarded pages;
    return pointers(&pages, p, count);
}

static actfn_status run_channels_forward(const struct call *c, const float *params, void *const *p)
{
    const int k = arrays_of(c);
    (void)params;
    return actfn_channels_forward_f32(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c), weights_at(p, k),
                                      p[k], p[k + 1]);
}

static actfn_status run_channels_from_output(const struct call *c, const float *params, void *const *p)
{
    const int k = arrays_of(c);
    (void)params;
    return actfn_channels_backward_from_output_f32(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c),
                                                   weights_at(p, k), p[k], p[k + 1], p[k + 2]);
}

static actfn_status run_channels_backward(const struct call *c, const float *params, void *const *p)
{
    const int k = arrays_of(c);
    (void)params;
    return actfn_channels_backward_f32(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c), weights_at(p, k),
                                       p[k], p[k + 1], p[k + 2], dweights_at(p + k + 3, k));
}

/* ---- gates ------------------------------------------------------------------------------------------------------- */

/* By variant: rows without gaps, with the same gap in each buffer, with another one in each. */
enum { TIGHT, GAPS, OTHER_GAPS, GATE_VARIANTS };
enum { LAYOUTS = 2 };

static unsigned in_rows(struct call *c, struct buffer *b)
{
    const size_t k = (size_t)c->buffers;
    b->rows = c->outer;
    b->stride = c->n + (c->variant == TIGHT ? 0 : c->variant == GAPS ? 3 : k * k);
    return last_bit(c);
}

/* What has the same strides; with one row there are none. */
static unsigned alike(const struct call *c, unsigned all)
{
    return c->variant == OTHER_GAPS && c->outer > 1 ? 0 : all;
}

static void describe_gates_forward(struct call *c)
{
    const unsigned u = in_rows(c, add(c, "u", FLOATS, c->n)), v = in_rows(c, add(c, "v", FLOATS, c->n));
    in_rows(c, output(c, "y", c->n, alike(c, u | v)));
}

static void describe_gates_backward(struct call *c)
{
    const unsigned u = in_rows(c, add(c, "u", FLOATS, c->n)), v = in_rows(c, add(c, "v", FLOATS, c->n));
    const unsigned all = alike(c, u | v | in_rows(c, add(c, "dy", FLOATS, c->n)));
    in_rows(c, output(c, "du", c->n, all));
    optional(c);
    in_rows(c, output(c, "dv", c->n, all));
    optional(c);
}

static void describe_packed_forward(struct call *c)
{
    input(c, "x", FLOATS, 2 * all_of(c));
    output(c, "y", all_of(c), 0);
}

static void describe_packed_backward(struct call *c)
{
    const unsigned x = input(c, "x", FLOATS, 2 * all_of(c));
    input(c, "dy", FLOATS, all_of(c));
    output(c, "dx", 2 * all_of(c), x);
}

static size_t stride_of(const struct call *c, int k) { return c->buffer[(c->param_count != 0) + k].stride; }

static actfn_status run_gates_forward(const struct call *c, const float *params, void *const *p)
{
    return actfn_gates_forward_f32(c->op, test_mode, params, c->outer, c->n, p[0], stride_of(c, 0), p[1],
                                   stride_of(c, 1), p[2], stride_of(c, 2));
}

static actfn_status run_gates_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_gates_backward_f32(c->op, test_mode, params, c->outer, c->n, p[0], stride_of(c, 0), p[1],
                                    stride_of(c, 1), p[2], stride_of(c, 2), p[3], stride_of(c, 3), p[4],
                                    stride_of(c, 4));
}

static actfn_gate_layout layout_of(const struct call *c)
{
    return c->variant ? ACTFN_GATE_LAST : ACTFN_GATE_FIRST;
}

static actfn_status run_packed_forward(const struct call *c, const float *params, void *const *p)
{
    return actfn_gates_packed_forward_f32(c->op, test_mode, params, layout_of(c), c->outer, 2 * c->n, p[0], p[1]);
}

static actfn_status run_packed_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_gates_packed_backward_f32(c->op, test_mode, params, layout_of(c), c->outer, 2 * c->n, p[0], p[1],
                                           p[2]);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

enum { FLAG_VARIANTS = 2 }; /* without the one flag that there is, and with it */

static size_t results_of(const struct call *c) { return has(c, ACTFN_OP_REDUCES) ? rows_of(c) : all_of(c); }

/* Buffers of one shape may be the same. */
static unsigned if_equal(size_t a, size_t b, unsigned bit) { return a == b ? bit : 0; }

static void describe_rows_forward(struct call *c)
{
    const unsigned x = input(c, "x", FLOATS, all_of(c));
    output(c, "y", results_of(c), if_equal(results_of(c), all_of(c), x));
}

static void describe_rows_backward(struct call *c)
{
    const size_t all = all_of(c), results = results_of(c);
    unsigned may_be = input(c, "x", FLOATS, all);
    c->buffer[c->buffers - 1].unread = !has(c, ACTFN_OP_READS_X);
    may_be |= if_equal(all, results, input(c, "y", FLOATS, results));
    c->buffer[c->buffers - 1].unread = !has(c, ACTFN_OP_READS_Y);
    may_be |= if_equal(all, results, input(c, "dy", FLOATS, results));
    output(c, "dx", all, may_be);
}

static void describe_maxout_index(struct call *c)
{
    const unsigned x = input(c, "x", FLOATS, all_of(c));
    output(c, "y", rows_of(c), if_equal(rows_of(c), all_of(c), x));
    add(c, "index", INDICES, rows_of(c))->output = true;
}

static void describe_maxout_backward(struct call *c)
{
    input(c, "index", INDICES, rows_of(c));
    const unsigned dy = input(c, "dy", FLOATS, rows_of(c));
    output(c, "dx", all_of(c), if_equal(rows_of(c), all_of(c), dy));
}

static actfn_status run_rows_forward(const struct call *c, const float *params, void *const *p)
{
    return actfn_rows_forward_f32(c->op, test_mode, params, c->variant ? ACTFN_MASKED_ROWS_ZERO : 0, c->outer, c->n,
                                  c->inner, p[0], p[1]);
}

static actfn_status run_rows_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_rows_backward_f32(c->op, test_mode, params, c->variant ? ACTFN_MASKED_ROWS_ZERO : 0, c->outer, c->n,
                                   c->inner, p[0], p[1], p[2], p[3]);
}

static actfn_status run_maxout_index(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_maxout_index_f32(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2]);
}

static actfn_status run_maxout_backward(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_maxout_backward_from_index_f32(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2]);
}

/* ---- random ------------------------------------------------------------------------------------------------------ */

enum { SEED = 11, STREAM = 22, OFFSET = 33 };

static void describe_words(struct call *c) { add(c, "words", WORDS, c->n)->output = true; }

static void describe_rrelu(struct call *c)
{
    describe_forward(c);
    output(c, "noise", c->n, 0)->optional = true;
}

static void describe_gumbel(struct call *c)
{
    output(c, "y", all_of(c), input(c, "x", FLOATS, all_of(c)));
    output(c, "soft", all_of(c), 0)->optional = true;
}

static void describe_gumbel_backward(struct call *c)
{
    const unsigned soft = input(c, "soft", FLOATS, all_of(c)), dy = input(c, "dy", FLOATS, all_of(c));
    output(c, "dx", all_of(c), soft | dy);
}

static actfn_status run_words(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_random_u32(c->n, p[0], SEED, STREAM, OFFSET);
}

static actfn_status run_rrelu(const struct call *c, const float *params, void *const *p)
{
    return actfn_rrelu_f32(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM, OFFSET);
}

static actfn_status run_rrelu_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_rrelu_backward_f32(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM, OFFSET);
}

static actfn_status run_rrelu_from_output(const struct call *c, const float *params, void *const *p)
{
    return actfn_rrelu_backward_from_output_f32(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM, OFFSET);
}

static actfn_status run_rrelu_from_noise(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_rrelu_backward_from_noise_f32(test_mode, c->n, p[0], p[1], p[2]);
}

static actfn_status run_rrelu_eval(const struct call *c, const float *params, void *const *p)
{
    return actfn_rrelu_eval_f32(test_mode, params, c->n, p[0], p[1]);
}

static actfn_status run_rrelu_eval_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_rrelu_eval_backward_f32(test_mode, params, c->n, p[0], p[1], p[2]);
}

static actfn_status run_gumbel(const struct call *c, const float *params, void *const *p)
{
    return actfn_gumbel_softmax_f32(test_mode, params, c->variant ? ACTFN_GUMBEL_HARD : 0, c->outer, c->n, c->inner,
                                    p[0], p[1], p[2], SEED, STREAM, OFFSET);
}

static actfn_status run_gumbel_backward(const struct call *c, const float *params, void *const *p)
{
    return actfn_gumbel_softmax_backward_f32(test_mode, params, c->outer, c->n, c->inner, p[0], p[1], p[2]);
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

static const float scale = 0.75f;

static void describe_loss(struct call *c)
{
    unsigned all = input(c, "z", FLOATS, c->n) | input(c, "t", FLOATS, c->n) | input(c, "w", FLOATS, c->n);
    optional(c);
    output(c, "loss", c->n, all)->optional = true;
    output(c, "dz", c->n, all)->optional = true;
}

static void describe_cross_entropy(struct call *c)
{
    const unsigned z = input(c, "z", FLOATS, all_of(c));
    input(c, "classes", CLASSES, rows_of(c));
    const unsigned w = input(c, "w", FLOATS, rows_of(c));
    optional(c);
    output(c, "loss", rows_of(c), w)->optional = true;
    output(c, "dz", all_of(c), z)->optional = true;
}

static void describe_dense(struct call *c)
{
    const unsigned z = input(c, "z", FLOATS, all_of(c)), t = input(c, "t", FLOATS, all_of(c));
    const unsigned w = input(c, "w", FLOATS, rows_of(c));
    optional(c);
    output(c, "loss", rows_of(c), w)->optional = true;
    output(c, "dz", all_of(c), z | t)->optional = true;
}

static actfn_status run_loss(const struct call *c, const float *params, void *const *p)
{
    return actfn_loss_f32(c->op, test_mode, params, c->n, p[0], p[1], p[2], scale, p[3], p[4]);
}

static actfn_status run_cross_entropy(const struct call *c, const float *params, void *const *p)
{
    return actfn_softmax_cross_entropy_f32(test_mode, params, c->outer, c->n, c->inner, p[0], p[1], -100, p[2], scale,
                                           p[3], p[4]);
}

static actfn_status run_dense(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_softmax_cross_entropy_dense_f32(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2], scale, p[3],
                                                 p[4]);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

#define ANY_ELEMENTWISE ACTFN_FAMILY_ELEMENTWISE, ANY_OP, FLAT, 1
#define ANY_CHANNELS ACTFN_FAMILY_CHANNELS, ANY_OP, TENSOR, 1, 0
#define RRELU ACTFN_FAMILY_RANDOM, ACTFN_RRELU, FLAT, 1, 0
#define CROSS_ENTROPY ACTFN_FAMILY_LOSSES, ACTFN_SOFTMAX_CROSS_ENTROPY, TENSOR, 1, 0

/* A name that begins with "_" goes behind that of the operation. */
static const struct entry entries[] = {
    { "actfn_forward_f32", ANY_ELEMENTWISE, FORWARD, describe_forward, run_forward },
    { "actfn_backward_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward, run_backward },
    { "actfn_backward_from_output_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward, run_from_output },
    { "actfn_param_gradient_f32", ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients, run_gradients },
    { "actfn_forward_kernel_f32", ANY_ELEMENTWISE, FORWARD, describe_forward, run_forward_kernel },
    { "actfn_backward_kernel_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward, run_backward_kernel },
    { "actfn_backward_from_output_kernel_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward, run_from_output_kernel },
    { "_f32", ANY_ELEMENTWISE, FORWARD, describe_forward, run_named },
    { "_backward_f32", ANY_ELEMENTWISE, BACKWARD, describe_backward, run_named },
    { "_backward_from_output_f32", ANY_ELEMENTWISE, FROM_OUTPUT, describe_backward, run_named },
    { "_param_gradient_f32", ANY_ELEMENTWISE, PARAM_GRADIENT, describe_gradients, run_named },
    { "actfn_channels_forward_f32", ANY_CHANNELS, describe_channels_forward, run_channels_forward },
    { "actfn_channels_backward_f32", ANY_CHANNELS, describe_channels_backward, run_channels_backward },
    { "actfn_channels_backward_from_output_f32", ACTFN_FAMILY_CHANNELS, ACTFN_PRELU, TENSOR, 1, 0,
      describe_channels_from_output, run_channels_from_output },
    { "actfn_gates_forward_f32", ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_VARIANTS, 0, describe_gates_forward,
      run_gates_forward },
    { "actfn_gates_backward_f32", ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_VARIANTS, 0, describe_gates_backward,
      run_gates_backward },
    { "actfn_gates_packed_forward_f32", ACTFN_FAMILY_GATES, ANY_OP, GATED, LAYOUTS, 0, describe_packed_forward,
      run_packed_forward },
    { "actfn_gates_packed_backward_f32", ACTFN_FAMILY_GATES, ANY_OP, GATED, LAYOUTS, 0, describe_packed_backward,
      run_packed_backward },
    { "actfn_rows_forward_f32", ACTFN_FAMILY_ROWS, ANY_OP, TENSOR, FLAG_VARIANTS, 0, describe_rows_forward,
      run_rows_forward },
    { "actfn_rows_backward_f32", ACTFN_FAMILY_ROWS, ANY_OP, TENSOR, FLAG_VARIANTS, 0, describe_rows_backward,
      run_rows_backward },
    { "actfn_maxout_index_f32", ACTFN_FAMILY_ROWS, ACTFN_MAXOUT, TENSOR, 1, 0, describe_maxout_index,
      run_maxout_index },
    { "actfn_maxout_backward_from_index_f32", ACTFN_FAMILY_ROWS, ACTFN_MAXOUT, TENSOR, 1, 0, describe_maxout_backward,
      run_maxout_backward },
    { "actfn_random_u32", RRELU, describe_words, run_words },
    { "actfn_rrelu_f32", RRELU, describe_rrelu, run_rrelu },
    { "actfn_rrelu_backward_f32", RRELU, describe_backward, run_rrelu_backward },
    { "actfn_rrelu_backward_from_output_f32", RRELU, describe_backward, run_rrelu_from_output },
    { "actfn_rrelu_backward_from_noise_f32", RRELU, describe_backward, run_rrelu_from_noise },
    { "actfn_rrelu_eval_f32", RRELU, describe_forward, run_rrelu_eval },
    { "actfn_rrelu_eval_backward_f32", RRELU, describe_backward, run_rrelu_eval_backward },
    { "actfn_gumbel_softmax_f32", ACTFN_FAMILY_RANDOM, ACTFN_GUMBEL_SOFTMAX, TENSOR, 2, 0, describe_gumbel,
      run_gumbel },
    { "actfn_gumbel_softmax_backward_f32", ACTFN_FAMILY_RANDOM, ACTFN_GUMBEL_SOFTMAX, TENSOR, 1, 0,
      describe_gumbel_backward, run_gumbel_backward },
    { "actfn_loss_f32", ACTFN_FAMILY_LOSSES, ANY_OP, FLAT, 1, 0, describe_loss, run_loss },
    { "actfn_softmax_cross_entropy_f32", CROSS_ENTROPY, describe_cross_entropy, run_cross_entropy },
    { "actfn_softmax_cross_entropy_dense_f32", CROSS_ENTROPY, describe_dense, run_dense },
};
enum { ENTRIES = sizeof entries / sizeof entries[0] };
const int call_entries = ENTRIES;

static bool is_kernel(const struct entry *e)
{
    return e->run == run_forward_kernel || e->run == run_backward_kernel || e->run == run_from_output_kernel;
}

static bool takes(const struct entry *e, actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    if (info->family != e->family || (e->op != ANY_OP && e->op != (int)op) ||
        (e->run == run_loss && op == ACTFN_SOFTMAX_CROSS_ENTROPY) ||
        (e->run == run_named && test_mode != ACTFN_REPRODUCIBLE))
        return false;
    return !(e->form == FROM_OUTPUT && !(info->flags & ACTFN_OP_FROM_OUTPUT)) &&
           !(e->form == PARAM_GRADIENT && !(info->flags & ACTFN_OP_PARAM_GRADIENT));
}

/* Elementwise settings are those of the other suites. */
static bool set_elementwise(struct call *c, int variant)
{
    struct subject s = { .op = c->op, .setting = -1 };
    while (next_subject(&s))
        if (s.form == c->entry->form && variant-- == 0) {
            c->param_count = s.param_count;
            memcpy(c->params, s.params, sizeof c->params);
            return true;
        }
    return false;
}

/* The variant of an entry and an operation that take each other; false past the last. */
static bool set_variant(struct call *c)
{
    if (c->entry->family == ACTFN_FAMILY_ELEMENTWISE)
        return set_elementwise(c, c->variant);
    const bool none = c->entry->family == ACTFN_FAMILY_CHANNELS || c->entry->run == run_dense ||
                      c->entry->run == run_rrelu_from_noise || c->entry->run == run_words ||
                      c->entry->run == run_maxout_index || c->entry->run == run_maxout_backward;
    c->param_count = none ? 0 : actfn_op_info(c->op)->param_count;
    for (int k = 0; k < c->param_count; k++)
        c->params[k] = 0.3f + 0.4f * (float)k; /* legal everywhere, and rising as rrelu's must */
    return c->variant < c->entry->variants;
}

bool next_call(int entry, struct call *c)
{
    const int op = c->entry ? (int)c->op : -1, variant = c->entry ? c->variant + 1 : 0;
    *c = (struct call) { .entry = &entries[entry], .op = (actfn_op)op, .variant = variant };
    if (op >= 0 && set_variant(c))
        return true;
    c->variant = 0;
    for (int next = op + 1; next < actfn_op_count(); next++) {
        c->op = (actfn_op)next;
        if (takes(c->entry, c->op) && set_variant(c))
            return true;
    }
    return false;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static void set_shape(struct call *c, size_t outer, size_t n, size_t inner)
{
    c->outer = outer;
    c->n = n;
    c->inner = inner;
    c->missing = 0;
    c->buffers = 0;
    if (c->param_count) {
        /* NULL is for the defaults; a kernel knows no such thing. */
        const bool by_value = c->entry->run == run_named;
        bool has_defaults = !is_kernel(c->entry) && !by_value;
        for (int k = 0; k < c->param_count; k++)
            has_defaults = has_defaults && !(actfn_op_param(c->op, k)->flags & ACTFN_PARAM_REQUIRED);
        input(c, "params", PARAMETERS, (size_t)c->param_count);
        c->buffer[0].optional = has_defaults;
        c->buffer[0].by_value = by_value;
    }
    c->entry->describe(c);
    for (int k = 0; k < c->buffers; k++)
        ck_assert_uint_le(buffer_bytes(&c->buffer[k]), MAX_BYTES);
}

bool call_shape(struct call *c, int index)
{
    static const size_t lengths[] = { 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 47, 48, 49, 65, 130, 0 },
                        light_lengths[] = { 17, 1, 5, 48, 49, 0 };
    const size_t count = lightest() ? 1 : light() ? 6 : sizeof lengths / sizeof lengths[0];
    const size_t i = (size_t)index % count, pattern = (size_t)index / count, n = (light() ? light_lengths : lengths)[i];
    switch (c->entry->kind) {
    case FLAT:
        /* Every length that the loops can treat in its own way: less than a vector, and behind a few of them. */
        if (index >= (lightest() ? 5 : light() ? 14 : 80))
            return false;
        set_shape(c, 1, (size_t)(lightest() ? index * 17 : light() ? index * 5 : index < 67 ? index : index + 183), 1);
        return true;
    case GATED:
        if (pattern >= 2)
            return false;
        set_shape(c, pattern ? 3 : 1, n, 1);
        return true;
    default:
        if (pattern >= 4)
            return false;
        set_shape(c, pattern == 2 ? n : pattern == 3 ? 2 : 1, pattern == 1 ? 3 : pattern == 2 ? 2 : n,
                  pattern == 1 ? n : pattern == 3 ? 3 : 1);
        return true;
    }
}

bool call_typical_shape(struct call *c, int index)
{
    static const size_t flat[] = { 259, 5 }, gated[][2] = { { 1, 67 }, { 3, 41 } },
                        tensor[][3] = { { 9, 37, 1 }, { 2, 37, 5 } };
    if (index >= 2)
        return false;
    switch (c->entry->kind) {
    case FLAT: set_shape(c, 1, flat[index], 1); break;
    case GATED: set_shape(c, gated[index][0], gated[index][1], 1); break;
    default: set_shape(c, tensor[index][0], tensor[index][1], tensor[index][2]);
    }
    return true;
}

bool next_missing(struct call *c)
{
    unsigned optional_ones = 0;
    for (int k = 0; k < c->buffers; k++)
        optional_ones |= c->buffer[k].optional ? 1u << k : 0;
    if (c->missing == optional_ones)
        return false;
    /* The next single one above the present, all of them behind the last. */
    unsigned bit = c->missing ? c->missing << 1 : 1;
    while (bit <= optional_ones && !(bit & optional_ones))
        bit <<= 1;
    c->missing = bit <= optional_ones ? bit : optional_ones;
    return true;
}

/* ---- calling ----------------------------------------------------------------------------------------------------- */

size_t buffer_bytes(const struct buffer *b)
{
    return b->rows == 0 || b->width == 0 ? 0 : ((b->rows - 1) * b->stride + b->width) * b->size;
}

void fill_buffer(const struct call *c, int k, void *p, bool wild)
{
    const struct buffer *b = &c->buffer[k];
    const size_t count = buffer_bytes(b) / b->size;
    float *const floats = p;
    switch (b->content) {
    case PARAMETERS: memcpy(p, c->params, count * sizeof(float)); break;
    case CLASSES:
        for (size_t i = 0; i < count; i++)
            ((int64_t *)p)[i] = i % 7 == 3 || c->n == 0 ? -100 : (int64_t)(scramble(i) % c->n);
        break;
    case INDICES:
        for (size_t i = 0; i < count; i++)
            ((int32_t *)p)[i] = c->n ? (int32_t)(scramble(i) % c->n) : 0;
        break;
    case WEIGHTS: /* finite, and a prelu with slopes that the form from the output takes */
        fill_calm(floats, count, (uint64_t)k + 40);
        for (size_t i = 0; c->op == ACTFN_PRELU && i < count; i++)
            floats[i] = fabsf(floats[i]);
        break;
    default:
        (wild ? fill_inputs : fill_tame)(floats, count, (uint64_t)k + 60);
        if (wild && count > 9)
            floats[k % 2 ? 7 : 9] = from_bits(k % 2 ? 0x7f800001 : 0xff800001); /* signalling */
    }
}

actfn_status buffered_call_run(const struct call *c, void *const p[MAX_BUFFERS])
{
    void *q[MAX_BUFFERS] = { NULL };
    for (int k = 0; k < c->buffers; k++)
        q[k] = is_present(c, k) ? p[k] : NULL;
    return c->param_count ? c->entry->run(c, q[0], q + 1) : c->entry->run(c, NULL, q);
}

bool same_output(const struct buffer *b, const void *got, const void *expected, size_t *where)
{
    const char *const g = got, *const e = expected;
    const size_t count = buffer_bytes(b) / b->size;
    for (size_t i = 0; i < count; i++) {
        const bool between = i % b->stride >= b->width;
        float f[2];
        memcpy(&f[0], g + i * b->size, sizeof f[0]);
        memcpy(&f[1], e + i * b->size, sizeof f[1]);
        if (b->content == FLOATS && !between ? !same(f[0], f[1]) : memcmp(g + i * b->size, e + i * b->size, b->size)) {
            *where = i;
            return false;
        }
    }
    return true;
}

/* ---- overlap, by the header's words ------------------------------------------------------------------------------ */

struct view {
    long at;
    size_t n, stride; /* elements */
};

static bool meet(long a, size_t a_bytes, long b, size_t b_bytes)
{
    return a < b + (long)b_bytes && b < a + (long)a_bytes;
}

/* No element in common, and beside each other or interleaved with one stride. */
static bool apart(size_t rows, struct view a, struct view b)
{
    const size_t f = sizeof(float);
    if (!meet(a.at, ((rows - 1) * a.stride + a.n) * f, b.at, ((rows - 1) * b.stride + b.n) * f))
        return true;
    if (rows == 1 || a.stride != b.stride)
        return false;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++)
            if (meet(a.at + (long)(i * a.stride * f), a.n * f, b.at + (long)(j * b.stride * f), b.n * f))
                return false;
    return true;
}

static bool is_packed(const struct call *c)
{
    return c->entry->run == run_packed_forward || c->entry->run == run_packed_backward;
}

/* The one view of a buffer, or both halves of packed rows. */
static int views_of(const struct call *c, int k, long at, struct view v[2])
{
    const struct buffer *b = &c->buffer[k];
    if (!is_packed(c)) {
        v[0] = (struct view) { at, b->width, b->stride };
        return 1;
    }
    const bool halves = b->width == 2 * all_of(c);
    v[0] = (struct view) { at, c->n, halves ? 2 * c->n : c->n };
    v[1] = (struct view) { at + (long)(c->n * sizeof(float)), c->n, 2 * c->n };
    return halves ? 2 : 1;
}

static bool gates_may_overlap(const struct call *c, int o, int k, long distance)
{
    struct view out[2], other[2];
    const bool is_input = !c->buffer[k].output;
    const int outs = views_of(c, o, distance, out), others = views_of(c, k, 0, other);
    for (int i = 0; i < outs; i++)
        for (int j = 0; j < others; j++) {
            const bool equal = out[i].at == other[j].at && (c->outer == 1 || out[i].stride == other[j].stride);
            if (!(is_input && equal) && !apart(c->outer, out[i], other[j]))
                return false;
        }
    return true;
}

bool may_overlap(const struct call *c, int o, int k, long distance)
{
    const struct buffer *out = &c->buffer[o], *other = &c->buffer[k];
    if (!meet(distance, buffer_bytes(out), 0, buffer_bytes(other)))
        return true;
    /* dx of packed rows is x as a whole. */
    const bool whole = is_packed(c) && buffer_bytes(out) == buffer_bytes(other);
    if (c->entry->kind == GATED && other->content == FLOATS && !whole)
        return gates_may_overlap(c, o, k, distance);
    return distance == 0 && (out->may_be >> k & 1);
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

const char *call_entry(const struct call *c)
{
    static char text[100];
    if (c->entry->name[0] != '_')
        return c->entry->name;
    snprintf(text, sizeof text, "actfn_%s%s", actfn_op_info(c->op)->name, c->entry->name);
    return text;
}

const char *buffered_call_text(const struct call *c)
{
    static char text[300];
    const int n = snprintf(text, sizeof text, "%s: %s, %s, variant %d, (%zu, %zu, %zu)", test_run, call_entry(c),
                           actfn_op_info(c->op)->name, c->variant, c->outer, c->n, c->inner);
    for (int k = 0, at = n; k < c->buffers; k++)
        if (c->missing >> k & 1)
            at += snprintf(text + at, sizeof text - (size_t)at, ", no %s", c->buffer[k].name);
    return text;
}

bool is_a_call(const char *exported)
{
    for (int e = 0; e < ENTRIES; e++)
        for (int op = 0; op < actfn_op_count(); op++) {
            const struct call c = { .entry = &entries[e], .op = (actfn_op)op };
            if (takes(c.entry, c.op) && strcmp(call_entry(&c), exported) == 0)
                return true;
        }
    return false;
}
