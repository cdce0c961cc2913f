// SPDX-License-Identifier: MIT
// oneDNN: primitives made beforehand that work on the same buffers as all other contestants.  A second contestant computes
// derivatives from f(x), if oneDNN has an algorithm for that.
#include "peer.h"

#ifdef BENCH_ONEDNN

#include <oneapi/dnnl/dnnl.hpp>

#include <map>
#include <optional>
#include <unordered_map>

namespace
{

using dnnl::algorithm, dnnl::memory;

struct Eltwise {
    algorithm kind;
    float alpha, beta;
};

const std::map<std::string, Eltwise> eltwise = {
    { "sigmoid", { algorithm::eltwise_logistic, 0, 0 } },
    { "tanh", { algorithm::eltwise_tanh, 0, 0 } },
    { "gelu", { algorithm::eltwise_gelu_erf, 0, 0 } },
    { "gelu_tanh", { algorithm::eltwise_gelu_tanh, 0, 0 } },
    { "silu", { algorithm::eltwise_swish, 1, 0 } },
    { "elu", { algorithm::eltwise_elu, 1, 0 } },
    { "mish", { algorithm::eltwise_mish, 0, 0 } },
    { "relu", { algorithm::eltwise_relu, 0, 0 } },
    { "leaky_relu", { algorithm::eltwise_relu, 0.01f, 0 } },
    { "exp", { algorithm::eltwise_exp, 0, 0 } },
#if DNNL_VERSION_MAJOR >= 3
    { "softplus", { algorithm::eltwise_soft_relu, 1, 0 } },
    { "log_sigmoid", { algorithm::eltwise_soft_relu, -1, 0 } },
    { "hardswish", { algorithm::eltwise_hardswish, 1.0f / 6, 0.5f } },
#else
    { "softplus", { algorithm::eltwise_soft_relu, 0, 0 } },  { "log_sigmoid", { algorithm::eltwise_logsigmoid, 0, 0 } },
    { "hardswish", { algorithm::eltwise_hardswish, 0, 0 } },
#endif
};

// Derivatives from the result.  The algorithms of relu and elu depend on the sign of the result.
const std::map<std::string, Eltwise> eltwise_from_y = {
    { "sigmoid", { algorithm::eltwise_logistic_use_dst_for_bwd, 0, 0 } },
    { "tanh", { algorithm::eltwise_tanh_use_dst_for_bwd, 0, 0 } },
    { "elu", { algorithm::eltwise_elu_use_dst_for_bwd, 1, 0 } },
    { "relu", { algorithm::eltwise_relu_use_dst_for_bwd, 0, 0 } },
    { "leaky_relu", { algorithm::eltwise_relu_use_dst_for_bwd, 0.01f, 0 } },
    { "exp", { algorithm::eltwise_exp_use_dst_for_bwd, 0, 0 } },
};

// The two versions differ only in how a primitive is described.
#if DNNL_VERSION_MAJOR >= 3

dnnl::eltwise_forward::primitive_desc eltwise_pd(const dnnl::engine &engine, dnnl::prop_kind kind, const Eltwise &e,
                                                 const memory::desc &shape)
{
    return { engine, kind, e.kind, shape, shape, e.alpha, e.beta };
}

dnnl::primitive eltwise_back(const dnnl::engine &engine, const Eltwise &e, const memory::desc &shape)
{
    return dnnl::eltwise_backward({ engine, e.kind, shape, shape, shape, e.alpha, e.beta,
                                    eltwise_pd(engine, dnnl::prop_kind::forward_training, e, shape) });
}

dnnl::primitive product(const dnnl::engine &engine, const memory::desc &shape)
{
    return dnnl::binary({ engine, algorithm::binary_mul, shape, shape, shape });
}

// If an activation alone has further operations behind it, only slow reference code runs them.  An operation with two operands
// has compiled code for further operations.  So x goes in as max(x, x).
std::optional<dnnl::primitive> fused(const dnnl::engine &engine, const memory::desc &shape, const dnnl::post_ops &then)
{
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(then);
    return dnnl::binary({ engine, algorithm::binary_max, shape, shape, shape, attributes });
}

std::optional<dnnl::primitive> fused_swiglu(const dnnl::engine &engine, const memory::desc &shape)
{
    dnnl::post_ops then;
    then.append_eltwise(algorithm::eltwise_swish, 1, 0);
    then.append_binary(algorithm::binary_mul, shape);
    return fused(engine, shape, then);
}

std::optional<dnnl::primitive> fused_selu(const dnnl::engine &engine, const memory::desc &shape)
{
    dnnl::post_ops then;
    then.append_eltwise(algorithm::eltwise_elu, 1.67326324f, 0);
    then.append_eltwise(algorithm::eltwise_linear, 1.05070099f, 0);
    return fused(engine, shape, then);
}

dnnl::primitive softmax(const dnnl::engine &engine, bool log, bool backward, const memory::desc &shape)
{
    const algorithm kind = log ? algorithm::softmax_log : algorithm::softmax_accurate;
    const auto prop = backward ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const dnnl::softmax_forward::primitive_desc forward(engine, prop, kind, shape, shape, 1);
    if (backward)
        return dnnl::softmax_backward({ engine, kind, shape, shape, shape, 1, forward });
    return dnnl::softmax_forward(forward);
}

#else

dnnl::eltwise_forward::primitive_desc eltwise_pd(const dnnl::engine &engine, dnnl::prop_kind kind, const Eltwise &e,
                                                 const memory::desc &shape)
{
    return { { kind, e.kind, shape, e.alpha, e.beta }, engine };
}

dnnl::primitive eltwise_back(const dnnl::engine &engine, const Eltwise &e, const memory::desc &shape)
{
    return dnnl::eltwise_backward({ { e.kind, shape, shape, e.alpha, e.beta },
                                    engine,
                                    eltwise_pd(engine, dnnl::prop_kind::forward_training, e, shape) });
}

dnnl::primitive product(const dnnl::engine &engine, const memory::desc &shape)
{
    return dnnl::binary({ { algorithm::binary_mul, shape, shape, shape }, engine });
}

// Not in version 2: 2.6.3 gives zeros for a product behind another operation.
std::optional<dnnl::primitive> fused_swiglu(const dnnl::engine &, const memory::desc &) { return std::nullopt; }
std::optional<dnnl::primitive> fused_selu(const dnnl::engine &, const memory::desc &) { return std::nullopt; }

template <class Forward, class Backward>
dnnl::primitive softmax_of(const dnnl::engine &engine, bool backward, const memory::desc &shape)
{
    const auto prop = backward ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const typename Forward::primitive_desc forward({ prop, shape, 1 }, engine);
    if (backward)
        return Backward({ { shape, shape, 1 }, engine, forward });
    return Forward(forward);
}

dnnl::primitive softmax(const dnnl::engine &engine, bool log, bool backward, const memory::desc &shape)
{
    return log ? softmax_of<dnnl::logsoftmax_forward, dnnl::logsoftmax_backward>(engine, backward, shape)
               : softmax_of<dnnl::softmax_forward, dnnl::softmax_backward>(engine, backward, shape);
}

#endif

// A primitive with its arguments.  Their pointers are set before each run.
struct Bound {
    dnnl::stream stream;
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;

