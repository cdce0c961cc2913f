// SPDX-License-Identifier: MIT
// XNNPACK's operators: of 2024 and later, where one function makes all of them, or of earlier versions.
#include "peer.h"

#ifdef BENCH_XNNPACK

#include <xnnpack.h>

#include <cmath>
#include <map>
#include <type_traits>

namespace
{

using Operator = std::shared_ptr<struct xnn_operator>;

#ifdef BENCH_XNNPACK_UNARY

struct Unary {
    xnn_unary_operator kind;
    xnn_unary_params params;
};

const std::map<std::string, Unary> &unaries()
{
    static const std::map<std::string, Unary> list = [] {
        std::map<std::string, Unary> made = {
            { "sigmoid", { xnn_unary_sigmoid, {} } },
            { "tanh", { xnn_unary_tanh, {} } },
            { "gelu", { xnn_unary_gelu, {} } },
            { "hardswish", { xnn_unary_hardswish, {} } },
            { "exp", { xnn_unary_exp, {} } },
            { "elu", { xnn_unary_elu, {} } },
            { "relu", { xnn_unary_clamp, {} } },
            { "leaky_relu", { xnn_unary_leaky_relu, {} } },
#ifdef BENCH_XNNPACK_APPROXGELU
            { "gelu_tanh", { xnn_unary_approxgelu, {} } },
#endif
        };
        made["elu"].params.elu.alpha = 1;
        made["relu"].params.clamp.min = 0;
        made["relu"].params.clamp.max = INFINITY;
        made["leaky_relu"].params.leaky_relu.negative_slope = 0.01f;
        return made;
    }();
    return list;
}

// In some versions the function has one more argument, a table that no operator here needs.
template <class Create> xnn_status create_unary(Create create, const Unary &u, xnn_operator_t *made)
{
    using Quantization = const xnn_quantization_params *;
    constexpr auto f32 = xnn_datatype_fp32;
    const Quantization none = nullptr;
    if constexpr (std::is_invocable_v<Create, xnn_unary_operator, xnn_datatype, xnn_datatype, const xnn_unary_params *,
                                      Quantization, Quantization, uint32_t, xnn_operator_t *>)
        return create(u.kind, f32, f32, &u.params, none, none, 0, made);
    else
        return create(u.kind, f32, f32, &u.params, nullptr, none, none, 0, made);
}

Operator make(const Task &task)
{
    xnn_operator_t made = nullptr;
    if (task.op == "softmax") {
        xnn_create_softmax_nc_f32(0, &made);
        xnn_reshape_softmax_nc_f32(made, row_length, row_length, row_length, task.n / row_length, nullptr);
    } else if (const auto found = unaries().find(task.op); found != unaries().end()) {
        const Unary &u = found->second;
        if (create_unary(xnn_create_unary_elementwise_nc, u, &made) == xnn_status_success)
            xnn_reshape_unary_elementwise_nc(made, 1, task.n, task.n, task.n, nullptr);
    }
    return Operator(made, [](xnn_operator_t op) { xnn_delete_operator(op); });
}

void set_up(const Task &task, xnn_operator_t op, const Buffers &b)
{
    if (task.rows())
        xnn_setup_softmax_nc_f32(op, b.x, b.out);
    else
        xnn_setup_unary_elementwise_nc(op, b.x, b.out);
}

#else

// An operator of one pixel with n channels: the function that makes it, and the function that sets its buffers.
struct Kind {
    std::function<xnn_status(size_t, xnn_operator_t *)> make;
    xnn_status (*set_up)(xnn_operator_t, size_t, const float *, float *, pthreadpool_t);
};

const std::map<std::string, Kind> kinds = {
    { "sigmoid",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_sigmoid_nc_f32(n, n, n, 0, op); },
        xnn_setup_sigmoid_nc_f32 } },
    { "elu",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_elu_nc_f32(n, n, n, 1, 0, op); }, xnn_setup_elu_nc_f32 } },
    { "hardswish",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_hardswish_nc_f32(n, n, n, 0, op); },
        xnn_setup_hardswish_nc_f32 } },
    { "relu",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_clamp_nc_f32(n, n, n, 0, INFINITY, 0, op); },
        xnn_setup_clamp_nc_f32 } },
    { "leaky_relu",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_leaky_relu_nc_f32(n, n, n, 0.01f, 0, op); },
        xnn_setup_leaky_relu_nc_f32 } },
    { "softmax",
      { [](size_t n, xnn_operator_t *op) { return xnn_create_softmax_nc_f32(n, n, n, 0, op); },
        xnn_setup_softmax_nc_f32 } },
};

Operator make(const Task &task)
{
    xnn_operator_t made = nullptr;
    const auto found = kinds.find(task.op);
    if (found != kinds.end())
        found->second.make(task.rows() ? row_length : task.n, &made);
    return Operator(made, [](xnn_operator_t op) { xnn_delete_operator(op); });
}

void set_up(const Task &task, xnn_operator_t op, const Buffers &b)
{
    kinds.at(task.op).set_up(op, task.rows() ? task.n / row_length : 1, b.x, b.out, nullptr);
}

#endif

struct Xnnpack final : Peer {
    Xnnpack()
    {
        name = "xnnpack";
        version = BENCH_XNNPACK;
    }

    Call prepare(const Task &task) override
    {
        if (task.backward)
            return {};
        const Operator op = make(task);
        if (!op)
            return {};
        // A new setup is only needed for other buffers; in the old interface the setup also plans the work.
        const auto last = std::make_shared<Buffers>();
        return [=](const Buffers &b) {
            if (b.x != last->x || b.out != last->out) {
                set_up(task, op.get(), b);
                *last = b;
            }
            xnn_run_operator(op.get(), nullptr);
        };
    }
};

} // namespace

void add_xnnpack(Peers &peers)
{
    if (xnn_initialize(nullptr) == xnn_status_success)
        peers.present.push_back(std::make_unique<Xnnpack>());
    else
        peers.missing.push_back({ "xnnpack", "it does not initialise on this CPU" });
}

#else

void add_xnnpack(Peers &peers)
{
    peers.missing.push_back({ "xnnpack", "not found by CMake (Debian: libxnnpack-dev, libpthreadpool-dev)" });
}

#endif
