/* SPDX-License-Identifier: MIT */
/*
 * examples/ggml/actfn_ggml.c in graphs that ggml computes, on one to four threads.  In F32, F16 and BF16, in both modes,
 * for any strides and in place, the bits are those of a direct call of the library on a copy without gaps.  Wrong arguments are refused with a
 * sentence.  Other tests check the library itself.
 */
#include "actfn_ggml.h"

#include <ggml-cpu.h>

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_THREADS 4

static int checks, failures;

__attribute__((format(printf, 2, 3))) static bool expect(bool right, const char *format, ...)
{
    checks++;
    if (!right) {
        va_list arguments;
        va_start(arguments, format);
        failures++;
        printf("FAILED: ");
        vprintf(format, arguments);
        printf("\n");
        va_end(arguments);
    }
    return right;
}

static struct ggml_context *new_context(void)
{
    struct ggml_context *ctx = ggml_init((struct ggml_init_params) { (size_t)4 << 20, NULL, false });
    if (!ctx)
        abort();
    return ctx;
}

static void compute(struct ggml_context *ctx, struct ggml_tensor *y, int threads)
{
    struct ggml_cgraph *graph = ggml_new_graph(ctx);
    ggml_build_forward_expand(graph, y);
    if (ggml_graph_compute_with_ctx(ctx, graph, threads) != GGML_STATUS_SUCCESS)
        abort();
}

/* ---- types: floats here, whatever the tensors are ------------------------------------------------------------- */

static enum ggml_type type;

static uint16_t narrow(float value)
{
    uint16_t bits;
    if ((type == GGML_TYPE_F16 ? actfn_f32_to_f16 : actfn_f32_to_bf16)(1, &value, &bits) != ACTFN_OK)
        abort();
    return bits;
}

static float widen(uint16_t bits)
{
    float value;
    if ((type == GGML_TYPE_F16 ? actfn_f16_to_f32 : actfn_bf16_to_f32)(1, &bits, &value) != ACTFN_OK)
        abort();
    return value;
}

static uint16_t *narrowed(size_t n, const float *x)
{
    uint16_t *copied = malloc(n * sizeof *copied);
    if (!copied)
        abort();
    for (size_t i = 0; i < n; i++)
        copied[i] = narrow(x[i]);
    return copied;
}

/* Widens and frees the result of a call. */
static actfn_status widened(actfn_status status, size_t n, uint16_t *from, float *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = widen(from[i]);
    free(from);
    return status;
}

static void set(const struct ggml_tensor *t, size_t i, float value)
{
    if (type == GGML_TYPE_F32)
        ((float *)t->data)[i] = value;
    else
        ((uint16_t *)t->data)[i] = narrow(value);
}

static float get(const void *at) { return type == GGML_TYPE_F32 ? *(const float *)at : widen(*(const uint16_t *)at); }

/* ---- tensors ---------------------------------------------------------------------------------------------------- */

/* Numbers in [-20, 20), with infinities and zeros among them if `special`.  A stream always gives the same numbers. */
static void fill(struct ggml_tensor *t, uint64_t stream, bool special)
{
    const size_t n = (size_t)ggml_nelements(t);
    uint32_t *words = malloc(n * sizeof *words);
    if (!words || actfn_random_u32(n, words, 7, stream, 0) != ACTFN_OK)
        abort();
    for (size_t i = 0; i < n; i++)
        set(t, i, (float)((double)words[i] / 107374182.4 - 20));
    if (special && n > 3) {
        set(t, 1, INFINITY);
        set(t, 2, -INFINITY);
        set(t, 3, -0.0f);
    }
    free(words);
}

/* A tensor with given strides, and the tensor that owns the memory. */
struct made {
    struct ggml_tensor *t, *whole;
};

static struct made row(struct ggml_context *ctx)
{
    struct ggml_tensor *t = ggml_new_tensor_1d(ctx, type, 5634);
    return (struct made) { t, t };
}

/* Fewer elements than threads. */
static struct made tiny(struct ggml_context *ctx)
{
    struct ggml_tensor *t = ggml_new_tensor_1d(ctx, type, 2);
    return (struct made) { t, t };
}

