// SPDX-License-Identifier: MIT
// The types of the buffers, each with the entries of the library for it, so that one text measures all of them.
#pragma once

#include <actfn.h>

#define BENCH_TYPE(Type, number, suffix)                                                                               \
    struct Type {                                                                                                      \
        using Number = number;                                                                                         \
        static constexpr const char *text = #suffix;                                                                   \
        static constexpr auto forward = actfn_forward_##suffix;                                                        \
        static constexpr auto backward = actfn_backward_##suffix;                                                      \
        static constexpr auto backward_from_output = actfn_backward_from_output_##suffix;                              \
        static constexpr auto param_gradient = actfn_param_gradient_##suffix;                                          \
        static constexpr auto rows_forward = actfn_rows_forward_##suffix;                                              \
        static constexpr auto rows_backward = actfn_rows_backward_##suffix;                                            \
        static constexpr auto gates_forward = actfn_gates_forward_##suffix;                                            \
        static constexpr auto gates_backward = actfn_gates_backward_##suffix;                                          \
        static constexpr auto gates_packed_forward = actfn_gates_packed_forward_##suffix;                              \
        static constexpr auto gumbel_softmax = actfn_gumbel_softmax_##suffix;                                          \
        static constexpr auto gumbel_softmax_backward = actfn_gumbel_softmax_backward_##suffix;                        \
    }

BENCH_TYPE(F32, float, f32);
BENCH_TYPE(F16, actfn_f16, f16);
BENCH_TYPE(BF16, actfn_bf16, bf16);
#undef BENCH_TYPE
