/* SPDX-License-Identifier: MIT */
/* The entries of the families: channels, gates, rows, random, losses. */
#include "buffered_entries.h"

#include "suites.h"

#include <string.h>

/* ---- channels ---------------------------------------------------------------------------------------------------- */

static int arrays_of(const struct call *c) { return actfn_op_info(c->op)->param_count; }
static size_t terms_of(const struct call *c) { return c->op == ACTFN_APL ? APL_TERMS : 1; }

static void describe_weights(struct call *c)
{
    for (int k = 0; k < arrays_of(c); k++)
        input(c, actfn_op_param(c->op, k)->name, WEIGHTS, terms_of(c) * c->n);
}

/* The array of pointers is a buffer, too: its end is followed by a page that faults. */
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

/* Pasted: describe_channels_forward_<type>, run_channels_forward_<type> (run_channels_forward_bf16). */
#define CHANNELS_OF(type, content)                                                                                     \
    void describe_channels_forward_##type(struct call *c)                                                              \
    {                                                                                                                  \
        describe_weights(c);                                                                                           \
        output_of(c, "y", content, all_of(c), input(c, "x", content, all_of(c)));                                      \
    }                                                                                                                  \
    void describe_channels_from_output_##type(struct call *c)                                                          \
    {                                                                                                                  \
        describe_weights(c);                                                                                           \
        const unsigned y = input(c, "y", content, all_of(c)), dy = input(c, "dy", content, all_of(c));                 \
        output_of(c, "dx", content, all_of(c), y | dy);                                                                \
    }                                                                                                                  \
    void describe_channels_backward_##type(struct call *c)                                                             \
    {                                                                                                                  \
        describe_weights(c);                                                                                           \
        const unsigned x = input(c, "x", content, all_of(c)), dy = input(c, "dy", content, all_of(c));                 \
        output_of(c, "dx", content, all_of(c), x | dy)->optional = true;                                               \
        for (int k = 0; k < arrays_of(c); k++)                                                                         \
            output(c, "dweights", terms_of(c) * c->n, 0)->optional = true;                                             \
    }                                                                                                                  \
    static actfn_status run_channels_forward_##type(const struct call *c, const float *params, void *const *p)         \
    {                                                                                                                  \
        const int k = arrays_of(c);                                                                                    \
        (void)params;                                                                                                  \
        return actfn_channels_forward_##type(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c),                  \
                                             weights_at(p, k), p[k], p[k + 1]);                                        \
    }                                                                                                                  \
    static actfn_status run_channels_from_output_##type(const struct call *c, const float *params, void *const *p)     \
    {                                                                                                                  \
        const int k = arrays_of(c);                                                                                    \
        (void)params;                                                                                                  \
        return actfn_channels_backward_from_output_##type(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c),     \
                                                          weights_at(p, k), p[k], p[k + 1], p[k + 2]);                 \
    }                                                                                                                  \
    static actfn_status run_channels_backward_##type(const struct call *c, const float *params, void *const *p)        \
    {                                                                                                                  \
        const int k = arrays_of(c);                                                                                    \
        (void)params;                                                                                                  \
        return actfn_channels_backward_##type(c->op, test_mode, c->outer, c->n, c->inner, terms_of(c),                 \
                                              weights_at(p, k), p[k], p[k + 1], p[k + 2], dweights_at(p + k + 3, k));  \
    }
CHANNELS_OF(f32, FLOATS)
CHANNELS_OF(bf16, BF16)
CHANNELS_OF(f16, F16)

/* ---- gates ------------------------------------------------------------------------------------------------------- */

/* The variants: no gaps between rows; the same gap in each buffer; two different gaps; a gap of its own for each buffer. */
enum { TIGHT, GAPS, TWO_GAPS, OTHER_GAPS, GATE_VARIANTS };