static struct made rows_of_38(struct ggml_context *ctx)
{
    struct ggml_tensor *t = ggml_new_tensor_4d(ctx, type, 38, 5, 3, 2);
    return (struct made) { t, t };
}

static struct made gaps(struct ggml_context *ctx)
{
    struct ggml_tensor *whole = ggml_new_tensor_4d(ctx, type, 50, 6, 4, 2);
    return (struct made) {
        ggml_view_4d(ctx, whole, 38, 5, 3, 2, whole->nb[1], whole->nb[2], whole->nb[3], 7 * whole->nb[0]), whole
    };
}

static struct made permuted(struct ggml_context *ctx)
{
    struct ggml_tensor *whole = ggml_new_tensor_4d(ctx, type, 38, 3, 5, 2);
    return (struct made) { ggml_permute(ctx, whole, 0, 2, 1, 3), whole };
}

/* Elements that are not adjacent, in rows that are longer than one block of the adapter. */
static struct made transposed(struct ggml_context *ctx)
{
    struct ggml_tensor *whole = ggml_new_tensor_3d(ctx, type, 7, 1100, 2);
    return (struct made) { ggml_transpose(ctx, whole), whole };
}

/* The other half of a gate, of the same shape. */
static struct made long_rows(struct ggml_context *ctx)
{
    struct ggml_tensor *t = ggml_new_tensor_3d(ctx, type, 1100, 7, 2);
    return (struct made) { t, t };
}

/* Rows of one element: contiguous, whatever nb[0] is. */
static struct made column(struct ggml_context *ctx)
{
    struct ggml_tensor *whole = ggml_new_tensor_2d(ctx, type, 1100, 1);
    return (struct made) { ggml_transpose(ctx, whole), whole };
}

static const struct {
    const char *name;
    struct made (*make)(struct ggml_context *ctx);
    bool in_place;
    bool many; /* tested with every number of threads */
} shapes[] = {
    { "row", row, true, true },
    { "tiny", tiny, true, true },
    { "rows_of_38", rows_of_38, true, false },
    { "gaps", gaps, true, true },
    { "permuted", permuted, true, false },
    { "transposed", transposed, false, false },
    { "long_rows", long_rows, true, false },
    { "column", column, true, false },
};
#define SHAPES (int)(sizeof shapes / sizeof *shapes)

/* The elements in their logical order, from element `first` of each row on. */
static float *copy(const struct ggml_tensor *t, int64_t first, int64_t n)
{
    float *copied = malloc((size_t)(n * ggml_nrows(t)) * sizeof *copied), *to = copied;
    if (!copied)
        abort();
    for (int64_t i3 = 0; i3 < t->ne[3]; i3++)
        for (int64_t i2 = 0; i2 < t->ne[2]; i2++)
            for (int64_t i1 = 0; i1 < t->ne[1]; i1++)
                for (int64_t i0 = first; i0 < first + n; i0++)
                    *to++ = get((const char *)t->data + (size_t)i0 * t->nb[0] + (size_t)i1 * t->nb[1] +
                                (size_t)i2 * t->nb[2] + (size_t)i3 * t->nb[3]);
    return copied;
}

static float *whole_copy(const struct ggml_tensor *t) { return copy(t, 0, t->ne[0]); }

static bool same(const struct ggml_tensor *y, const float *expected)
{
    float *got = whole_copy(y);
    const bool equal = memcmp(got, expected, (size_t)ggml_nelements(y) * sizeof *got) == 0;
    free(got);
    return equal;
}

