// SPDX-License-Identifier: MIT
// The buffers that all benchmarks of a run share, so that no two benchmarks differ by the place of their memory.
#pragma once

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

struct Inputs {
    float *x, *dy; // x has the distribution; dy is N(0,1)
    float *y;      // room for f(x), the input of the from-output form
    float *out;    // results go here
};

// Buffers of at least n elements.  For more elements than the caches hold, the function makes a second, large set.
const Inputs &inputs(std::size_t n);
