/* SPDX-License-Identifier: MIT */
/* Parts of a transformer as ggml graphs: of random weights, with ggml's own activations or with libactfn's. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <ggml-alloc.h>
#include <ggml-backend.h>

#include <stdbool.h>

enum block {
    SWIGLU,    /* down (silu(gate x) * up x), the feed-forward part of Llama and similar models */
    GELU,      /* down gelu(up x), of BERT */
    GELU_TANH, /* the same with the tanh form, of GPT-2 */
    ATTENTION, /* softmax(scale q k + mask) v, without the projections around it */
    BLOCKS
};

enum contestant { GGML, ACCURATE, FAST, CONTESTANTS };

struct sizes {
    int64_t tokens, width, hidden, heads, head_width, context;
    enum ggml_type weights;
};

/* The inputs of all contestants. */
struct inputs {
    struct sizes s;
    struct ggml_context *weights_ctx, *ctx;
    ggml_backend_buffer_t weights_buffer, buffer;
    struct ggml_tensor *gate, *up, *down; /* [width][hidden], [width][hidden], [hidden][width] */
    struct ggml_tensor *x, *q, *k, *v, *mask;
    float *gate_values, *up_values, *down_values; /* the weights after rounding to their type */
};

struct graph {
    struct ggml_context *ctx;
    struct ggml_cgraph *nodes;
    ggml_gallocr_t memory;
    struct ggml_tensor *before, *value, *after, *out; /* input, a gate's other factor, result */
    double began, ended;                              /* of the activation, in seconds */
};

const char *block_name(enum block b);
const char *contestant_name(enum contestant c);

/* Seconds: of the wall clock, or, after time_this_thread(), the CPU time of this thread. */
double now(void);
void time_this_thread(void);

/* False, with a message on stderr, if there is no memory, or these sizes do not fit the weights' type. */
bool inputs_init(struct inputs *in, ggml_backend_t backend, const struct sizes *s);
void inputs_free(struct inputs *in);

/* keep: before, value and after can be read after the computation.  Otherwise ggml reuses their memory. */
bool graph_init(struct graph *g, ggml_backend_t backend, const struct inputs *in, enum block b, enum contestant c,
                bool keep);
void graph_free(struct graph *g);

/* Errors of a graph that was kept and computed, compared with double precision. */
struct errors {
    double ulp;      /* the activation's largest error for the floats that it was given */
    double absolute; /* the same as an absolute error */
    double out;      /* the last token's result: error over its largest number */
};
struct errors graph_errors(const struct graph *g, const struct inputs *in, enum block b);

#endif