/* The number of elements outside the view that changed. */
static int touched_gaps(const struct made *x, const float *before)
{
    struct ggml_tensor *t = x->t;
    const size_t n = (size_t)ggml_nelements(x->whole);
    float *now = whole_copy(x->whole);
    bool *inside = calloc(n, sizeof *inside);
    int touched = 0;
    if (!inside)
        abort();
    for (int64_t i3 = 0; i3 < t->ne[3]; i3++)
        for (int64_t i2 = 0; i2 < t->ne[2]; i2++)
            for (int64_t i1 = 0; i1 < t->ne[1]; i1++)
                for (int64_t i0 = 0; i0 < t->ne[0]; i0++)
                    inside[(size_t)((char *)t->data - (char *)x->whole->data + i0 * (int64_t)t->nb[0] +
                                    i1 * (int64_t)t->nb[1] + i2 * (int64_t)t->nb[2] + i3 * (int64_t)t->nb[3]) /
                           ggml_type_size(type)] = true;
    for (size_t i = 0; i < n; i++)
        touched += !inside[i] && memcmp(&now[i], &before[i], sizeof *now) != 0;
    free(inside);
    free(now);
    return touched;
}

/* ---- the same bits ---------------------------------------------------------------------------------------------- */

struct asked {
    actfn_op op;
    actfn_mode mode;
    const float *params;
    struct actfn_ggml act;
};

/* The library itself, on buffers of the type. */

static actfn_status unary(const struct asked *a, size_t n, const float *x, float *y)
{
    if (type == GGML_TYPE_F32)
        return actfn_forward_f32(a->op, a->mode, a->params, n, x, y);
    uint16_t *u = narrowed(n, x);
    return widened((type == GGML_TYPE_F16 ? actfn_forward_f16 : actfn_forward_bf16)(a->op, a->mode, a->params, n, u, u),
                   n, u, y);
}

static actfn_status gate(const struct asked *a, size_t n, const float *u, const float *v, float *y)
{
    if (type == GGML_TYPE_F32)
        return actfn_gates_forward_f32(a->op, a->mode, a->params, 1, n, u, n, v, n, y, n);
    uint16_t *g = narrowed(n, u), *value = narrowed(n, v);
    const actfn_status status = (type == GGML_TYPE_F16 ? actfn_gates_forward_f16 : actfn_gates_forward_bf16)(
        a->op, a->mode, a->params, 1, n, g, n, value, n, g, n);
    free(value);
    return widened(status, n, g, y);
}

static actfn_status over_rows(const struct asked *a, const float *params, size_t rows, size_t n, float *x)
{
    const unsigned int flags = ACTFN_MASKED_ROWS_ZERO;
    if (type == GGML_TYPE_F32)
        return actfn_rows_forward_f32(a->op, a->mode, params, flags, rows, n, 1, x, x);
    uint16_t *u = narrowed(rows * n, x);
    return widened((type == GGML_TYPE_F16 ? actfn_rows_forward_f16 : actfn_rows_forward_bf16)(a->op, a->mode, params,
                                                                                              flags, rows, n, 1, u, u),
                   rows * n, u, x);
}

static const char *name_of(const struct asked *a)
{
    static char name[64];
    snprintf(name, sizeof name, "%s, %s, %s", ggml_type_name(type), actfn_op_info(a->op)->name,
             a->mode == ACTFN_FAST ? "fast" : "accurate");
    return name;
}

static void must(actfn_status status, const char *what)
{
    if (!expect(status == ACTFN_OK, "%s: %s", what, actfn_status_string(status)))
        exit(EXIT_FAILURE);
}

/* A node that was refused cannot be computed. */
static struct ggml_tensor *node(struct ggml_tensor *y, const char *error)
{
    if (!expect(y, "refused: %s", error))
        exit(EXIT_FAILURE);
    return y;
}

