// SPDX-License-Identifier: MIT
// A task of the comparison: an operation in one direction over n elements.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

// Row operations work on rows of this many elements.
constexpr std::size_t row_length = 1024;

struct Task {
    std::string op; // the catalogue's name
    bool backward;
    std::size_t n;

    bool gate() const { return op == "swiglu"; }
    bool rows() const { return op == "softmax" || op == "log_softmax"; }
    bool from_output() const { return backward && !gate(); } // whether y holds f(x)
    std::size_t room() const { return gate() ? 2 * n : n; }  // elements of x, and of both gradients of a gate
};

// forward   out = f(x); of a gate x is u, then v
// backward  out = dy f'(x); of a gate out is du, then dv; y is f(x), for those who compute from that (not of a gate)
template <class Number> struct BuffersIn {
    const Number *x, *dy, *y;
    Number *out;
};
using Buffers = BuffersIn<float>;

using Call = std::function<void(const Buffers &)>;

// The operations that are compared, in the order of the report.
inline const std::vector<std::string> compared_ops = { "sigmoid",     "tanh",  "gelu",       "gelu_tanh", "silu",
                                                       "elu",         "selu",  "softplus",   "mish",      "log_sigmoid",
                                                       "hardswish",   "relu",  "leaky_relu", "exp",       "softmax",
                                                       "log_softmax", "swiglu" };