/* Makes the last buffer one of rows.  An output may not coincide with a buffer of another stride, unless there is one row. */
static unsigned in_rows(struct call *c, struct buffer *b)
{
    const size_t k = (size_t)c->buffers - 1;
    const size_t gaps[] = { [TIGHT] = 0, [GAPS] = 3, [TWO_GAPS] = k % 2 ? 3 : 1, [OTHER_GAPS] = (k + 1) * (k + 1) };
    b->rows = c->outer;
    b->stride = c->n + gaps[c->variant];
    for (size_t other = 0; other < k; other++)
        if (c->outer > 1 && c->buffer[other].stride != b->stride)
            b->may_be &= ~(1u << other);
    return last_bit(c);
}

static size_t stride_of(const struct call *c, int k) { return c->buffer[(c->param_count != 0) + k].stride; }

/* Pasted: describe_gates_forward_<type>, run_gates_forward_<type> (run_gates_forward_bf16), actfn_gates_forward_<type>. */
#define GATES_OF(type, content)                                                                                        \
    static void describe_gates_forward_##type(struct call *c)                                                          \
    {                                                                                                                  \
        const unsigned u = in_rows(c, add_buffer(c, "u", content, c->n));                                              \
        const unsigned v = in_rows(c, add_buffer(c, "v", content, c->n));                                              \
        in_rows(c, output_of(c, "y", content, c->n, u | v));                                                           \
    }                                                                                                                  \
    static void describe_gates_backward_##type(struct call *c)                                                         \
    {                                                                                                                  \
        const unsigned u = in_rows(c, add_buffer(c, "u", content, c->n));                                              \
        const unsigned v = in_rows(c, add_buffer(c, "v", content, c->n));                                              \
        const unsigned dy = in_rows(c, add_buffer(c, "dy", content, c->n));                                            \
        in_rows(c, output_of(c, "du", content, c->n, u | v | dy));                                                     \
        optional(c);                                                                                                   \
        in_rows(c, output_of(c, "dv", content, c->n, u | v | dy));                                                     \
        optional(c);                                                                                                   \
    }                                                                                                                  \
    void describe_packed_forward_##type(struct call *c)                                                                \
    {                                                                                                                  \
        input(c, "x", content, 2 * all_of(c));                                                                         \
        output_of(c, "y", content, all_of(c), 0);                                                                      \
    }                                                                                                                  \
    void describe_packed_backward_##type(struct call *c)                                                               \
    {                                                                                                                  \
        const unsigned x = input(c, "x", content, 2 * all_of(c));                                                      \
        input(c, "dy", content, all_of(c));                                                                            \
        output_of(c, "dx", content, 2 * all_of(c), x);                                                                 \
    }                                                                                                                  \
    static actfn_status run_gates_forward_##type(const struct call *c, const float *params, void *const *p)            \
    {                                                                                                                  \
        return actfn_gates_forward_##type(c->op, test_mode, params, c->outer, c->n, p[0], stride_of(c, 0), p[1],       \
                                          stride_of(c, 1), p[2], stride_of(c, 2));                                     \
    }                                                                                                                  \
    static actfn_status run_gates_backward_##type(const struct call *c, const float *params, void *const *p)           \
    {                                                                                                                  \
        return actfn_gates_backward_##type(c->op, test_mode, params, c->outer, c->n, p[0], stride_of(c, 0), p[1],      \
                                           stride_of(c, 1), p[2], stride_of(c, 2), p[3], stride_of(c, 3), p[4],        \
                                           stride_of(c, 4));                                                           \
    }                                                                                                                  \
    static actfn_status run_packed_forward_##type(const struct call *c, const float *params, void *const *p)           \
    {                                                                                                                  \
        return actfn_gates_packed_forward_##type(c->op, test_mode, params, layout_of(c), c->outer, 2 * c->n, p[0],     \
                                                 p[1]);                                                                \
    }                                                                                                                  \
    static actfn_status run_packed_backward_##type(const struct call *c, const float *params, void *const *p)          \
    {                                                                                                                  \
        return actfn_gates_packed_backward_##type(c->op, test_mode, params, layout_of(c), c->outer, 2 * c->n, p[0],    \
                                                  p[1], p[2]);                                                         \
    }
