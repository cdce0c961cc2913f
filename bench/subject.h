// SPDX-License-Identifier: MIT
// A subject of the benchmark, and the functions that measure it.
#pragma once

#include "inputs.h"

#include <actfn.h>
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

// One form of one operation, as the benchmark runs and reports it.
struct Subject {
    std::string op;
    const char *form, *isa, *kind;
    std::size_t bytes; // read and written for an element
    std::string label;
    bool select; // whether isa is an instruction set that the library must select
};

// Measures call(n, inputs), where the inputs are of that type and have at least `room` elements.
template <class Type, class Call>
void measure(benchmark::State &state, const Subject &subject, std::size_t n, std::size_t room, Call call)
{
    const auto &in = inputs_of<Type>(room);
    if (subject.select && actfn_isa_select(subject.isa) != ACTFN_OK)
        return state.SkipWithError("the instruction set is not available");
    for (auto _ : state) {
        call(n, in);
        benchmark::ClobberMemory();
    }
    const std::size_t items = static_cast<std::size_t>(state.iterations()) * n;
    state.SetItemsProcessed(static_cast<std::int64_t>(items));
    state.SetBytesProcessed(static_cast<std::int64_t>(items * subject.bytes));
    state.SetLabel(subject.label);
}

// Registers it for n elements, in a shape that the name ends with; `prepare` runs before, untimed.
template <class Type = F32, class Prepare, class Call>
void add_shape(const Subject &subject, const std::string &shape, std::size_t n, std::size_t room, Prepare prepare,
               Call call)
{
    std::ostringstream name;
    name << subject.op << "/" << subject.form << "/" << subject.isa << "/" << subject.kind << "/" << shape;
    benchmark::RegisterBenchmark(name.str().c_str(), [=](benchmark::State &state) {
        prepare(n, inputs_of<Type>(room));
        measure<Type>(state, subject, n, room, call);
    });
}

constexpr auto nothing = [](std::size_t, const auto &) {};

// The modes that are measured.  In 16 bits both have the same kernels, and the type is the kind of a benchmark.
using Modes = std::vector<actfn_mode>;
template <class Type> const char *kind_of(actfn_mode mode)
{
    return !std::is_same_v<Type, F32> ? Type::text : mode == ACTFN_FAST ? "fast" : "accurate";
}

// What a reader of a single row wants to know: the bound that the catalogue promises for floats, and the parameters.
template <class Type> std::string label_of(actfn_op op, float ulp, const std::vector<float> &params)
{
    std::ostringstream label;
    if (std::is_same_v<Type, F32>)
        label << "ulp=" << ulp;
    for (std::size_t k = 0; k < params.size(); k++)
        label << " " << actfn_op_param(op, static_cast<int>(k))->name << "=" << params[k];
    return label.str();
}

// Every operation of the catalogue that is not elementwise, on an instruction set: families.cpp.  In 16 bits it is rows,
// gates and gumbel_softmax.
template <class Type> void add_families(const char *isa, const Modes &modes);
