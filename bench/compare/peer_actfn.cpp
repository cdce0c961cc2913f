// SPDX-License-Identifier: MIT
// The library, by its public entries: both modes on every vector instruction set, and memcpy as the roof.
#include "peer.h"

#include <actfn.h>

#include <cstring>

namespace
{

struct Ours : Peer {
    actfn_mode mode;

    Ours(const std::string &isa_name, actfn_mode m) : mode(m)
    {
        name = "actfn-" + isa_name + (m == ACTFN_FAST ? "-fast" : "-accurate");
        version = actfn_version_string();
        isa = isa_name;
        ours = true;
    }

    Call prepare(const Task &task) override
    {
        const actfn_op op = actfn_op_from_name(task.op.c_str());
        if (op == ACTFN_OP_NONE)
            return {};
        const std::size_t n = task.n;
        const actfn_mode m = mode;
        if (task.gate() && task.backward)
            return [=](const Buffers &b) {
                actfn_gates_backward_f32(op, m, nullptr, 1, n, b.x, n, b.x + n, n, b.dy, n, b.out, n, b.out + n, n);
            };
        if (task.gate())
            return
                [=](const Buffers &b) { actfn_gates_forward_f32(op, m, nullptr, 1, n, b.x, n, b.x + n, n, b.out, n); };
        if (task.rows() && task.backward)
            return [=](const Buffers &b) {
                actfn_rows_backward_f32(op, m, nullptr, 0, n / row_length, row_length, 1, nullptr, b.y, b.dy, b.out);
            };
        if (task.rows())
            return [=](const Buffers &b) {
                actfn_rows_forward_f32(op, m, nullptr, 0, n / row_length, row_length, 1, b.x, b.out);
            };
        if (task.backward)
            return [=](const Buffers &b) { actfn_backward_f32(op, m, nullptr, n, b.x, b.dy, b.out); };
        return [=](const Buffers &b) { actfn_forward_f32(op, m, nullptr, n, b.x, b.out); };
    }

    void select() override { actfn_isa_select(isa.c_str()); }
};

// The derivative from f(x), for who kept that and not x: what some peers' derivatives are, too.
struct FromOutput final : Ours {
    FromOutput(const std::string &isa_name) : Ours(isa_name, ACTFN_FAST) { name += "-from-y"; }

    Call prepare(const Task &task) override
    {
        const actfn_op op = actfn_op_from_name(task.op.c_str());
        if (!task.from_output() || task.rows() || op == ACTFN_OP_NONE ||
            actfn_backward_from_output_f32(op, mode, nullptr, 0, nullptr, nullptr, nullptr) != ACTFN_OK)
            return {};
        return [op, n = task.n, m = mode](const Buffers &b) {
            actfn_backward_from_output_f32(op, m, nullptr, n, b.y, b.dy, b.out);
        };
    }
};

struct Roof final : Peer {
    Roof() { name = "memcpy"; }

    Call prepare(const Task &task) override
    {
        if (task.op != "memcpy")
            return {};
        return [bytes = task.n * sizeof(float)](const Buffers &b) { std::memcpy(b.out, b.x, bytes); };
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
        for (const actfn_mode mode : { ACTFN_FAST, ACTFN_ACCURATE })
            peers.present.push_back(std::make_unique<Ours>(isa, mode));
        if (std::strcmp(isa, actfn_isa_name()) == 0)
            peers.present.push_back(std::make_unique<FromOutput>(isa));
    }
    peers.present.push_back(std::make_unique<Roof>());
}