GATES_OF(f32, FLOATS)
GATES_OF(bf16, BF16)
GATES_OF(f16, F16)

/* ---- rows -------------------------------------------------------------------------------------------------------- */

enum { FLAG_VARIANTS = 2 }; /* without and with the family's only flag */

static bool has(const struct call *c, unsigned flag) { return actfn_op_info(c->op)->flags & flag; }
static size_t results_of(const struct call *c) { return has(c, ACTFN_OP_REDUCES) ? rows_of(c) : all_of(c); }

/* Buffers of the same shape may coincide. */
static unsigned if_equal(size_t a, size_t b, unsigned bit) { return a == b ? bit : 0; }

/* Pasted: describe_rows_forward_<type>, run_rows_forward_<type> (run_rows_forward_bf16), actfn_rows_forward_<type>.
 * `values`, one for each row, may have another type than the tensors.  Then no tensor may coincide with them. */
#define ROWS_FORM(form, type, content, values)                                                                         \
    void describe_##form##_forward_##type(struct call *c)                                                              \
    {                                                                                                                  \
        const unsigned x = input(c, "x", content, all_of(c));                                                          \
        const bool same = (int)content == (int)values && results_of(c) == all_of(c);                                   \
        output_of(c, "y", values, results_of(c), same ? x : 0);                                                        \
    }                                                                                                                  \
    void describe_##form##_backward_##type(struct call *c)                                                             \
    {                                                                                                                  \
        const size_t results = results_of(c);                                                                          \
        const bool same = (int)content == (int)values && results == all_of(c);                                         \
        unsigned may_be = input(c, "x", content, all_of(c));                                                           \
        c->buffer[c->buffers - 1].unread = !has(c, ACTFN_OP_READS_X);                                                  \
        may_be |= input(c, "y", values, results) * same;                                                               \
        c->buffer[c->buffers - 1].unread = !has(c, ACTFN_OP_READS_Y);                                                  \
        may_be |= input(c, "dy", values, results) * same;                                                              \
        output_of(c, "dx", content, all_of(c), may_be);                                                                \
    }                                                                                                                  \
    static actfn_status run_##form##_forward_##type(const struct call *c, const float *params, void *const *p)         \
    {                                                                                                                  \
        return actfn_##form##_forward_##type(c->op, test_mode, params, c->variant ? ACTFN_MASKED_ROWS_ZERO : 0,        \
                                             c->outer, c->n, c->inner, p[0], p[1]);                                    \
    }                                                                                                                  \
    static actfn_status run_##form##_backward_##type(const struct call *c, const float *params, void *const *p)        \
    {                                                                                                                  \
        return actfn_##form##_backward_##type(c->op, test_mode, params, c->variant ? ACTFN_MASKED_ROWS_ZERO : 0,       \
                                              c->outer, c->n, c->inner, p[0], p[1], p[2], p[3]);                       \
    }

#define ROWS_OF(type, content)                                                                                         \
    ROWS_FORM(rows, type, content, content)                                                                            \
    static void describe_maxout_index_##type(struct call *c)                                                           \
    {                                                                                                                  \
        const unsigned x = input(c, "x", content, all_of(c));                                                          \
        output_of(c, "y", content, rows_of(c), if_equal(rows_of(c), all_of(c), x));                                    \
        add_buffer(c, "index", INDICES, rows_of(c))->output = true;                                                    \
    }                                                                                                                  \
    static void describe_maxout_backward_##type(struct call *c)                                                        \
    {                                                                                                                  \
        input(c, "index", INDICES, rows_of(c));                                                                        \
        const unsigned dy = input(c, "dy", content, rows_of(c));                                                       \
        output_of(c, "dx", content, all_of(c), if_equal(rows_of(c), all_of(c), dy));                                   \
    }                                                                                                                  \
    static actfn_status run_maxout_index_##type(const struct call *c, const float *params, void *const *p)             \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_maxout_index_##type(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2]);                       \
    }                                                                                                                  \
    static actfn_status run_maxout_backward_##type(const struct call *c, const float *params, void *const *p)          \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_maxout_backward_from_index_##type(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2]);         \
    }