static void test_unary(const struct asked *a, int shape, int threads, bool in_place)
{
    struct ggml_context *ctx = new_context();
    const struct made x = shapes[shape].make(ctx);
    const char *error = NULL;
    fill(x.whole, 1, true);
    float *before = whole_copy(x.whole), *input = whole_copy(x.t);
    const size_t n = (size_t)ggml_nelements(x.t);
    float *expected = malloc(n * sizeof *expected);
    if (!expected)
        abort();
    must(unary(a, n, input, expected), name_of(a));
    struct ggml_tensor *y =
        node((in_place ? actfn_ggml_unary_inplace : actfn_ggml_unary)(ctx, x.t, &a->act, &error), error);
    compute(ctx, y, threads);
    expect(same(y, expected), "%s: %s%s, %d threads: other bits", name_of(a), shapes[shape].name,
           in_place ? " in place" : "", threads);
    expect(touched_gaps(&x, before) == 0, "%s: %s%s, %d threads: written outside of the rows", name_of(a),
           shapes[shape].name, in_place ? " in place" : "", threads);
    expect(in_place ? y->data == x.t->data : same(x.t, input), "%s: %s: x was not left as it was", name_of(a),
           shapes[shape].name);
    free(before);
    free(input);
    free(expected);
    ggml_free(ctx);
}

static float *gated(const struct asked *a, size_t n, float *u, float *v)
{
    float *expected = malloc(n * sizeof *expected);
    if (!expected)
        abort();
    must(gate(a, n, u, v, expected), name_of(a));
    free(u);
    free(v);
    return expected;
}

static void test_gate(const struct asked *a, int shape, int other, int threads)
{
    struct ggml_context *ctx = new_context();
    const struct made u = shapes[shape].make(ctx), v = shapes[other].make(ctx);
    const char *error = NULL;
    if (ggml_are_same_shape(u.t, v.t)) {
        fill(u.whole, 1, false);
        fill(v.whole, 2, true);
        float *expected = gated(a, (size_t)ggml_nelements(u.t), whole_copy(u.t), whole_copy(v.t));
        struct ggml_tensor *y = node(actfn_ggml_gate(ctx, u.t, v.t, &a->act, &error), error);
        compute(ctx, y, threads);
        expect(same(y, expected), "%s: %s and %s, %d threads: other bits", name_of(a), shapes[shape].name,
               shapes[other].name, threads);
        free(expected);
    }
    ggml_free(ctx);
}

static void test_packed(const struct asked *a, int shape, actfn_gate_layout layout, int threads)
{
    struct ggml_context *ctx = new_context();
    const struct made x = shapes[shape].make(ctx);
    const int64_t half = x.t->ne[0] / 2;
    const char *error = NULL;
    fill(x.whole, 1, false);
    float *expected = gated(a, (size_t)(half * ggml_nrows(x.t)), copy(x.t, layout == ACTFN_GATE_FIRST ? 0 : half, half),
                            copy(x.t, layout == ACTFN_GATE_FIRST ? half : 0, half));
    struct ggml_tensor *y = node(actfn_ggml_gate_packed(ctx, x.t, layout, &a->act, &error), error);
    compute(ctx, y, threads);
    expect(y->ne[0] == half && ggml_nrows(y) == ggml_nrows(x.t) && same(y, expected),
           "%s: packed %s, layout %d, %d threads: other bits", name_of(a), shapes[shape].name, (int)layout, threads);
    free(expected);
    ggml_free(ctx);
}

enum mask { NO_MASK, MASK_F32, MASK_F16 };

/* Some -inf, and the whole first row -inf.  The other values are exact in a half float. */
static struct ggml_tensor *new_mask(struct ggml_context *ctx, enum mask kind, const struct ggml_tensor *x)
{
    if (kind == NO_MASK)
        return NULL;
    /* More rows than x has; one ne[2] for all of x's; as many ne[3] as x. */
    struct ggml_tensor *mask =
        ggml_new_tensor_4d(ctx, kind == MASK_F32 ? GGML_TYPE_F32 : GGML_TYPE_F16, x->ne[0], x->ne[1] + 2, 1, x->ne[3]);
    for (int64_t i = 0; i < ggml_nelements(mask); i++) {
        const float value = i < x->ne[0] || i % 5 == 4 ? -INFINITY : (float)(i % 9) / -4.0f;
        if (kind == MASK_F32)
            ((float *)mask->data)[i] = value;
        else
            ((ggml_fp16_t *)mask->data)[i] = ggml_fp32_to_fp16(value);
    }
    return mask;
}

