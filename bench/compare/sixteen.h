// SPDX-License-Identifier: MIT
// A contestant on buffers of 16 bits.
#pragma once

#include "../inputs.h"
#include "peer.h"

// What computes a task on buffers of a type; empty where it is not offered.
template <class Type> using Compute = std::function<void(const BuffersIn<typename Type::Number> &)>;

inline void narrow(F16, std::size_t n, const float *x, actfn_f16 *y) { actfn_f32_to_f16(n, x, y); }
inline void narrow(BF16, std::size_t n, const float *x, actfn_bf16 *y) { actfn_f32_to_bf16(n, x, y); }
inline void widen(F16, std::size_t n, const actfn_f16 *x, float *y) { actfn_f16_to_f32(n, x, y); }
inline void widen(BF16, std::size_t n, const actfn_bf16 *x, float *y) { actfn_bf16_to_f32(n, x, y); }

// It converts the floats that it is given before it computes, and the results after; time() measures what lies between.
template <class Type> struct InSixteen : Peer {
    InSixteen() { one_task = true; }

    virtual Compute<Type> compute(const Task &wanted) = 0;

    Call prepare(const Task &wanted) final
    {
        task = wanted;
        run = compute(task);
        if (!run)
            return {};
        return [this](const Buffers &b) {
            const auto mine = load(b);
            run(mine);
            widen(Type(), task.backward ? task.room() : task.n, mine.out, b.out);
        };
    }

    double time(const Call &, const Buffers &b, std::size_t times, bool warm) final
    {
        const auto mine = load(b);
        if (warm)
            run(mine);
        const double start = cpu_seconds();
        for (std::size_t k = 0; k < times; k++)
            run(mine);
        return cpu_seconds() - start;
    }

  private:
    Task task = {};
    Compute<Type> run;

    BuffersIn<typename Type::Number> load(const Buffers &b) const
    {
        const auto &mine = inputs_of<Type>(task.room());
        narrow(Type(), task.room(), b.x, mine.x);
        narrow(Type(), task.n, b.dy, mine.dy);
        if (task.from_output())
            narrow(Type(), task.n, b.y, mine.y);
        return { mine.x, mine.dy, mine.y, mine.out };
    }
};
