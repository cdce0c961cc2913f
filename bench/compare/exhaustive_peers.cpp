// SPDX-License-Identifier: MIT
// The peers for the walk over all floats, as tests/exhaustive/sweep.h declares them.
#include "peer.h"

extern "C" {
#include "sweep.h"
}

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace
{

struct Present {
    Peers all;
    std::vector<Peer *> others;
    std::vector<std::string> names;
    std::vector<Call> calls[2];
    std::vector<bool> last; // for each peer: whether backward was prepared last
    std::string op;

    // ACTFN_BENCH_PYTHON: interpreters that have the Python peers, as in the comparison.
    Present()
    {
        const char *const pythons = std::getenv("ACTFN_BENCH_PYTHON");
        std::istringstream list(pythons ? pythons : "/usr/bin/python3");
        for (std::string python; std::getline(list, python, ',');)
            all.pythons.push_back(python);
#define ADD(peer) add_##peer(all);
        FOR_EACH_PEER(ADD)
#undef ADD
        for (const auto &peer : all.present)
            if (!peer->ours) {
                others.push_back(peer.get());
                names.push_back(peer->name + (peer->version.empty() ? "" : " " + peer->version));
            }
        for (const Missing &missing : all.missing)
            std::printf("== %s: skipped: %s\n", missing.name.c_str(), missing.reason.c_str());
        for (auto &list_of : calls)
            list_of.resize(others.size());
        last.resize(others.size());
    }
};

Present &peers()
{
    static Present present;
    return present;
}

} // namespace

extern "C" {

int peers_count(void) { return static_cast<int>(peers().others.size()); }

const char *peers_name(int peer) { return peers().names[static_cast<std::size_t>(peer)].c_str(); }

void peers_prepare(int peer, const char *op)
{
    const auto i = static_cast<std::size_t>(peer);
    Present &p = peers();
    p.op = op;
    p.last[i] = true;
    p.others[i]->select();
    for (const bool backward : { false, true })
        p.calls[backward][i] = p.others[i]->prepare({ op, backward, BLOCK });
}

bool peers_offers(int peer, bool backward)
{
    return static_cast<bool>(peers().calls[backward][static_cast<std::size_t>(peer)]);
}

void peers_run(int peer, bool backward, const float *x, const float *dy, const float *y, float *out)
{
    const auto i = static_cast<std::size_t>(peer);
    Present &p = peers();
    p.others[i]->select();
    if (p.others[i]->one_task && p.last[i] != backward)
        p.calls[backward][i] = p.others[i]->prepare({ p.op, backward, BLOCK });
    p.last[i] = backward;
    p.calls[backward][i]({ x, dy, y, out });
}
}
