// SPDX-License-Identifier: MIT
// MKL's vector mathematics in its three accuracies.  It has exp, tanh and similar functions, but no activations.  So several of
// its calls make an activation, block by block in the first-level cache, with plain loops for the arithmetic between them.
#include "peer.h"

#ifdef BENCH_MKL

#include <mkl.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

namespace
{

using Mode = MKL_INT64;

// One static block is enough, because only one thread runs.
constexpr int block = 1024;

// y = f(x), n <= block, y is not x.
using Step = void (*)(int n, const float *x, float *y, Mode mode);
using StepBack = void (*)(int n, const float *x, const float *dy, float *dx, Mode mode);

template <class F> void each(int n, float *y, F f)
{
    for (int i = 0; i < n; i++)
        y[i] = f(i);
}

void sigmoid(int n, const float *x, float *y, Mode mode)
{
    static float e[block];
    each(n, e, [=](int i) { return -std::fabs(x[i]); });
    vmsExp(n, e, e, mode);
    vmsLinearFrac(n, e, e, 0, 1, 1, 1, y, mode); // (0 e + 1) / (1 e + 1)
    each(n, y, [=](int i) { return x[i] < 0 ? e[i] * y[i] : y[i]; });
}

void softplus(int n, const float *x, float *y, Mode mode)
{
    static float e[block];
    each(n, e, [=](int i) { return -std::fabs(x[i]); });
    vmsExp(n, e, e, mode);
    vmsLog1p(n, e, y, mode);
    each(n, y, [=](int i) { return y[i] + (x[i] > 0 ? x[i] : 0); });
}

void tanh_of(int n, const float *x, float *y, Mode mode) { vmsTanh(n, x, y, mode); }
void exp_of(int n, const float *x, float *y, Mode mode) { vmsExp(n, x, y, mode); }

void log_sigmoid(int n, const float *x, float *y, Mode mode)
{
    static float e[block];
    each(n, e, [=](int i) { return -std::fabs(x[i]); });
    vmsExp(n, e, e, mode);
    vmsLog1p(n, e, y, mode);
    each(n, y, [=](int i) { return (x[i] < 0 ? x[i] : 0) - y[i]; });
}

void silu(int n, const float *x, float *y, Mode mode)
{
    sigmoid(n, x, y, mode);
    each(n, y, [=](int i) { return x[i] * y[i]; });
}

void gelu(int n, const float *x, float *y, Mode mode)
{
    vmsCdfNorm(n, x, y, mode);
    each(n, y, [=](int i) { return x[i] * y[i]; });
}

void gelu_tanh(int n, const float *x, float *y, Mode mode)
{
    static float u[block];
    each(n, u, [=](int i) { return 1.5957691f * (x[i] + 0.044715f * x[i] * x[i] * x[i]); });
    sigmoid(n, u, y, mode);
    each(n, y, [=](int i) { return x[i] * y[i]; });
}

void elu(int n, const float *x, float *y, Mode mode)
{
    vmsExpm1(n, x, y, mode);
    each(n, y, [=](int i) { return x[i] > 0 ? x[i] : y[i]; });
}

void selu(int n, const float *x, float *y, Mode mode)
{
    vmsExpm1(n, x, y, mode);
    each(n, y, [=](int i) { return x[i] > 0 ? 1.0507010f * x[i] : 1.7580993f * y[i]; });
}

// tanh(ln(1 + e^x)) = n / (n + 2), n = e^x (e^x + 2); 1 above 20.
void mish(int n, const float *x, float *y, Mode mode)
{
    static float e[block];
    each(n, e, [=](int i) { return x[i] < 20 ? x[i] : 20; });
    vmsExp(n, e, e, mode);
    each(n, e, [&](int i) { return e[i] * (e[i] + 2); });
    vmsLinearFrac(n, e, e, 1, 0, 1, 2, y, mode);
    each(n, y, [=](int i) { return x[i] * y[i]; });
}

void sigmoid_back(int n, const float *x, const float *dy, float *dx, Mode mode)
{
    static float s[block];
    sigmoid(n, x, s, mode);
    each(n, dx, [&](int i) { return dy[i] * (s[i] * (1 - s[i])); });
}

void tanh_back(int n, const float *x, const float *dy, float *dx, Mode mode)
{
    static float t[block];
    vmsTanh(n, x, t, mode);
    each(n, dx, [&](int i) { return dy[i] * (1 - t[i] * t[i]); });
}

void exp_back(int n, const float *x, const float *dy, float *dx, Mode mode)
{
    static float e[block];
    vmsExp(n, x, e, mode);
    each(n, dx, [&](int i) { return dy[i] * e[i]; });
}

void silu_back(int n, const float *x, const float *dy, float *dx, Mode mode)
{
    static float s[block];
    sigmoid(n, x, s, mode);
    each(n, dx, [&](int i) { return dy[i] * (s[i] * (1 + x[i] * (1 - s[i]))); });
}

void gelu_back(int n, const float *x, const float *dy, float *dx, Mode mode)
{
    static float phi[block], e[block];
    vmsCdfNorm(n, x, phi, mode);
    each(n, e, [=](int i) { return -0.5f * x[i] * x[i]; });
    vmsExp(n, e, e, mode);
    each(n, dx, [&](int i) { return dy[i] * (phi[i] + 0.39894228f * x[i] * e[i]); });
}

struct Steps {
    Step forward;
    StepBack backward;
};

const std::map<std::string, Steps> steps = {
    { "exp", { exp_of, exp_back } },
    { "tanh", { tanh_of, tanh_back } },
    { "sigmoid", { sigmoid, sigmoid_back } },
    { "gelu", { gelu, gelu_back } },
    { "gelu_tanh", { gelu_tanh, nullptr } },
    { "silu", { silu, silu_back } },
    { "elu", { elu, nullptr } },
    { "selu", { selu, nullptr } },
    { "softplus", { softplus, nullptr } },
    { "log_sigmoid", { log_sigmoid, nullptr } },
    { "mish", { mish, nullptr } },
};

template <class F> void in_blocks(std::size_t n, F f)
{
    for (std::size_t i = 0; i < n; i += block)
        f(i, static_cast<int>(std::min<std::size_t>(block, n - i)));
}

struct Mkl final : Peer {
    Mode mode;

