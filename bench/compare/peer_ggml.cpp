// SPDX-License-Identifier: MIT
// ggml: a graph of one node that works on the same buffers as all other contestants.
#include "peer.h"

#ifdef BENCH_GGML

#include <ggml.h>
#if __has_include(<ggml-cpu.h>)
#include <ggml-cpu.h>
#endif

#include <map>

namespace
{

using Unary = ggml_tensor *(*)(ggml_context *, ggml_tensor *);

const std::map<std::string, Unary> unaries = {
    { "sigmoid", ggml_sigmoid },   { "tanh", ggml_tanh },           { "gelu", ggml_gelu_erf },
    { "gelu_tanh", ggml_gelu },    { "silu", ggml_silu },           { "elu", ggml_elu },
    { "relu", ggml_relu },         { "hardswish", ggml_hardswish }, { "exp", ggml_exp },
    { "softplus", ggml_softplus },
};

// A context for descriptions only: ggml does not own the data.
struct Graph {
    ggml_context *context = ggml_init({ std::size_t { 1 } << 20, nullptr, true });
    ggml_tensor *x = nullptr, *v = nullptr, *y = nullptr;
    ggml_cgraph *graph = nullptr;
    ggml_cplan plan {};
    std::vector<std::uint8_t> work;

    ~Graph() { ggml_free(context); }
};

struct Ggml final : Peer {
    // A pool of one thread, made once.  Without it every computation makes a pool and destroys it.
    ggml_threadpool *pool = nullptr;

    Ggml()
    {
        ggml_threadpool_params params = ggml_threadpool_params_default(1);
        name = "ggml";
        version = BENCH_GGML;
        ggml_cpu_init();
        pool = ggml_threadpool_new(&params);
    }

    ~Ggml() override { ggml_threadpool_free(pool); }

    Call prepare(const Task &task) override
    {
        const auto found = unaries.find(task.op);
        if (task.backward || (found == unaries.end() && task.op != "softmax" && !task.gate()))
            return {};
        const auto g = std::make_shared<Graph>();
        const auto n = static_cast<std::int64_t>(task.n), row = static_cast<std::int64_t>(row_length);
        g->x = task.rows() ? ggml_new_tensor_2d(g->context, GGML_TYPE_F32, row, n / row)
                           : ggml_new_tensor_1d(g->context, GGML_TYPE_F32, n);
        if (task.gate()) {
            g->v = ggml_new_tensor_1d(g->context, GGML_TYPE_F32, n);
            g->y = ggml_swiglu_split(g->context, g->x, g->v);
        } else {
            g->y = task.rows() ? ggml_soft_max(g->context, g->x) : found->second(g->context, g->x);
        }
        g->graph = ggml_new_graph(g->context);
        ggml_build_forward_expand(g->graph, g->y);
        g->plan = ggml_graph_plan(g->graph, 1, pool);
        g->work.resize(g->plan.work_size);
        g->plan.work_data = g->work.data();
        return [=](const Buffers &b) {
            g->x->data = const_cast<float *>(b.x);
            if (g->v)
                g->v->data = const_cast<float *>(b.x + n);
            g->y->data = b.out;
            ggml_graph_compute(g->graph, &g->plan);
        };
    }
};

} // namespace

void add_ggml(Peers &peers) { peers.present.push_back(std::make_unique<Ggml>()); }

#else

void add_ggml(Peers &peers) { peers.missing.push_back({ "ggml", "not found by CMake" }); }

#endif