static void add_mask(const struct ggml_tensor *x, const struct ggml_tensor *mask, float scale, float *input)
{
    for (int64_t k = 0; k < ggml_nelements(x); k++) {
        const int64_t i0 = k % x->ne[0], i1 = k / x->ne[0] % x->ne[1], i3 = k / x->ne[0] / x->ne[1] / x->ne[2];
        const int64_t at = (i3 * mask->ne[1] + i1) * mask->ne[0] + i0;
        const float m = mask->type == GGML_TYPE_F32 ? ((const float *)mask->data)[at]
                                                    : ggml_fp16_to_fp32(((const ggml_fp16_t *)mask->data)[at]);
        input[k] = scale * input[k] + m;
    }
}

static void test_rows(const struct asked *a, int shape, enum mask kind, int threads, bool in_place)
{
    struct ggml_context *ctx = new_context();
    const struct made x = shapes[shape].make(ctx);
    const char *error = NULL;
    fill(x.whole, 1, false);
    struct ggml_tensor *mask = new_mask(ctx, kind, x.t);
    float *before = whole_copy(x.whole), *input = whole_copy(x.t);
    const float *params = a->params;
    if (mask) {
        add_mask(x.t, mask, params ? params[0] : 1, input);
        params = NULL;
    }
    must(over_rows(a, params, (size_t)ggml_nrows(x.t), (size_t)x.t->ne[0], input), name_of(a));
    struct ggml_tensor *y =
        node((in_place ? actfn_ggml_rows_inplace : actfn_ggml_rows)(ctx, x.t, mask, &a->act, &error), error);
    compute(ctx, y, threads);
    expect(same(y, input), "%s: %s%s, mask %d, %d threads: other bits", name_of(a), shapes[shape].name,
           in_place ? " in place" : "", (int)kind, threads);
    expect(touched_gaps(&x, before) == 0, "%s: %s%s: written outside of the rows", name_of(a), shapes[shape].name,
           in_place ? " in place" : "");
    expect((y->data == x.t->data) == in_place, "%s: %s: in place or not, and not as asked", name_of(a),
           shapes[shape].name);
    free(before);
    free(input);
    ggml_free(ctx);
}

/* All that a 16-bit number can be, NaNs too. */
static void test_all_inputs(actfn_op op)
{
    struct asked asked = { .op = op, .mode = ACTFN_FAST };
    struct ggml_context *ctx = new_context();
    struct ggml_tensor *x = ggml_new_tensor_1d(ctx, type, 1 << 16);
    static uint16_t inputs[1 << 16], expected[1 << 16];
    const char *error = NULL;
    for (int i = 0; i < 1 << 16; i++)
        inputs[i] = (uint16_t)i;
    memcpy(x->data, inputs, sizeof inputs);
    must(actfn_ggml_init(&asked.act, op, ACTFN_FAST, NULL), name_of(&asked));
    must((type == GGML_TYPE_F16 ? actfn_forward_f16 : actfn_forward_bf16)(op, ACTFN_FAST, NULL, 1 << 16, inputs,
                                                                          expected),
         name_of(&asked));
    struct ggml_tensor *y = node(actfn_ggml_unary(ctx, x, &asked.act, &error), error);
    compute(ctx, y, 2);
    expect(y->type == type && memcmp(y->data, expected, sizeof expected) == 0, "%s: of all inputs some have other bits",
           name_of(&asked));
    ggml_free(ctx);
}

static void test_bits(struct asked *a, int threads)
{
    const actfn_family family = actfn_op_info(a->op)->family;
    const bool masks = type == GGML_TYPE_F32 && (a->op == ACTFN_SOFTMAX || a->op == ACTFN_LOG_SOFTMAX);
    must(actfn_ggml_init(&a->act, a->op, a->mode, a->params), name_of(a));
    for (int shape = 0; shape < SHAPES; shape++) {
        if (!shapes[shape].many && (threads > 2 || (threads == 2 && a->mode == ACTFN_FAST)))
            continue;
        if (family == ACTFN_FAMILY_ELEMENTWISE) {
            test_unary(a, shape, threads, false);
            if (shapes[shape].in_place)
                test_unary(a, shape, threads, true);
        } else if (family == ACTFN_FAMILY_GATES) {
            for (int other = 0; other < SHAPES; other++)
                test_gate(a, shape, other, threads);
            for (int layout = ACTFN_GATE_FIRST; layout <= ACTFN_GATE_LAST && shapes[shape].make != column; layout++)
                test_packed(a, shape, (actfn_gate_layout)layout, threads);
        } else {
            for (int kind = NO_MASK; kind <= (masks ? MASK_F16 : NO_MASK); kind++) {
                test_rows(a, shape, (enum mask)kind, threads, false);
                if (shapes[shape].in_place)
                    test_rows(a, shape, (enum mask)kind, threads, true);
            }
        }
    }
}

