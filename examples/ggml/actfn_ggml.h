/* SPDX-License-Identifier: MIT */
/*
 * libactfn's activations as nodes of a ggml graph, on ggml's CPU backend.  An engine needs only these two files:
 *
 *     static struct actfn_ggml swiglu;
 *     actfn_status status = actfn_ggml_init(&swiglu, ACTFN_SWIGLU, ACTFN_FAST, NULL);
 *
 * once, and instead of ggml_swiglu_split(ctx, gate, up)
 *
 *     const char *error;
 *     cur = actfn_ggml_gate(ctx, gate, up, &swiglu, &error);
 *     if (!cur)
 *         fprintf(stderr, "%s\n", error);
 *
 *   Lifetime   A node holds a pointer to its struct actfn_ggml.  The struct must stay in its place, unchanged, as long as a
 *              graph with such a node is computed.  One struct is enough for all layers, graphs and threads.
 *   Threads    The threads are ggml's.  Each computes its part of the elements (rows: of the rows), also of a single row.
 *              The bits do not depend on the number of threads.
 *   Types      F32, F16 or BF16, the same for all tensors of a node.  In 16 bits both modes have the same results: those of
 *              actfn_forward_f16, _bf16 and so on.
 *   Memory     Only the node is allocated, and nothing is copied: kernels read and write the tensors' data.  Elements that
 *              are not adjacent (a transposed tensor) go through a block on the stack.
 *   Strides    The inputs may have any nb[], so views and permuted tensors need no ggml_cont.  y is contiguous, or is x
 *              itself in place.
 *   Errors     The function returns NULL instead of a node, and adds nothing to the context.  *error (unless error is NULL)
 *              is one sentence that begins with the argument's name.  A node that cannot be computed has NaN for results,
 *              because ggml gives a node no other way to report an error.
 *
 * Kernels run in the floating-point environment of ggml's threads.  The environment must have round-to-nearest and masked
 * traps, as in every new process.
 */
#ifndef ACTFN_GGML_H
#define ACTFN_GGML_H

#include <actfn.h>
#include <ggml.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An operation.  actfn_ggml_init fills in the struct, and nodes only read it. */
struct actfn_ggml {
    actfn_op op;
    actfn_mode mode;
    actfn_family family;
    float params[ACTFN_MAX_PARAMS];
    actfn_forward_fn kernel; /* the kernel of an elementwise operation; NULL for others */
    actfn_forward_f16_fn kernel_f16;
    actfn_forward_bf16_fn kernel_bf16;
};

/*
 * Accepts elementwise operations, gates, and the row operations that keep the shape.  params as in actfn.h, NULL for the
 * defaults; they are copied.  ACTFN_ERR_OP, _MODE, _NULL or _PARAM, and _NOT_OFFERED for any other operation.
 */
actfn_status actfn_ggml_init(struct actfn_ggml *act, actfn_op op, actfn_mode mode, const float *params);

/* y = f(x), as ggml_silu, ggml_gelu_erf ... and their _inplace */
struct ggml_tensor *actfn_ggml_unary(struct ggml_context *ctx, struct ggml_tensor *x, const struct actfn_ggml *act,
                                     const char **error);
struct ggml_tensor *actfn_ggml_unary_inplace(struct ggml_context *ctx, struct ggml_tensor *x,
                                             const struct actfn_ggml *act, const char **error);

/* y = value g(gate), both of the same shape, as ggml_swiglu_split(ctx, gate, value) ... */
struct ggml_tensor *actfn_ggml_gate(struct ggml_context *ctx, struct ggml_tensor *gate, struct ggml_tensor *value,
                                    const struct actfn_ggml *act, const char **error);

/* The same with gate and value as the halves of each row: ACTFN_GATE_FIRST is ggml_swiglu(ctx, x), _LAST ggml_swiglu_swapped.
 * */
struct ggml_tensor *actfn_ggml_gate_packed(struct ggml_context *ctx, struct ggml_tensor *x, actfn_gate_layout layout,
                                           const struct actfn_ggml *act, const char **error);

/*
 * Over ne[0], as ggml_soft_max and ggml_soft_max_ext: y = softmax(scale x + mask), where scale is the operation's parameter.
 * mask is NULL, or, for softmax and log_softmax of an F32 x, F32 or F16 with x's ne[0], at least x's ne[1], and an ne[2] and
 * ne[3] that divide x's.  A row that is masked completely gives +0 in softmax and -inf in log_softmax.  ALiBi's slopes and
 * sinks are not offered.
 */
struct ggml_tensor *actfn_ggml_rows(struct ggml_context *ctx, struct ggml_tensor *x, struct ggml_tensor *mask,
                                    const struct actfn_ggml *act, const char **error);
struct ggml_tensor *actfn_ggml_rows_inplace(struct ggml_context *ctx, struct ggml_tensor *x, struct ggml_tensor *mask,
                                            const struct actfn_ggml *act, const char **error);

#ifdef __cplusplus
}
#endif

#endif
