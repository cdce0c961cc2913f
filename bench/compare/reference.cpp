// SPDX-License-Identifier: MIT
#include "reference.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace
{

using real = long double;

constexpr real root_half = 0.707106781186547524400844362104849039L;
constexpr real root_2_over_pi = 0.797884560802865355879892119868763737L;
constexpr real root_1_over_2_pi = 0.398942280401432677939946059934381868L;
constexpr real selu_alpha = 1.67326324235437728481704297L, selu_scale = 1.05070098735548049341933499L;
constexpr real leak = 0.01f;

Exact of(real value) { return { value, std::fabs(value) }; }
Exact sum(real a, real b) { return { a + b, std::fabs(a) + std::fabs(b) }; }

real sigmoid(real x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
real softplus(real x) { return std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x))); }
// sigmoid(x) sigmoid(-x)
real bell(real x)
{
    const real e = std::exp(-std::fabs(x));
    return e / ((1 + e) * (1 + e));
}
real phi(real x) { return 0.5L * std::erfc(-x * root_half); }
real gelu_tanh_u(real x) { return 2 * root_2_over_pi * (x + 0.044715L * x * x * x); }
real gelu_tanh_du(real x) { return 2 * root_2_over_pi * (1 + 3 * 0.044715L * x * x); }
// tanh(softplus(x)), and 1 minus its square: n / (n + 2), n = e^x (e^x + 2).
real mish_t(real x)
{
    if (x > 30)
        return 1;
    const real w = std::exp(x), n = w * (w + 2);
    return n / (n + 2);
}
real mish_rest(real x)
{
    if (x > 30)
        return 4 * std::exp(-2 * x);
    const real w = std::exp(x), n = w * (w + 2);
    return 4 * (w + 1) * (w + 1) / ((n + 2) * (n + 2));
}

// 0 times an infinity is 0 here, because the infinity stands for a large number that was rounded.
real product(real a, real b) { return a == 0 || b == 0 ? 0 : a * b; }

struct Pair {
    Exact (*f)(real), (*df)(real);
};

const std::map<std::string, Pair> elementwise = {
    { "sigmoid", { [](real x) { return of(sigmoid(x)); }, [](real x) { return of(bell(x)); } } },
    { "tanh", { [](real x) { return of(std::tanh(x)); }, [](real x) { return of(4 * bell(2 * x)); } } },
    { "gelu",
      { [](real x) { return of(product(x, phi(x))); },
        [](real x) { return sum(phi(x), product(x, root_1_over_2_pi * std::exp(-0.5L * x * x))); } } },
    { "gelu_tanh",
      { [](real x) { return of(product(x, sigmoid(gelu_tanh_u(x)))); },
        [](real x) {
            const real u = gelu_tanh_u(x);
            return sum(sigmoid(u), product(bell(u), x * gelu_tanh_du(x)));
        } } },
    { "silu",
      { [](real x) { return of(product(x, sigmoid(x))); },
        [](real x) { return sum(sigmoid(x), product(x, bell(x))); } } },
    { "elu",
      { [](real x) { return of(x > 0 ? x : std::expm1(x)); }, [](real x) { return of(x > 0 ? 1 : std::exp(x)); } } },
    { "selu",
      { [](real x) { return of(selu_scale * (x > 0 ? x : selu_alpha * std::expm1(x))); },
        [](real x) { return of(selu_scale * (x > 0 ? 1 : selu_alpha * std::exp(x))); } } },
    { "softplus", { [](real x) { return of(softplus(x)); }, [](real x) { return of(sigmoid(x)); } } },
    { "mish",
      { [](real x) { return of(product(x, mish_t(x))); },
        [](real x) { return sum(mish_t(x), product(product(x, sigmoid(x)), mish_rest(x))); } } },
    { "log_sigmoid", { [](real x) { return of(-softplus(-x)); }, [](real x) { return of(sigmoid(-x)); } } },
    { "hardswish",
      { [](real x) { return of(x <= -3  ? 0
                               : x >= 3 ? x
                                        : x * (x + 3) / 6); },
        [](real x) { return x <= -3  ? of(0)
                            : x >= 3 ? of(1)
                                     : sum(x / 3, 0.5L); } } },
    { "relu", { [](real x) { return of(std::fmax(x, 0.0L)); }, [](real x) { return of(x > 0 ? 1 : 0); } } },
    { "leaky_relu", { [](real x) { return of(x > 0 ? x : leak * x); }, [](real x) { return of(x > 0 ? 1 : leak); } } },
    { "exp", { [](real x) { return of(std::exp(x)); }, [](real x) { return of(std::exp(x)); } } },
};

Exact nan_or(real x, const Exact &exact) { return std::isnan(x) ? of(x) : exact; }

Exact times(real a, const Exact &b) { return { product(a, b.value), product(std::fabs(a), b.scale) }; }

void row(const Task &task, const float *x, const float *dy, const float *output, Exact *out)
{
    const bool log = task.op == "log_softmax";
    real total = 0, magnitudes = 0;
    if (task.backward) {
        for (std::size_t i = 0; i < row_length; i++) {
            const real term = log ? static_cast<real>(dy[i]) : static_cast<real>(dy[i]) * output[i];
            total += term;
            magnitudes += std::fabs(term);
        }
        for (std::size_t i = 0; i < row_length; i++) {
            const real y = output[i], g = dy[i], e = log ? std::exp(y) : 0;
            out[i] = log ? Exact { g - e * total, std::fabs(g) + e * magnitudes }
                         : Exact { y * (g - total), y * (std::fabs(g) + magnitudes) };
        }
        return;
    }
    // The sum without its greatest term, which is 1.
    const float *const at = std::max_element(x, x + row_length);
    const real top = *at;
    for (std::size_t i = 0; i < row_length; i++)
        total += x + i == at ? 0 : std::exp(x[i] - top);
    for (std::size_t i = 0; i < row_length; i++)
        out[i] = log ? sum(x[i] - top, -std::log1p(total)) : of(std::exp(x[i] - top) / (1 + total));
}

} // namespace

std::vector<Exact> reference(const Task &task, const Buffers &buffers)
{
    std::vector<Exact> exact(task.backward ? task.room() : task.n);
    if (task.rows()) {
        for (std::size_t i = 0; i < task.n; i += row_length)
            row(task, buffers.x + i, buffers.dy + i, task.backward ? buffers.y + i : nullptr, exact.data() + i);
        return exact;
    }
    const Pair &pair = elementwise.at(task.gate() ? "silu" : task.op);
    for (std::size_t i = 0; i < task.n; i++) {
        const real x = buffers.x[i], v = task.gate() ? buffers.x[task.n + i] : 1;
        if (!task.backward) {
            exact[i] = nan_or(x, times(v, pair.f(x)));
            continue;
        }
        exact[i] = times(static_cast<real>(buffers.dy[i]) * v, nan_or(x, pair.df(x)));
        if (task.gate())
            exact[task.n + i] = nan_or(x, times(buffers.dy[i], pair.f(x)));
    }
    return exact;
}