    Mkl(const char *accuracy, Mode m, const std::string &of_version) : mode(m)
    {
        name = std::string("mkl-") + accuracy;
        version = of_version;
    }

    Call prepare(const Task &task) override
    {
        const std::size_t n = task.n;
        // One call computes everything, whatever the length.
        if (!task.backward && task.op == "exp")
            return [n, m = mode](const Buffers &b) { vmsExp(static_cast<MKL_INT>(n), b.x, b.out, m); };
        if (!task.backward && task.op == "tanh")
            return [n, m = mode](const Buffers &b) { vmsTanh(static_cast<MKL_INT>(n), b.x, b.out, m); };
        const auto found = steps.find(task.op);
        if (found == steps.end())
            return {};
        if (const StepBack back = task.backward ? found->second.backward : nullptr)
            return [n, back, m = mode](const Buffers &b) {
                in_blocks(n, [&](std::size_t i, int k) { back(k, b.x + i, b.dy + i, b.out + i, m); });
            };
        if (const Step step = task.backward ? nullptr : found->second.forward)
            return [n, step, m = mode](const Buffers &b) {
                in_blocks(n, [&](std::size_t i, int k) { step(k, b.x + i, b.out + i, m); });
            };
        return {};
    }
};

// MKL chooses its code also by the maker of the CPU, so the report names the code: "vml_avx512", or "vml_def" with SSE.
std::string code_path()
{
    float x = 1;
    vmsExp(1, &x, &x, VML_HA);
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (const auto at = line.find("libmkl_vml_"); at != line.npos)
            return line.substr(at + 7, line.find('.', at) - at - 7);
    return "";
}

} // namespace

void add_mkl(Peers &peers)
{
    mkl_set_threading_layer(MKL_THREADING_SEQUENTIAL);
    MKLVersion v;
    mkl_get_version(&v);
    const std::string version =
        std::to_string(v.MajorVersion) + "." + std::to_string(v.UpdateVersion) + " " + code_path();
    const std::pair<const char *, Mode> modes[] = { { "ha", VML_HA }, { "la", VML_LA }, { "ep", VML_EP } };
    for (const auto &[accuracy, mode] : modes)
        peers.present.push_back(
            std::make_unique<Mkl>(accuracy, mode | VML_FTZDAZ_CURRENT | VML_ERRMODE_IGNORE, version));
}

#else

void add_mkl(Peers &peers) { peers.missing.push_back({ "mkl", "not found by CMake" }); }

#endif
