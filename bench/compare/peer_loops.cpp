// SPDX-License-Identifier: MIT
// The loops that a programmer without a library would write: over the C library, around SLEEF's functions, by hand.
#include "peer.h"

#include "../baseline.h"

#include <actfn.h>

#include <cstring>

namespace
{

struct Loops final : Peer {
    const baseline *rows;
    std::string kind;

    Loops(const baseline *list, const std::string &of_kind, const std::string &isa_name) : rows(list), kind(of_kind)
    {
        name = isa_name.empty() ? kind : kind + "-" + isa_name;
        isa = isa_name;
        version = kind == "sleef" ? actfn_sleef_version() : "";
    }

    Call prepare(const Task &task) override
    {
        // A scalar loop shows nothing new with larger buffers.
        if (kind == "libm" && task.n > std::size_t { 2 } << 20)
            return {};
        for (const baseline *row = rows; row->op; row++) {
            if (row->op != task.op || row->kind != kind)
                continue;
            const std::size_t n = task.n;
            if (const auto df = task.backward ? row->backward : nullptr)
                return [=](const Buffers &b) { df(n, b.x, b.dy, b.out); };
            if (const auto f = task.backward ? nullptr : row->forward)
                return [=](const Buffers &b) { f(n, b.x, b.out); };
        }
        return {};
    }
};

} // namespace

void add_loops(Peers &peers)
{
    peers.present.push_back(std::make_unique<Loops>(baseline_libm, "libm", ""));
    const auto add = [&](const baseline *list, const char *isa) {
        if (isa_wanted(isa))
            for (const char *kind : { "sleef", "hand" })
                peers.present.push_back(std::make_unique<Loops>(list, kind, isa));
    };
#if defined(__x86_64__)
    add(baseline_avx2, "avx2");
    add(baseline_avx512, "avx512");
#elif defined(__aarch64__)
    add(baseline_neon, "neon");
#endif
}