/* ---- refused arguments ------------------------------------------------------------------------------------------ */

static void test_init(void)
{
    struct actfn_ggml act;
    const float nan_slope[] = { NAN }, slope[] = { 0.25f };
    expect(actfn_ggml_init(&act, (actfn_op)-1, ACTFN_FAST, NULL) == ACTFN_ERR_OP, "no operation is taken");
    expect(actfn_ggml_init(&act, ACTFN_RELU, (actfn_mode)9, NULL) == ACTFN_ERR_MODE, "mode 9 is taken");
    expect(actfn_ggml_init(&act, ACTFN_CLIP, ACTFN_FAST, NULL) == ACTFN_ERR_NULL, "clip has no defaults");
    expect(actfn_ggml_init(&act, ACTFN_LEAKY_RELU, ACTFN_FAST, nan_slope) == ACTFN_ERR_PARAM,
           "a slope of NaN is taken");
    expect(actfn_ggml_init(&act, ACTFN_LOGSUMEXP, ACTFN_FAST, NULL) == ACTFN_ERR_NOT_OFFERED, "logsumexp is taken");
    expect(actfn_ggml_init(&act, ACTFN_PRELU, ACTFN_FAST, NULL) == ACTFN_ERR_NOT_OFFERED, "prelu is taken");
    expect(actfn_ggml_init(&act, ACTFN_LEAKY_RELU, ACTFN_FAST, slope) == ACTFN_OK && act.params[0] == 0.25f,
           "the slope is not kept");
}

/* Expects that *error is set and the context unchanged. */
#define REFUSED(sentence, call)                                                                                        \
    do {                                                                                                               \
        const char *error = "";                                                                                        \
        const size_t used = ggml_used_mem(ctx);                                                                        \
        expect(!(call) && strcmp(error, sentence) == 0, "not refused as '%s', but '%s'", sentence, error);             \
        expect(ggml_used_mem(ctx) == used, "'%s', and something was made", sentence);                                  \
    } while (0)

