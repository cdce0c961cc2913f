// SPDX-License-Identifier: MIT
// The exact results in long double, by the C library: the benchmark's own oracle for every contestant.
#pragma once

#include "task.h"

#include <vector>

// An exact value and the unit of its error: the value itself, or the magnitudes of the terms whose difference it is, where the
// value crosses zero away from x = 0 and an ulp of it would mean nothing.
struct Exact {
    long double value, scale;
};

// All results of a task, in the layout of Buffers::out.
std::vector<Exact> reference(const Task &task, const Buffers &buffers);
