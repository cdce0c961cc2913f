/* SPDX-License-Identifier: MIT */
/* The table of entries, and the call of each. */
#include "calls.h"

#define OP_MODE_PARAMS (HAS_OP | HAS_MODE | HAS_PARAMS)
#define F4 sizeof(float)
#define BIT(slot) (1u << (slot))

/* clang-format off */
/* Elementwise: one or two inputs, and an output that may coincide with either. */
#define UNARY(in, out) { [IN0] = { in, ELEMENTS, F4, 0, 0 }, [OUT0] = { out, ELEMENTS, F4, 0, BIT(IN0) } }
#define BINARY(in, out)                                                              \
    { [IN0] = { in, ELEMENTS, F4, 0, 0 },                                            \
      [IN1] = { "dy", ELEMENTS, F4, 0, 0 },                                          \
      [OUT0] = { out, ELEMENTS, F4, 0, BIT(IN0) | BIT(IN1) } }

const struct entry_row entry_rows[ENTRY_COUNT] = {
    [ENTRY_FORWARD] = { "actfn_forward_f32", ACTFN_FAMILY_ELEMENTWISE, ACTFN_OP_NONE, OP_MODE_PARAMS, UNARY("x", "y") },
    [ENTRY_BACKWARD] = { "actfn_backward_f32", ACTFN_FAMILY_ELEMENTWISE, ACTFN_OP_NONE, OP_MODE_PARAMS,
                         BINARY("x", "dx") },
    [ENTRY_FROM_OUTPUT] = { "actfn_backward_from_output_f32", ACTFN_FAMILY_ELEMENTWISE, ACTFN_OP_NONE, OP_MODE_PARAMS,
                            BINARY("y", "dx") },
    [ENTRY_PARAM_GRADIENT] = { "actfn_param_gradient_f32", ACTFN_FAMILY_ELEMENTWISE, ACTFN_OP_NONE, OP_MODE_PARAMS,
                               { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                                 [IN1] = { "dy", ELEMENTS, F4, 0, 0 },
                                 [OUT0] = { "gradients", PARAMS, F4, 0, 0 } } },
    [ENTRY_CHANNELS_FORWARD] = { "actfn_channels_forward_f32", ACTFN_FAMILY_CHANNELS, ACTFN_OP_NONE,
                                 HAS_OP | HAS_MODE | HAS_OUTER | HAS_INNER | HAS_WEIGHTS, UNARY("x", "y") },
    [ENTRY_CHANNELS_BACKWARD] = { "actfn_channels_backward_f32", ACTFN_FAMILY_CHANNELS, ACTFN_OP_NONE,
                                  HAS_OP | HAS_MODE | HAS_OUTER | HAS_INNER | HAS_WEIGHTS | HAS_DWEIGHTS,
                                  { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                                    [IN1] = { "dy", ELEMENTS, F4, 0, 0 },
                                    [OUT0] = { "dx", ELEMENTS, F4, 1, BIT(IN0) | BIT(IN1) } } },
    [ENTRY_CHANNELS_FROM_OUTPUT] = { "actfn_channels_backward_from_output_f32", ACTFN_FAMILY_CHANNELS, ACTFN_OP_NONE,
                                     HAS_OP | HAS_MODE | HAS_OUTER | HAS_INNER | HAS_WEIGHTS, BINARY("y", "dx") },
    [ENTRY_GATES_FORWARD] = { "actfn_gates_forward_f32", ACTFN_FAMILY_GATES, ACTFN_OP_NONE,
                              OP_MODE_PARAMS | HAS_OUTER | HAS_STRIDES,
                              { [IN0] = { "u", STRIDED, F4, 0, 0 },
                                [IN1] = { "v", STRIDED, F4, 0, 0 },
                                [OUT0] = { "y", STRIDED, F4, 0, BIT(IN0) | BIT(IN1) } } },
    [ENTRY_GATES_BACKWARD] = { "actfn_gates_backward_f32", ACTFN_FAMILY_GATES, ACTFN_OP_NONE,
                               OP_MODE_PARAMS | HAS_OUTER | HAS_STRIDES,
                               { [IN0] = { "u", STRIDED, F4, 0, 0 },
                                 [IN1] = { "v", STRIDED, F4, 0, 0 },
                                 [IN2] = { "dy", STRIDED, F4, 0, 0 },
                                 [OUT0] = { "du", STRIDED, F4, 1, BIT(IN0) | BIT(IN1) | BIT(IN2) },
                                 [OUT1] = { "dv", STRIDED, F4, 1, BIT(IN0) | BIT(IN1) | BIT(IN2) } } },
    [ENTRY_PACKED_FORWARD] = { "actfn_gates_packed_forward_f32", ACTFN_FAMILY_GATES, ACTFN_OP_NONE,
                               OP_MODE_PARAMS | HAS_OUTER | HAS_LAYOUT,
                               { [IN0] = { "x", ELEMENTS, F4, 0, 0 }, [OUT0] = { "y", HALVES, F4, 0, 0 } } },
    [ENTRY_PACKED_BACKWARD] = { "actfn_gates_packed_backward_f32", ACTFN_FAMILY_GATES, ACTFN_OP_NONE,
                                OP_MODE_PARAMS | HAS_OUTER | HAS_LAYOUT,
                                { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                                  [IN1] = { "dy", HALVES, F4, 0, 0 },
                                  [OUT0] = { "dx", ELEMENTS, F4, 0, BIT(IN0) } } },
    [ENTRY_ROWS_FORWARD] = { "actfn_rows_forward_f32", ACTFN_FAMILY_ROWS, ACTFN_OP_NONE,
                             OP_MODE_PARAMS | HAS_FLAGS | HAS_OUTER | HAS_INNER,
                             { [IN0] = { "x", ELEMENTS, F4, 0, 0 }, [OUT0] = { "y", RESULTS, F4, 0, BIT(IN0) } } },
    [ENTRY_ROWS_BACKWARD] = { "actfn_rows_backward_f32", ACTFN_FAMILY_ROWS, ACTFN_OP_NONE,
                              OP_MODE_PARAMS | HAS_FLAGS | HAS_OUTER | HAS_INNER,
                              { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                                [IN1] = { "y", RESULTS, F4, 0, 0 },
                                [IN2] = { "dy", RESULTS, F4, 0, 0 },
                                [OUT0] = { "dx", ELEMENTS, F4, 0, BIT(IN0) | BIT(IN1) | BIT(IN2) } } },
    [ENTRY_MAXOUT_INDEX] = { "actfn_maxout_index_f32", ACTFN_FAMILY_ROWS, ACTFN_MAXOUT,
                             HAS_MODE | HAS_OUTER | HAS_INNER,
                             { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                               [OUT0] = { "y", ROWS, F4, 0, BIT(IN0) },
                               [OUT1] = { "index", ROWS, sizeof(int32_t), 0, 0 } } },
    [ENTRY_MAXOUT_FROM_INDEX] = { "actfn_maxout_backward_from_index_f32", ACTFN_FAMILY_ROWS, ACTFN_MAXOUT,
                                  HAS_MODE | HAS_OUTER | HAS_INNER,
                                  { [IN0] = { "index", ROWS, sizeof(int32_t), 0, 0 },
                                    [IN1] = { "dy", ROWS, F4, 0, 0 },
                                    [OUT0] = { "dx", ELEMENTS, F4, 0, BIT(IN1) } } },
    [ENTRY_RANDOM_U32] = { "actfn_random_u32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU, HAS_DRAWS,
                           { [OUT0] = { "words", ELEMENTS, sizeof(uint32_t), 0, 0 } } },
    [ENTRY_RRELU] = { "actfn_rrelu_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU, HAS_MODE | HAS_PARAMS | HAS_DRAWS,
                      { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                        [OUT0] = { "y", ELEMENTS, F4, 0, BIT(IN0) },
                        [OUT1] = { "noise", ELEMENTS, F4, 1, 0 } } },
    [ENTRY_RRELU_BACKWARD] = { "actfn_rrelu_backward_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU,
                               HAS_MODE | HAS_PARAMS | HAS_DRAWS, BINARY("x", "dx") },
    [ENTRY_RRELU_FROM_OUTPUT] = { "actfn_rrelu_backward_from_output_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU,
                                  HAS_MODE | HAS_PARAMS | HAS_DRAWS, BINARY("y", "dx") },
    [ENTRY_RRELU_FROM_NOISE] = { "actfn_rrelu_backward_from_noise_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU, HAS_MODE,
                                 BINARY("noise", "dx") },
    [ENTRY_RRELU_EVAL] = { "actfn_rrelu_eval_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU, HAS_MODE | HAS_PARAMS,
                           UNARY("x", "y") },
    [ENTRY_RRELU_EVAL_BACKWARD] = { "actfn_rrelu_eval_backward_f32", ACTFN_FAMILY_RANDOM, ACTFN_RRELU,
                                    HAS_MODE | HAS_PARAMS, BINARY("x", "dx") },
    [ENTRY_GUMBEL] = { "actfn_gumbel_softmax_f32", ACTFN_FAMILY_RANDOM, ACTFN_GUMBEL_SOFTMAX,
                       HAS_MODE | HAS_PARAMS | HAS_FLAGS | HAS_OUTER | HAS_INNER | HAS_DRAWS,
                       { [IN0] = { "x", ELEMENTS, F4, 0, 0 },
                         [OUT0] = { "y", ELEMENTS, F4, 0, BIT(IN0) },
                         [OUT1] = { "soft", ELEMENTS, F4, 1, 0 } } },
    [ENTRY_GUMBEL_BACKWARD] = { "actfn_gumbel_softmax_backward_f32", ACTFN_FAMILY_RANDOM, ACTFN_GUMBEL_SOFTMAX,
                                HAS_MODE | HAS_PARAMS | HAS_OUTER | HAS_INNER, BINARY("soft", "dx") },
    [ENTRY_LOSS] = { "actfn_loss_f32", ACTFN_FAMILY_LOSSES, ACTFN_OP_NONE, OP_MODE_PARAMS | HAS_SCALE,
                     { [IN0] = { "z", ELEMENTS, F4, 0, 0 },
                       [IN1] = { "t", ELEMENTS, F4, 0, 0 },
                       [IN2] = { "w", ELEMENTS, F4, 1, 0 },
                       [OUT0] = { "loss", ELEMENTS, F4, 1, BIT(IN0) | BIT(IN1) | BIT(IN2) },
                       [OUT1] = { "dz", ELEMENTS, F4, 1, BIT(IN0) | BIT(IN1) | BIT(IN2) } } },
    [ENTRY_CROSS_ENTROPY] = { "actfn_softmax_cross_entropy_f32", ACTFN_FAMILY_LOSSES, ACTFN_SOFTMAX_CROSS_ENTROPY,
                              HAS_MODE | HAS_PARAMS | HAS_SCALE | HAS_OUTER | HAS_INNER,
                              { [IN0] = { "z", ELEMENTS, F4, 0, 0 },
                                [IN1] = { "classes", ROWS, sizeof(int64_t), 0, 0 },
                                [IN2] = { "w", ROWS, F4, 1, 0 },
                                [OUT0] = { "loss", ROWS, F4, 1, BIT(IN2) },
                                [OUT1] = { "dz", ELEMENTS, F4, 1, BIT(IN0) } } },
    [ENTRY_CROSS_ENTROPY_DENSE] = { "actfn_softmax_cross_entropy_dense_f32", ACTFN_FAMILY_LOSSES,
                                    ACTFN_SOFTMAX_CROSS_ENTROPY, HAS_MODE | HAS_SCALE | HAS_OUTER | HAS_INNER,
                                    { [IN0] = { "z", ELEMENTS, F4, 0, 0 },
                                      [IN1] = { "t", ELEMENTS, F4, 0, 0 },
                                      [IN2] = { "w", ROWS, F4, 1, 0 },
                                      [OUT0] = { "loss", ROWS, F4, 1, BIT(IN2) },
                                      [OUT1] = { "dz", ELEMENTS, F4, 1, BIT(IN0) | BIT(IN1) } } },
};
/* clang-format on */