    void operator()(std::initializer_list<std::pair<int, const float *>> pointers)
    {
        for (const auto &[argument, pointer] : pointers)
            arguments.at(argument).set_data_handle(const_cast<float *>(pointer));
        primitive.execute(stream, arguments);
        stream.wait();
    }
};

struct OneDnn final : Peer {
    dnnl::engine engine { dnnl::engine::kind::cpu, 0 };
    const bool from_y; // only derivatives from f(x)

    explicit OneDnn(bool from_output) : from_y(from_output)
    {
        const dnnl_version_t &v = *dnnl_version();
        name = from_y ? "onednn-from-y" : "onednn";
        version = std::to_string(v.major) + "." + std::to_string(v.minor) + "." + std::to_string(v.patch);
    }

    std::shared_ptr<Bound> bind(const dnnl::primitive &primitive, const memory::desc &shape,
                                std::initializer_list<int> arguments)
    {
        auto bound = std::make_shared<Bound>(Bound { dnnl::stream(engine), primitive, {} });
        for (const int argument : arguments)
            bound->arguments.emplace(argument, memory(shape, engine, nullptr));
        return bound;
    }

    Call describe(const Task &task)
    {
        const auto n = static_cast<memory::dim>(task.n), row = static_cast<memory::dim>(row_length);
        const memory::desc flat({ n }, memory::data_type::f32, memory::format_tag::a);
        if (task.rows()) {
            const memory::desc shape({ n / row, row }, memory::data_type::f32, memory::format_tag::ab);
            const auto primitive = softmax(engine, task.op == "log_softmax", task.backward, shape);
            if (task.backward) {
                const auto run = bind(primitive, shape, { DNNL_ARG_DST, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC });
                return [=](const Buffers &b) {
                    (*run)({ { DNNL_ARG_DST, b.y }, { DNNL_ARG_DIFF_DST, b.dy }, { DNNL_ARG_DIFF_SRC, b.out } });
                };
            }
            const auto run = bind(primitive, shape, { DNNL_ARG_SRC, DNNL_ARG_DST });
            return [=](const Buffers &b) { (*run)({ { DNNL_ARG_SRC, b.x }, { DNNL_ARG_DST, b.out } }); };
        }
        if (task.gate()) {
            if (task.backward)
                return {};
            if (const auto one_pass = fused_swiglu(engine, flat)) {
                constexpr int v = DNNL_ARG_ATTR_MULTIPLE_POST_OP(1) | DNNL_ARG_SRC_1;
                const auto run = bind(*one_pass, flat, { DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, v, DNNL_ARG_DST });
                return [=](const Buffers &b) {
                    (*run)(
                        { { DNNL_ARG_SRC_0, b.x }, { DNNL_ARG_SRC_1, b.x }, { v, b.x + n }, { DNNL_ARG_DST, b.out } });
                };
            }
            const auto swish = bind(
                dnnl::eltwise_forward(eltwise_pd(engine, dnnl::prop_kind::forward_inference, eltwise.at("silu"), flat)),
                flat, { DNNL_ARG_SRC, DNNL_ARG_DST });
            const auto times = bind(product(engine, flat), flat, { DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST });
            return [=](const Buffers &b) {
                (*swish)({ { DNNL_ARG_SRC, b.x }, { DNNL_ARG_DST, b.out } });
                (*times)({ { DNNL_ARG_SRC_0, b.out }, { DNNL_ARG_SRC_1, b.x + n }, { DNNL_ARG_DST, b.out } });
            };
        }
        if (task.op == "selu" && !task.backward)
            if (const auto one_pass = fused_selu(engine, flat)) {
                const auto run = bind(*one_pass, flat, { DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST });
                return [=](const Buffers &b) {
                    (*run)({ { DNNL_ARG_SRC_0, b.x }, { DNNL_ARG_SRC_1, b.x }, { DNNL_ARG_DST, b.out } });
                };
            }
        const auto &list = from_y ? eltwise_from_y : eltwise;
        const auto found = list.find(task.op);
        if (found == list.end())
            return {};
        if (from_y) {
            const auto run = bind(eltwise_back(engine, found->second, flat), flat,
                                  { DNNL_ARG_DST, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC });
            return [=](const Buffers &b) {
                (*run)({ { DNNL_ARG_DST, b.y }, { DNNL_ARG_DIFF_DST, b.dy }, { DNNL_ARG_DIFF_SRC, b.out } });
            };
        }
        if (task.backward) {
            const auto run = bind(eltwise_back(engine, found->second, flat), flat,
                                  { DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC });
            return [=](const Buffers &b) {
                (*run)({ { DNNL_ARG_SRC, b.x }, { DNNL_ARG_DIFF_DST, b.dy }, { DNNL_ARG_DIFF_SRC, b.out } });
            };
        }
        const auto run =
            bind(dnnl::eltwise_forward(eltwise_pd(engine, dnnl::prop_kind::forward_inference, found->second, flat)),
                 flat, { DNNL_ARG_SRC, DNNL_ARG_DST });
        return [=](const Buffers &b) { (*run)({ { DNNL_ARG_SRC, b.x }, { DNNL_ARG_DST, b.out } }); };
    }

    Call prepare(const Task &task) override
    {
        // Derivatives of rows are from f(x) in any case.
        if (from_y && (!task.backward || task.rows() || task.gate()))
            return {};
        try {
            return describe(task);
        } catch (const dnnl::error &error) {
            if (error.status == dnnl_unimplemented)
                return {};
            throw;
        }
    }
};

} // namespace

void add_onednn(Peers &peers)
{
    try {
        for (const bool from_y : { false, true })
            peers.present.push_back(std::make_unique<OneDnn>(from_y));
    } catch (const dnnl::error &error) {
        peers.missing.push_back({ "onednn", std::string("it makes no CPU engine here: ") + error.what() });
    }
}

#else

void add_onednn(Peers &peers) { peers.missing.push_back({ "onednn", "not found by CMake (Debian: libdnnl-dev)" }); }

#endif
