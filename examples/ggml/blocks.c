/* SPDX-License-Identifier: MIT */
#include "blocks.h"

#include "actfn_ggml.h"

#include <ggml-cpu.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *block_name(enum block b)
{
    static const char *const names[] = { "swiglu", "gelu", "gelu_tanh", "attention" };
    return names[b];
}

const char *contestant_name(enum contestant c)
{
    static const char *const names[] = { "ggml", "actfn accurate", "actfn fast" };
    return names[c];
}

static clockid_t clock_id = CLOCK_MONOTONIC;

void time_this_thread(void) { clock_id = CLOCK_THREAD_CPUTIME_ID; }

double now(void)
{
    struct timespec t;
    clock_gettime(clock_id, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- inputs ----------------------------------------------------------------------------------------------------- */

/* Uniform numbers of mean 0 and the given standard deviation.  Sums over a row of a matrix are nearly normal. */
static float *random_values(int64_t n, uint64_t stream, double deviation)
{
    float *values = malloc((size_t)n * sizeof *values);
    uint32_t words[4096];
    for (int64_t at = 0; values && at < n; at += 4096) {
        const int64_t count = n - at < 4096 ? n - at : 4096;
        actfn_random_u32((size_t)count, words, 1, stream, (uint64_t)at);
        for (int64_t i = 0; i < count; i++)
            values[at + i] = (float)(deviation * sqrt(12) * (((double)words[i] + 0.5) / 4294967296 - 0.5));
    }
    return values;
}

/* Makes the values of a tensor, and returns them after rounding to its type. */
static float *set_random(struct ggml_tensor *t, uint64_t stream, double deviation)
{
    const int64_t n = ggml_nelements(t), rows = ggml_nrows(t);
    float *values = random_values(n, stream, deviation);
    void *stored = malloc(ggml_nbytes(t));
    if (values && stored && t->type != GGML_TYPE_F32) {
        ggml_quantize_chunk(t->type, values, stored, 0, rows, t->ne[0], NULL);
        ggml_get_type_traits(t->type)->to_float(stored, values, n);
        ggml_backend_tensor_set(t, stored, 0, ggml_nbytes(t));
    } else if (values && stored) {
        ggml_backend_tensor_set(t, values, 0, ggml_nbytes(t));
    }
    free(stored);
    return values;
}

static bool set_input(struct ggml_tensor *t, uint64_t stream)
{
    float *values = set_random(t, stream, 1);
    free(values);
    return values;
}

/* The last token sees the whole context.  Each token before sees one place less than the next one. */
static void set_causal(struct ggml_tensor *mask)
{
    float *m = mask->data;
    for (int64_t t = 0; t < mask->ne[1]; t++)
        for (int64_t i = 0; i < mask->ne[0]; i++)
            m[t * mask->ne[0] + i] = i > mask->ne[0] - mask->ne[1] + t ? -INFINITY : 0;
}

/* The memory in which ggml rearranges weights of 4 bits for its fast products, as in llama.cpp. */
static ggml_backend_buffer_type_t weights_memory(ggml_backend_t backend, enum ggml_type type)
{
    ggml_backend_dev_t device = ggml_backend_get_device(backend);
    ggml_backend_dev_get_extra_bufts_t extra = NULL;
    void *found =
        ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(device), "ggml_backend_dev_get_extra_bufts");
    memcpy(&extra, &found, sizeof extra);
    for (ggml_backend_buffer_type_t *b = extra && type == GGML_TYPE_Q4_0 ? extra(device) : NULL; b && *b; b++)
        if (strcmp(ggml_backend_buft_name(*b), "CPU_REPACK") == 0)
            return *b;
    return ggml_backend_get_default_buffer_type(backend);
}

bool inputs_init(struct inputs *in, ggml_backend_t backend, const struct sizes *s)
{
    *in = (struct inputs) { .s = *s };
    const int64_t block = ggml_blck_size(s->weights);
    if (s->width % block || s->hidden % block) {
        fprintf(stderr, "--width and --hidden must be multiples of %lld for weights of %s\n", (long long)block,
                ggml_type_name(s->weights));
        return false;
    }
    const struct ggml_init_params room = { 16 * ggml_tensor_overhead(), NULL, true };
    if (!(in->weights_ctx = ggml_init(room)) || !(in->ctx = ggml_init(room)))
        return false;
    in->gate = ggml_new_tensor_2d(in->weights_ctx, s->weights, s->width, s->hidden);
    in->up = ggml_new_tensor_2d(in->weights_ctx, s->weights, s->width, s->hidden);
    in->down = ggml_new_tensor_2d(in->weights_ctx, s->weights, s->hidden, s->width);
    in->x = ggml_new_tensor_2d(in->ctx, GGML_TYPE_F32, s->width, s->tokens);
    in->q = ggml_new_tensor_3d(in->ctx, GGML_TYPE_F32, s->head_width, s->tokens, s->heads);
    in->k = ggml_new_tensor_3d(in->ctx, GGML_TYPE_F16, s->head_width, s->context, s->heads);
    in->v = ggml_new_tensor_3d(in->ctx, GGML_TYPE_F16, s->context, s->head_width, s->heads);
    in->mask = ggml_new_tensor_2d(in->ctx, GGML_TYPE_F32, s->context, s->tokens);
    in->weights_buffer = ggml_backend_alloc_ctx_tensors_from_buft(in->weights_ctx, weights_memory(backend, s->weights));
    in->buffer = ggml_backend_alloc_ctx_tensors(in->ctx, backend);
    if (!in->weights_buffer || !in->buffer) {
        fprintf(stderr, "not enough memory\n");
        return false;
    }
    in->gate_values = set_random(in->gate, 1, 1 / sqrt((double)s->width));
    in->up_values = set_random(in->up, 2, 1 / sqrt((double)s->width));
    in->down_values = set_random(in->down, 3, 1 / sqrt((double)s->hidden));
    set_causal(in->mask);
    if (in->gate_values && in->up_values && in->down_values && set_input(in->x, 4) && set_input(in->q, 5) &&
        set_input(in->k, 6) && set_input(in->v, 7))
        return true;
    fprintf(stderr, "not enough memory\n");
    return false;
}

void inputs_free(struct inputs *in)
{
    free(in->gate_values);
    free(in->up_values);
    free(in->down_values);
    ggml_backend_buffer_free(in->weights_buffer);
    ggml_backend_buffer_free(in->buffer);
    ggml_free(in->weights_ctx);
    ggml_free(in->ctx);
}

/* ---- graphs ----------------------------------------------------------------------------------------------------- */

/* Every node begins when all threads have finished the node before, so the first thread's clock is enough. */
static void stamp_node(struct ggml_tensor *y, const struct ggml_tensor *x, int ith, int nth, void *seconds)
{
    (void)y, (void)x, (void)nth;
    if (ith == 0)
        *(double *)seconds = now();
}

static struct ggml_tensor *stamp(struct ggml_context *ctx, struct ggml_tensor *t, double *seconds)
{
    return ggml_map_custom1_inplace(ctx, t, stamp_node, 1, seconds);
}

/* The operation of a block for nodes.  It is looked up once, and lives as long as the program. */
static const struct actfn_ggml *operation(enum block b, enum contestant c, const struct sizes *s)
{
    static struct actfn_ggml found[BLOCKS][CONTESTANTS];
    static const actfn_op ops[] = { ACTFN_SWIGLU, ACTFN_GELU, ACTFN_GELU_TANH, ACTFN_SOFTMAX };
    const float scale = 1 / sqrtf((float)s->head_width);
    const actfn_status status =
        actfn_ggml_init(&found[b][c], ops[b], c == FAST ? ACTFN_FAST : ACTFN_ACCURATE, b == ATTENTION ? &scale : NULL);
    if (status != ACTFN_OK)
        fprintf(stderr, "%s: %s\n", block_name(b), actfn_status_string(status));
    return status == ACTFN_OK ? &found[b][c] : NULL;
}

/*
 * The activation's node.  ggml's allocator puts ggml's own unary and softmax nodes in place if it can, but never custom nodes:
 * for those the caller must ask for in place.
 */
static struct ggml_tensor *activation(struct graph *g, const struct inputs *in, enum block b, enum contestant c,
                                      bool keep)
{
    struct ggml_context *ctx = g->ctx;
    if (c == GGML)
        return b == SWIGLU      ? ggml_swiglu_split(ctx, g->before, g->value)
               : b == GELU      ? ggml_gelu_erf(ctx, g->before)
               : b == GELU_TANH ? ggml_gelu(ctx, g->before)
                                : ggml_soft_max_ext(ctx, g->before, in->mask, 1 / sqrtf((float)in->s.head_width), 0);
    const struct actfn_ggml *act = operation(b, c, &in->s);
    const char *error = "no such operation";
    struct ggml_tensor *y =
        !act             ? NULL
        : b == SWIGLU    ? actfn_ggml_gate(ctx, g->before, g->value, act, &error)
        : b == ATTENTION ? (keep ? actfn_ggml_rows : actfn_ggml_rows_inplace)(ctx, g->before, in->mask, act, &error)
                         : (keep ? actfn_ggml_unary : actfn_ggml_unary_inplace)(ctx, g->before, act, &error);
    if (!y)
        fprintf(stderr, "%s: %s\n", block_name(b), error);
    return y;
}

bool graph_init(struct graph *g, ggml_backend_t backend, const struct inputs *in, enum block b, enum contestant c,
                bool keep)
{
    *g = (struct graph) { .ctx = ggml_init((struct ggml_init_params) {
                              64 * ggml_tensor_overhead() + ggml_graph_overhead(), NULL, true }) };
    if (!g->ctx)
        return false;
    /* ggml orders the nodes as it finds them: a gate's value comes after the gate. */
    if (b == ATTENTION) {
        g->before = stamp(g->ctx, ggml_mul_mat(g->ctx, in->k, in->q), &g->began);
    } else if (b == SWIGLU) {
        g->before = ggml_mul_mat(g->ctx, in->gate, in->x);
        g->value = stamp(g->ctx, ggml_mul_mat(g->ctx, in->up, in->x), &g->began);
    } else {
        g->before = stamp(g->ctx, ggml_mul_mat(g->ctx, in->up, in->x), &g->began);
    }
    g->after = activation(g, in, b, c, keep);
    if (!g->after)
        return false;
    g->out = ggml_mul_mat(g->ctx, b == ATTENTION ? in->v : in->down, stamp(g->ctx, g->after, &g->ended));
    ggml_set_output(g->out);
    if (keep) {
        ggml_set_output(g->before->view_src ? g->before->view_src : g->before);
        if (g->value)
            ggml_set_output(g->value->view_src);
        ggml_set_output(g->after);
    }
    g->nodes = ggml_new_graph(g->ctx);
    ggml_build_forward_expand(g->nodes, g->out);
    g->memory = ggml_gallocr_new(ggml_backend_get_default_buffer_type(backend));
    return g->memory && ggml_gallocr_alloc_graph(g->memory, g->nodes);
}

void graph_free(struct graph *g)
{
    ggml_gallocr_free(g->memory);
    ggml_free(g->ctx);
}