ROWS_OF(f32, FLOATS)
ROWS_OF(bf16, BF16)
ROWS_OF(f16, F16)
ROWS_FORM(rows_reduce, bf16, BF16, FLOATS)
ROWS_FORM(rows_reduce, f16, F16, FLOATS)

/* ---- random ------------------------------------------------------------------------------------------------------ */

enum { SEED = 11, STREAM = 22, OFFSET = 33 };

static void describe_words(struct call *c) { add_buffer(c, "words", WORDS, c->n)->output = true; }

static actfn_status run_words(const struct call *c, const float *params, void *const *p)
{
    (void)params;
    return actfn_random_u32(c->n, p[0], SEED, STREAM, OFFSET + c->first);
}

/* Pasted: describe_rrelu_<type>, run_rrelu_<type> (run_rrelu_bf16), actfn_rrelu_<type>. */
#define RRELU_OF(type, content)                                                                                        \
    static void describe_rrelu_##type(struct call *c)                                                                  \
    {                                                                                                                  \
        output_of(c, "y", content, c->n, input(c, "x", content, c->n));                                                \
        output_of(c, "noise", content, c->n, 0)->optional = true;                                                      \
    }                                                                                                                  \
    static actfn_status run_rrelu_##type(const struct call *c, const float *params, void *const *p)                    \
    {                                                                                                                  \
        return actfn_rrelu_##type(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM, OFFSET + c->first);         \
    }                                                                                                                  \
    static actfn_status run_rrelu_backward_##type(const struct call *c, const float *params, void *const *p)           \
    {                                                                                                                  \
        return actfn_rrelu_backward_##type(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM,                    \
                                           OFFSET + c->first);                                                         \
    }                                                                                                                  \
    static actfn_status run_rrelu_from_output_##type(const struct call *c, const float *params, void *const *p)        \
    {                                                                                                                  \
        return actfn_rrelu_backward_from_output_##type(test_mode, params, c->n, p[0], p[1], p[2], SEED, STREAM,        \
                                                       OFFSET + c->first);                                             \
    }                                                                                                                  \
    static actfn_status run_rrelu_from_noise_##type(const struct call *c, const float *params, void *const *p)         \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_rrelu_backward_from_noise_##type(test_mode, c->n, p[0], p[1], p[2]);                              \
    }                                                                                                                  \
    static actfn_status run_rrelu_eval_##type(const struct call *c, const float *params, void *const *p)               \
    {                                                                                                                  \
        return actfn_rrelu_eval_##type(test_mode, params, c->n, p[0], p[1]);                                           \
    }                                                                                                                  \
    static actfn_status run_rrelu_eval_backward_##type(const struct call *c, const float *params, void *const *p)      \
    {                                                                                                                  \
        return actfn_rrelu_eval_backward_##type(test_mode, params, c->n, p[0], p[1], p[2]);                            \
    }
RRELU_OF(f32, FLOATS)
RRELU_OF(bf16, BF16)
RRELU_OF(f16, F16)

