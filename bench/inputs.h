// SPDX-License-Identifier: MIT
// The buffers that every benchmark of a run shares, so that two of them never differ by where their memory lies.
#pragma once

#include "types.h"

#include <cstddef>
#include <string>

// The kinds of numbers that nets have: ordinary ones, a wide range, the result of dropped-out units, one unit in 50 far out,
// saturated ones; for rows also the masks of attention.  The last kinds are those that no net should have.
enum class Distribution {
    normal,
    uniform,
    wide,
    zeros,
    far_out,
    saturated,
    half_minus_inf,
    half_minus_1e4,
    causal,
    subnormal,
    nan
};

const char *distribution_text(Distribution distribution);

// Whether the kind is a mask, which only rows have.
bool distribution_masks(Distribution distribution);

// Sets the kind of numbers that inputs() returns from now on.  Earlier buffers are no longer valid.
void use_distribution(Distribution distribution);

template <class Number> struct BuffersOf {
    Number *x, *dy; // as distributed, and N(0,1)
    Number *y;      // room for f(x), the input of the from-output form
    Number *out;    // results go here
};
using Inputs = BuffersOf<float>;

// Buffers of at least n elements, which hold the same numbers, rounded to the type.  Asking for more than the caches hold
// makes a second, large set.
template <class Type> const BuffersOf<typename Type::Number> &inputs_of(std::size_t n);
inline const Inputs &inputs(std::size_t n) { return inputs_of<F32>(n); }
