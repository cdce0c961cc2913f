// SPDX-License-Identifier: MIT
// The buffers that every benchmark of a run shares, so that two of them never differ by where their memory lies.
#pragma once

#include <cstddef>
#include <string>

enum class Distribution { normal, uniform, saturated, subnormal, nan };

const char *distribution_text(Distribution distribution);

// What inputs() holds from now on; what it gave before is gone.
void use_distribution(Distribution distribution);

struct Inputs {
    float *x, *dy; // as distributed, and N(0,1)
    float *y;      // room for f(x), the input of the from-output form
    float *out;    // results go here
};

// Buffers of at least n elements.  Asking for more than the caches hold makes a second, large set.
const Inputs &inputs(std::size_t n);