#define GUMBEL_OF(type, content)                                                                                       \
    static void describe_gumbel_##type(struct call *c)                                                                 \
    {                                                                                                                  \
        output_of(c, "y", content, all_of(c), input(c, "x", content, all_of(c)));                                      \
        output_of(c, "soft", content, all_of(c), 0)->optional = true;                                                  \
    }                                                                                                                  \
    static void describe_gumbel_backward_##type(struct call *c)                                                        \
    {                                                                                                                  \
        const unsigned soft = input(c, "soft", content, all_of(c)), dy = input(c, "dy", content, all_of(c));           \
        output_of(c, "dx", content, all_of(c), soft | dy);                                                             \
    }                                                                                                                  \
    static actfn_status run_gumbel_##type(const struct call *c, const float *params, void *const *p)                   \
    {                                                                                                                  \
        return actfn_gumbel_softmax_##type(test_mode, params, c->variant ? ACTFN_GUMBEL_HARD : 0, c->outer, c->n,      \
                                           c->inner, p[0], p[1], p[2], SEED, STREAM, OFFSET + c->first);               \
    }                                                                                                                  \
    static actfn_status run_gumbel_backward_##type(const struct call *c, const float *params, void *const *p)          \
    {                                                                                                                  \
        return actfn_gumbel_softmax_backward_##type(test_mode, params, c->outer, c->n, c->inner, p[0], p[1], p[2]);    \
    }
GUMBEL_OF(f32, FLOATS)
GUMBEL_OF(bf16, BF16)
GUMBEL_OF(f16, F16)

/* ---- losses ------------------------------------------------------------------------------------------------------ */

static const float scale = 0.75f;

/* If all buffers hold floats, dz may be w, and loss may be z or t. */
#define LOSS_OF(type, content, targets, all_floats)                                                                    \
    void describe_loss_##type(struct call *c)                                                                          \
    {                                                                                                                  \
        const unsigned z = input(c, "z", content, c->n), t = input(c, "t", targets, c->n);                             \
        const unsigned w = input(c, "w", FLOATS, c->n);                                                                \
        optional(c);                                                                                                   \
        output(c, "loss", c->n, w | (all_floats ? z | t : 0))->optional = true;                                        \
        output_of(c, "dz", content, c->n, z | t | (all_floats ? w : 0))->optional = true;                              \
    }                                                                                                                  \
    static actfn_status run_loss_##type(const struct call *c, const float *params, void *const *p)                     \
    {                                                                                                                  \
        return actfn_loss_##type(c->op, test_mode, params, c->n, p[0], p[1], p[2], scale, p[3], p[4]);                 \
    }
LOSS_OF(f32, FLOATS, TARGETS, 1)
LOSS_OF(bf16, BF16, BF16, 0)
LOSS_OF(f16, F16, F16, 0)

#define ENTROPY_OF(type, content, targets)                                                                             \
    static void describe_cross_entropy_##type(struct call *c)                                                          \
    {                                                                                                                  \
        const unsigned z = input(c, "z", content, all_of(c));                                                          \
        input(c, "classes", CLASSES, rows_of(c));                                                                      \
        const unsigned w = input(c, "w", FLOATS, rows_of(c));                                                          \
        optional(c);                                                                                                   \
        output(c, "loss", rows_of(c), w)->optional = true;                                                             \
        output_of(c, "dz", content, all_of(c), z)->optional = true;                                                    \
    }                                                                                                                  \
    static void describe_dense_##type(struct call *c)                                                                  \
    {                                                                                                                  \
        const unsigned z = input(c, "z", content, all_of(c)), t = input(c, "t", targets, all_of(c));                   \
        const unsigned w = input(c, "w", FLOATS, rows_of(c));                                                          \
        optional(c);                                                                                                   \
        output(c, "loss", rows_of(c), w)->optional = true;                                                             \
        output_of(c, "dz", content, all_of(c), z | t)->optional = true;                                                \
    }                                                                                                                  \
    static actfn_status run_cross_entropy_##type(const struct call *c, const float *params, void *const *p)            \
    {                                                                                                                  \
        return actfn_softmax_cross_entropy_##type(test_mode, params, c->outer, c->n, c->inner, p[0], p[1], -100, p[2], \
                                                  scale, p[3], p[4]);                                                  \
    }                                                                                                                  \
    static actfn_status run_dense_##type(const struct call *c, const float *params, void *const *p)                    \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_softmax_cross_entropy_dense_##type(test_mode, c->outer, c->n, c->inner, p[0], p[1], p[2], scale,  \
                                                        p[3], p[4]);                                                   \
    }