static void test_refused(void)
{
    struct actfn_ggml gelu, swiglu, softmax, softmin;
    must(actfn_ggml_init(&gelu, ACTFN_GELU, ACTFN_FAST, NULL), "gelu");
    must(actfn_ggml_init(&swiglu, ACTFN_SWIGLU, ACTFN_FAST, NULL), "swiglu");
    must(actfn_ggml_init(&softmax, ACTFN_SOFTMAX, ACTFN_FAST, NULL), "softmax");
    must(actfn_ggml_init(&softmin, ACTFN_SOFTMIN, ACTFN_FAST, NULL), "softmin");
    struct ggml_context *ctx = new_context();
    struct ggml_tensor *x = ggml_new_tensor_3d(ctx, GGML_TYPE_F32, 6, 4, 3), *t = ggml_transpose(ctx, x);
    struct ggml_tensor *half = ggml_new_tensor_3d(ctx, GGML_TYPE_F16, 6, 4, 3);
    struct ggml_tensor *odd = ggml_new_tensor_1d(ctx, GGML_TYPE_F32, 7);
    struct ggml_tensor *same_row = ggml_view_2d(ctx, x, 6, 4, 0, 0), *bytes = ggml_view_2d(ctx, x, 6, 2, 26, 0);
    struct ggml_tensor *mask = ggml_new_tensor_2d(ctx, GGML_TYPE_F32, 6, 4);
    struct ggml_tensor *short_mask = ggml_new_tensor_2d(ctx, GGML_TYPE_F32, 6, 3);
    struct ggml_tensor *long_mask = ggml_new_tensor_2d(ctx, GGML_TYPE_F32, 7, 4);
    struct ggml_tensor *two_masks = ggml_new_tensor_3d(ctx, GGML_TYPE_F32, 6, 4, 2);
    struct ggml_tensor *ints = ggml_new_tensor_2d(ctx, GGML_TYPE_I32, 6, 4);
    struct ggml_tensor *square = ggml_new_tensor_2d(ctx, GGML_TYPE_F32, 6, 6), *turned = ggml_transpose(ctx, square);

    REFUSED("act: it is NULL", actfn_ggml_unary(ctx, x, NULL, &error));
    REFUSED("act: it is not an elementwise operation", actfn_ggml_unary(ctx, x, &swiglu, &error));
    REFUSED("act: it is not a gate", actfn_ggml_gate(ctx, x, x, &gelu, &error));
    REFUSED("act: it is not a gate", actfn_ggml_gate_packed(ctx, x, ACTFN_GATE_FIRST, &softmax, &error));
    REFUSED("act: it is not an operation over rows", actfn_ggml_rows(ctx, x, NULL, &gelu, &error));

    REFUSED("x: it is NULL", actfn_ggml_unary(ctx, NULL, &gelu, &error));
    REFUSED("x: its type is not F32, F16 or BF16", actfn_ggml_unary(ctx, ints, &gelu, &error));
    REFUSED("x: its type is not F32, F16 or BF16", actfn_ggml_unary_inplace(ctx, ints, &gelu, &error));
    REFUSED("x: its type is not F32, F16 or BF16",
            actfn_ggml_gate_packed(ctx, ints, ACTFN_GATE_FIRST, &swiglu, &error));
    REFUSED("x: its type is not F32, F16 or BF16", actfn_ggml_rows(ctx, ints, NULL, &softmax, &error));
    REFUSED("x: a stride is not of whole elements", actfn_ggml_unary(ctx, bytes, &gelu, &error));
    REFUSED("gate: it is NULL", actfn_ggml_gate(ctx, NULL, x, &swiglu, &error));
    REFUSED("gate: its type is not F32, F16 or BF16", actfn_ggml_gate(ctx, ints, x, &swiglu, &error));
    REFUSED("value: its type is not F32, F16 or BF16", actfn_ggml_gate(ctx, x, ints, &swiglu, &error));
    REFUSED("value: it is NULL", actfn_ggml_gate(ctx, x, NULL, &swiglu, &error));
    REFUSED("value: its type is not that of gate", actfn_ggml_gate(ctx, x, half, &swiglu, &error));
    REFUSED("value: its shape is not that of gate", actfn_ggml_gate(ctx, x, t, &swiglu, &error));
    REFUSED("x: its rows have no halves", actfn_ggml_gate_packed(ctx, odd, ACTFN_GATE_FIRST, &swiglu, &error));
    REFUSED("layout: there is no such one", actfn_ggml_gate_packed(ctx, x, (actfn_gate_layout)0, &swiglu, &error));

#define NOT_ADJACENT "x: the elements of its rows are not adjacent, and cannot be computed in place"
    REFUSED(NOT_ADJACENT, actfn_ggml_unary_inplace(ctx, t, &gelu, &error));
    REFUSED(NOT_ADJACENT, actfn_ggml_rows_inplace(ctx, t, NULL, &softmax, &error));
    REFUSED("x: its rows overlap, and cannot be computed in place",
            actfn_ggml_unary_inplace(ctx, same_row, &gelu, &error));

    REFUSED("mask: only softmax and log_softmax take one", actfn_ggml_rows(ctx, x, mask, &softmin, &error));
    REFUSED("mask: only an x of F32 takes one", actfn_ggml_rows(ctx, half, mask, &softmax, &error));
    REFUSED("mask: its type is neither F32 nor F16", actfn_ggml_rows(ctx, x, ints, &softmax, &error));
    REFUSED("mask: the elements of its rows are not adjacent", actfn_ggml_rows(ctx, square, turned, &softmax, &error));
    REFUSED("mask: its shape does not fit that of x", actfn_ggml_rows(ctx, x, short_mask, &softmax, &error));
    REFUSED("mask: its shape does not fit that of x", actfn_ggml_rows(ctx, x, two_masks, &softmax, &error));
    REFUSED("mask: its shape does not fit that of x", actfn_ggml_rows(ctx, x, long_mask, &softmax, &error));
    expect(!actfn_ggml_unary(ctx, ints, &gelu, NULL), "not refused where nobody asks why");
    ggml_free(ctx);
}

