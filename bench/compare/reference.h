// SPDX-License-Identifier: MIT
// What the results should be, in long double by the C library: an oracle of the benchmark's own, for every contestant.
#pragma once

#include "task.h"

#include <vector>

// An exact value, and what its error is measured against: the value itself, or the magnitudes of the terms it is the
// difference of, where it crosses zero away from x = 0 and an ulp of it would mean nothing.
struct Exact {
    long double value, scale;
};

// All results of a task, in the layout of Buffers::out.
std::vector<Exact> reference(const Task &task, const Buffers &buffers);