ENTROPY_OF(f32, FLOATS, TARGETS)
ENTROPY_OF(bf16, BF16, BF16)
ENTROPY_OF(f16, F16, F16)

/* ---- the table --------------------------------------------------------------------------------------------------- */

#define CHANNELS ACTFN_FAMILY_CHANNELS, ANY_OP, TENSOR, 1, 0
#define CHANNELS_PRELU ACTFN_FAMILY_CHANNELS, ACTFN_PRELU, TENSOR, 1, 0
#define GATES ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_VARIANTS, 0
#define PACKED_GATES ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_LAYOUTS, 0
#define ROWS ACTFN_FAMILY_ROWS, ANY_OP, TENSOR, FLAG_VARIANTS, 0
#define MAXOUT ACTFN_FAMILY_ROWS, ACTFN_MAXOUT, TENSOR, 1, 0
#define RRELU ACTFN_FAMILY_RANDOM, ACTFN_RRELU, FLAT, 1, 0
#define GUMBEL(variants) ACTFN_FAMILY_RANDOM, ACTFN_GUMBEL_SOFTMAX, TENSOR, variants, 0
#define LOSS ACTFN_FAMILY_LOSSES, ANY_OP, FLAT, 1, 0
#define CROSS_ENTROPY ACTFN_FAMILY_LOSSES, ACTFN_SOFTMAX_CROSS_ENTROPY, TENSOR, 1, 0

#define CHANNEL_ENTRIES(type, traits)                                                                                  \
    { "actfn_channels_forward_" #type, CHANNELS, describe_channels_forward_##type, run_channels_forward_##type,        \
      NO_PARAMS | traits },                                                                                            \
        { "actfn_channels_backward_" #type, CHANNELS, describe_channels_backward_##type, run_channels_backward_##type, \
          NO_PARAMS | traits },                                                                                        \
    {                                                                                                                  \
        "actfn_channels_backward_from_output_" #type, CHANNELS_PRELU, describe_channels_from_output_##type,            \
            run_channels_from_output_##type, NO_PARAMS | traits                                                        \
    }