/* Buffers that no allocator of ggml would give: the node cannot be computed, and its results are NaN. */
static void test_not_computed(void)
{
    struct actfn_ggml softmax, swiglu;
    must(actfn_ggml_init(&softmax, ACTFN_SOFTMAX, ACTFN_ACCURATE, NULL), "softmax");
    must(actfn_ggml_init(&swiglu, ACTFN_SWIGLU, ACTFN_ACCURATE, NULL), "swiglu");
    for (int k = 0; k < 2; k++) {
        struct ggml_context *ctx = new_context();
        struct ggml_tensor *x = ggml_new_tensor_2d(ctx, type, 100, 3);
        struct ggml_tensor *y =
            k == 0 ? actfn_ggml_rows(ctx, x, NULL, &softmax, NULL) : actfn_ggml_gate(ctx, x, x, &swiglu, NULL);
        fill(x, 1, false);
        y->data = (char *)x->data + ggml_type_size(type);
        compute(ctx, y, 1);
        bool all = true;
        for (int i = 0; i < 300; i++)
            all &= isnan(get((char *)y->data + (size_t)i * ggml_type_size(type)));
        expect(all, "buffers overlap, and the results are not NaN");
        ggml_free(ctx);
    }
}

int main(void)
{
    static const enum ggml_type types[] = { GGML_TYPE_F16, GGML_TYPE_BF16, GGML_TYPE_F32 };
    static const float slope[] = { 0.3f }, scale[] = { 0.125f }, oai[] = { 1.702f, 7 };
    /* One of each family, with threads.  With fewer cores than threads, ggml's threads wait for each other in busy loops.
     */
    static const struct {
        actfn_op op;
        const float *params;
        int threads;
    } ops[] = {
        { ACTFN_GELU, NULL, MAX_THREADS },
        { ACTFN_SILU, NULL, 1 },
        { ACTFN_RELU, NULL, 1 },
        { ACTFN_LEAKY_RELU, slope, 1 },
        { ACTFN_SWIGLU, NULL, MAX_THREADS },
        { ACTFN_GEGLU, NULL, 1 },
        { ACTFN_SWIGLU_OAI, oai, 1 },
        { ACTFN_SOFTMAX, NULL, 1 },
        { ACTFN_SOFTMAX, scale, MAX_THREADS },
        { ACTFN_LOG_SOFTMAX, scale, 1 },
        { ACTFN_HARDMAX, NULL, 1 },
    };
    for (size_t k = 0; k < sizeof ops / sizeof *ops; k++)
        for (int mode = ACTFN_ACCURATE; mode <= ACTFN_FAST; mode++) {
            struct asked asked = { .op = ops[k].op, .mode = (actfn_mode)mode, .params = ops[k].params };
            for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
                type = types[t];
                for (int threads = 1; threads <= ops[k].threads; threads++)
                    if (mode == ACTFN_ACCURATE || threads <= 2)
                        test_bits(&asked, threads);
            }
        }
    test_init();
    test_refused();
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        type = types[t];
        test_not_computed();
        if (type != GGML_TYPE_F32) {
            test_all_inputs(ACTFN_GELU);
            test_all_inputs(ACTFN_TANH);
        }
    }
    printf("%d checks, %d failures, on %s\n", checks, failures, actfn_isa_name());
    return failures != 0;
}