struct call call_of(enum entry entry, actfn_op op)
{
    return (struct call) { .entry = entry,
                           .op = (int)op,
                           .mode = ACTFN_ACCURATE,
                           .layout = ACTFN_GATE_FIRST,
                           .outer = 1,
                           .inner = 1,
                           .terms = 1,
                           .scale = 1,
                           .ignore_index = -100 };
}

actfn_status call_run(const struct call *c)
{
    const actfn_op op = (actfn_op)c->op;
    const actfn_mode mode = (actfn_mode)c->mode;
    const float *const p = c->params, *const in0 = c->at[IN0], *const in1 = c->at[IN1], *const in2 = c->at[IN2];
    float *const out0 = c->at[OUT0], *const out1 = c->at[OUT1];
    const float *weights[ACTFN_MAX_PARAMS];
    float *gradients[ACTFN_MAX_PARAMS];
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
        weights[k] = c->at[WEIGHTS + k];
        gradients[k] = c->at[GRADIENTS + k];
    }
    const float *const *const ws = c->no_weights ? NULL : weights;
    float *const *const gs = c->no_dweights ? NULL : gradients;
    const size_t *const s = c->stride, outer = c->outer, n = c->n, inner = c->inner;
    const uint64_t seed = c->seed, stream = c->stream, offset = c->offset;

    switch (c->entry) {
    case ENTRY_FORWARD: return actfn_forward_f32(op, mode, p, n, in0, out0);
    case ENTRY_BACKWARD: return actfn_backward_f32(op, mode, p, n, in0, in1, out0);
    case ENTRY_FROM_OUTPUT: return actfn_backward_from_output_f32(op, mode, p, n, in0, in1, out0);
    case ENTRY_PARAM_GRADIENT: return actfn_param_gradient_f32(op, mode, p, n, in0, in1, out0);
    case ENTRY_CHANNELS_FORWARD: return actfn_channels_forward_f32(op, mode, outer, n, inner, c->terms, ws, in0, out0);
    case ENTRY_CHANNELS_BACKWARD:
        return actfn_channels_backward_f32(op, mode, outer, n, inner, c->terms, ws, in0, in1, out0, gs);
    case ENTRY_CHANNELS_FROM_OUTPUT:
        return actfn_channels_backward_from_output_f32(op, mode, outer, n, inner, c->terms, ws, in0, in1, out0);
    case ENTRY_GATES_FORWARD:
        return actfn_gates_forward_f32(op, mode, p, outer, n, in0, s[IN0], in1, s[IN1], out0, s[OUT0]);
    case ENTRY_GATES_BACKWARD:
        return actfn_gates_backward_f32(op, mode, p, outer, n, in0, s[IN0], in1, s[IN1], in2, s[IN2], out0, s[OUT0],
                                        out1, s[OUT1]);
    case ENTRY_PACKED_FORWARD:
        return actfn_gates_packed_forward_f32(op, mode, p, (actfn_gate_layout)c->layout, outer, n, in0, out0);
    case ENTRY_PACKED_BACKWARD:
        return actfn_gates_packed_backward_f32(op, mode, p, (actfn_gate_layout)c->layout, outer, n, in0, in1, out0);
    case ENTRY_ROWS_FORWARD: return actfn_rows_forward_f32(op, mode, p, c->flags, outer, n, inner, in0, out0);
    case ENTRY_ROWS_BACKWARD:
        return actfn_rows_backward_f32(op, mode, p, c->flags, outer, n, inner, in0, in1, in2, out0);
    case ENTRY_MAXOUT_INDEX: return actfn_maxout_index_f32(mode, outer, n, inner, in0, out0, c->at[OUT1]);
    case ENTRY_MAXOUT_FROM_INDEX:
        return actfn_maxout_backward_from_index_f32(mode, outer, n, inner, c->at[IN0], in1, out0);
    case ENTRY_RANDOM_U32: return actfn_random_u32(n, c->at[OUT0], seed, stream, offset);
    case ENTRY_RRELU: return actfn_rrelu_f32(mode, p, n, in0, out0, out1, seed, stream, offset);
    case ENTRY_RRELU_BACKWARD: return actfn_rrelu_backward_f32(mode, p, n, in0, in1, out0, seed, stream, offset);
    case ENTRY_RRELU_FROM_OUTPUT:
        return actfn_rrelu_backward_from_output_f32(mode, p, n, in0, in1, out0, seed, stream, offset);
    case ENTRY_RRELU_FROM_NOISE: return actfn_rrelu_backward_from_noise_f32(mode, n, in0, in1, out0);
    case ENTRY_RRELU_EVAL: return actfn_rrelu_eval_f32(mode, p, n, in0, out0);
    case ENTRY_RRELU_EVAL_BACKWARD: return actfn_rrelu_eval_backward_f32(mode, p, n, in0, in1, out0);
    case ENTRY_GUMBEL:
        return actfn_gumbel_softmax_f32(mode, p, c->flags, outer, n, inner, in0, out0, out1, seed, stream, offset);
    case ENTRY_GUMBEL_BACKWARD: return actfn_gumbel_softmax_backward_f32(mode, p, outer, n, inner, in0, in1, out0);
    case ENTRY_LOSS: return actfn_loss_f32(op, mode, p, n, in0, in1, in2, c->scale, out0, out1);
    case ENTRY_CROSS_ENTROPY:
        return actfn_softmax_cross_entropy_f32(mode, p, outer, n, inner, in0, c->at[IN1], c->ignore_index, in2,
                                               c->scale, out0, out1);
    case ENTRY_CROSS_ENTROPY_DENSE:
        return actfn_softmax_cross_entropy_dense_f32(mode, outer, n, inner, in0, in1, in2, c->scale, out0, out1);
    case ENTRY_COUNT: break;
    }
    return (actfn_status)-1;
}