#define RRELU_ENTRIES(type, traits)                                                                                    \
    { "actfn_rrelu_" #type, RRELU, describe_rrelu_##type, run_rrelu_##type, traits },                                  \
        { "actfn_rrelu_backward_" #type, RRELU, describe_backward_##type, run_rrelu_backward_##type, traits },         \
        { "actfn_rrelu_backward_from_output_" #type, RRELU, describe_backward_##type, run_rrelu_from_output_##type,    \
          traits },                                                                                                    \
        { "actfn_rrelu_backward_from_noise_" #type, RRELU, describe_backward_##type, run_rrelu_from_noise_##type,      \
          NO_PARAMS | traits },                                                                                        \
        { "actfn_rrelu_eval_" #type, RRELU, describe_forward_##type, run_rrelu_eval_##type, traits },                  \
    {                                                                                                                  \
        "actfn_rrelu_eval_backward_" #type, RRELU, describe_backward_##type, run_rrelu_eval_backward_##type, traits    \
    }

#define GATE_ENTRIES(type, traits)                                                                                     \
    { "actfn_gates_forward_" #type, GATES, describe_gates_forward_##type, run_gates_forward_##type, traits },          \
        { "actfn_gates_backward_" #type, GATES, describe_gates_backward_##type, run_gates_backward_##type, traits },   \
        { "actfn_gates_packed_forward_" #type, PACKED_GATES, describe_packed_forward_##type,                           \
          run_packed_forward_##type, PACKED | traits },                                                                \
    {                                                                                                                  \
        "actfn_gates_packed_backward_" #type, PACKED_GATES, describe_packed_backward_##type,                           \
            run_packed_backward_##type, PACKED | traits                                                                \
    }

#define ROW_ENTRIES(type, traits)                                                                                      \
    { "actfn_rows_forward_" #type, ROWS, describe_rows_forward_##type, run_rows_forward_##type, traits },              \
        { "actfn_rows_backward_" #type, ROWS, describe_rows_backward_##type, run_rows_backward_##type, traits },       \
        { "actfn_maxout_index_" #type, MAXOUT, describe_maxout_index_##type, run_maxout_index_##type,                  \
          NO_PARAMS | traits },                                                                                        \
    {                                                                                                                  \
        "actfn_maxout_backward_from_index_" #type, MAXOUT, describe_maxout_backward_##type,                            \
            run_maxout_backward_##type, NO_PARAMS | traits                                                             \
    }

#define GUMBEL_ENTRIES(type, traits)                                                                                   \
    { "actfn_gumbel_softmax_" #type, GUMBEL(2), describe_gumbel_##type, run_gumbel_##type, traits },                   \
    {                                                                                                                  \
        "actfn_gumbel_softmax_backward_" #type, GUMBEL(1), describe_gumbel_backward_##type,                            \
            run_gumbel_backward_##type, traits                                                                         \
    }

#define ENTROPY_ENTRIES(type, traits)                                                                                  \
    { "actfn_softmax_cross_entropy_" #type, CROSS_ENTROPY, describe_cross_entropy_##type, run_cross_entropy_##type,    \
      traits },                                                                                                        \
    {                                                                                                                  \
        "actfn_softmax_cross_entropy_dense_" #type, CROSS_ENTROPY, describe_dense_##type, run_dense_##type,            \
            NO_PARAMS | traits                                                                                         \
    }

#define REDUCE_ENTRIES(type)                                                                                           \
    { "actfn_rows_reduce_forward_" #type, ROWS, describe_rows_reduce_forward_##type, run_rows_reduce_forward_##type,   \
      SIXTEEN_BITS | REDUCING },                                                                                       \
    {                                                                                                                  \
        "actfn_rows_reduce_backward_" #type, ROWS, describe_rows_reduce_backward_##type,                               \
            run_rows_reduce_backward_##type, SIXTEEN_BITS | REDUCING                                                   \
    }

const struct entry family_entries[] = {
    CHANNEL_ENTRIES(f32, 0),
    CHANNEL_ENTRIES(bf16, SIXTEEN_BITS),
    CHANNEL_ENTRIES(f16, SIXTEEN_BITS),
    GATE_ENTRIES(f32, 0),
    GATE_ENTRIES(bf16, SIXTEEN_BITS),
    GATE_ENTRIES(f16, SIXTEEN_BITS),
    ROW_ENTRIES(f32, 0),
    ROW_ENTRIES(bf16, SIXTEEN_BITS),
    ROW_ENTRIES(f16, SIXTEEN_BITS),
    REDUCE_ENTRIES(bf16),
    REDUCE_ENTRIES(f16),
    { "actfn_random_u32", RRELU, describe_words, run_words, NO_PARAMS },
    RRELU_ENTRIES(f32, 0),
    RRELU_ENTRIES(bf16, SIXTEEN_BITS),
    RRELU_ENTRIES(f16, SIXTEEN_BITS),
    GUMBEL_ENTRIES(f32, 0),
    GUMBEL_ENTRIES(bf16, SIXTEEN_BITS),
    GUMBEL_ENTRIES(f16, SIXTEEN_BITS),
    { "actfn_loss_f32", LOSS, describe_loss_f32, run_loss_f32, NOT_ENTROPY },
    { "actfn_loss_bf16", LOSS, describe_loss_bf16, run_loss_bf16, NOT_ENTROPY | SIXTEEN_BITS },
    { "actfn_loss_f16", LOSS, describe_loss_f16, run_loss_f16, NOT_ENTROPY | SIXTEEN_BITS },
    ENTROPY_ENTRIES(f32, 0),
    ENTROPY_ENTRIES(bf16, SIXTEEN_BITS),
    ENTROPY_ENTRIES(f16, SIXTEEN_BITS),
};
const int family_entry_count = sizeof family_entries / sizeof family_entries[0];
