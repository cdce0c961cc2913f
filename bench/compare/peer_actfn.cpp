// SPDX-License-Identifier: MIT
// The library, by its public entries: both modes on every vector instruction set, and memcpy as the roof.  In 16 bits both modes
// are the same, and the fast mode on floats stands beside them.
#include "sixteen.h"

#include <actfn.h>

#include <cstdint>
#include <cstring>

namespace
{

// A task by the entries for a type; empty where it is not offered.
template <class Type> Compute<Type> compute_of(const Task &task, actfn_mode mode)
{
    using In = const BuffersIn<typename Type::Number> &;
    const actfn_op op = actfn_op_from_name(task.op.c_str());
    const std::size_t n = task.n;
    if (op == ACTFN_OP_NONE)
        return {};
    if (task.gate() && task.backward)
        return [=](In b) {
            Type::gates_backward(op, mode, nullptr, 1, n, b.x, n, b.x + n, n, b.dy, n, b.out, n, b.out + n, n);
        };
    if (task.gate())
        return [=](In b) { Type::gates_forward(op, mode, nullptr, 1, n, b.x, n, b.x + n, n, b.out, n); };
    if (task.rows() && task.backward)
        return [=](In b) {
            Type::rows_backward(op, mode, nullptr, 0, n / row_length, row_length, 1, nullptr, b.y, b.dy, b.out);
        };
    if (task.rows())
        return [=](In b) { Type::rows_forward(op, mode, nullptr, 0, n / row_length, row_length, 1, b.x, b.out); };
    if (task.backward)
        return [=](In b) { Type::backward(op, mode, nullptr, n, b.x, b.dy, b.out); };
    return [=](In b) { Type::forward(op, mode, nullptr, n, b.x, b.out); };
}

// The derivative from f(x), for who kept that and not x: what some peers' derivatives are, too.
template <class Type> Compute<Type> compute_from_output(const Task &task, actfn_mode mode)
{
    const actfn_op op = actfn_op_from_name(task.op.c_str());
    if (!task.from_output() || task.rows() || op == ACTFN_OP_NONE ||
        Type::backward_from_output(op, mode, nullptr, 0, nullptr, nullptr, nullptr) != ACTFN_OK)
        return {};
    return [op, mode, n = task.n](const BuffersIn<typename Type::Number> &b) {
        Type::backward_from_output(op, mode, nullptr, n, b.y, b.dy, b.out);
    };
}

// The library on an instruction set: on floats, or on a type that Base computes on.
template <class Type, class Base> struct Ours : Base {
    const actfn_mode mode;
    const bool from_output;

    Ours(const std::string &isa, const std::string &kind, actfn_mode m, bool from_y) : mode(m), from_output(from_y)
    {
        this->name = "actfn-" + isa + "-" + kind + (from_y ? "-from-y" : "");
        this->version = actfn_version_string();
        this->isa = isa;
        this->ours = true;
    }

    Compute<Type> offered(const Task &task) const
    {
        return from_output ? compute_from_output<Type>(task, mode) : compute_of<Type>(task, mode);
    }
    void select() override { actfn_isa_select(this->isa.c_str()); }
};

struct OursInFloats final : Ours<F32, Peer> {
    using Ours::Ours;

    Call prepare(const Task &task) override { return offered(task); }
};

template <class Type> struct OursInSixteen final : Ours<Type, InSixteen<Type>> {
    OursInSixteen(const std::string &isa, bool from_y)
        : Ours<Type, InSixteen<Type>>(isa, Type::text, ACTFN_FAST, from_y)
    {
    }

    Compute<Type> compute(const Task &task) override { return this->offered(task); }
};

template <class Type> void add_sixteen(Peers &peers, const std::string &isa, bool best)
{
    peers.present.push_back(std::make_unique<OursInSixteen<Type>>(isa, false));
    // What it is measured by.
    peers.present.push_back(std::make_unique<OursInFloats>(isa, F32::text, ACTFN_FAST, false));
    if (best)
        peers.present.push_back(std::make_unique<OursInSixteen<Type>>(isa, true));
}

void add_floats(Peers &peers, const std::string &isa, bool best)
{
    peers.present.push_back(std::make_unique<OursInFloats>(isa, "fast", ACTFN_FAST, false));
    peers.present.push_back(std::make_unique<OursInFloats>(isa, "accurate", ACTFN_ACCURATE, false));
    if (best)
        peers.present.push_back(std::make_unique<OursInFloats>(isa, "fast", ACTFN_FAST, true));
}

struct Roof final : Peer {
    Roof() { name = "memcpy"; }

    Call prepare(const Task &task) override
    {
        if (task.op != "memcpy")
            return {};
        return [bytes = task.n * (in_floats() ? sizeof(float) : sizeof(std::uint16_t))](const Buffers &b) {
            std::memcpy(b.out, b.x, bytes);
        };
    }
};

} // namespace

void add_actfn(Peers &peers)
{
    for (int k = 0; const char *isa = actfn_isa_at(k); k++) {
        // Portable code competes with nobody, unless it is the only set here.
        if (std::strcmp(isa, "generic") == 0 && std::strcmp(isa, actfn_isa_name()) != 0)
            continue;
        if (!actfn_isa_available(isa)) {
            peers.missing.push_back({ std::string("actfn ") + isa, actfn_isa_reason(isa) });
            continue;
        }
        if (!isa_wanted(isa)) {
            peers.missing.push_back({ std::string("actfn ") + isa, "ACTFN_ISA asks for another" });
            continue;
        }
        const auto add = in_floats()                                ? add_floats
                         : storage().name == std::string(F16::text) ? add_sixteen<F16>
                                                                    : add_sixteen<BF16>;
        add(peers, isa, std::strcmp(isa, actfn_isa_name()) == 0);
    }
    peers.present.push_back(std::make_unique<Roof>());
}
