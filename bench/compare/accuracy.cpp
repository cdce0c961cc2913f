// SPDX-License-Identifier: MIT
#include "accuracy.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();
const float specials[] = { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                           -std::numeric_limits<float>::infinity() };
const char *const special_names[] = { "NaN", "inf", "-inf" };

float from_bits(std::uint32_t bits)
{
    float x;
    static_assert(sizeof x == sizeof bits);
    __builtin_memcpy(&x, &bits, sizeof x);
    return x;
}

std::vector<float> floats(unsigned step)
{
    std::vector<float> sample(std::begin(specials), std::end(specials));
    for (std::uint64_t bits = 0; bits < std::uint64_t { 1 } << 32; bits += step)
        if (const float x = from_bits(static_cast<std::uint32_t>(bits)); std::isfinite(x))
            sample.push_back(x);
    const int grid = static_cast<int>(std::max(10000u, (1u << 29) / step));
    for (int k = -grid; k <= grid; k++)
        sample.push_back(curve_end * static_cast<float>(k) / static_cast<float>(grid));
    return sample;
}

std::vector<float> rows()
{
    std::mt19937 engine(3);
    std::normal_distribution<float> normal;
    std::uniform_real_distribution<float> uniform(-8.0f, 8.0f);
    constexpr std::size_t part = 32 * row_length;
    std::vector<float> sample(3 * part);
    for (std::size_t i = 0; i < part; i++) {
        sample[i] = normal(engine);
        sample[part + i] = uniform(engine);
        sample[2 * part + i] = 20 * normal(engine);
    }
    return sample;
}

// The largest float is not the limit: a value that rounds to infinity may be infinite.
double error_in_ulp(float got, const Exact &exact)
{
    if (std::isnan(exact.value))
        return std::isnan(got) ? 0 : infinity;
    const long double limit = storage().limit, least_normal = storage().least_normal;
    const long double value = std::clamp(exact.value, -limit, limit);
    long double result = got;
    if (std::isnan(got))
        return infinity;
    // What is computed in a wider type may be finite beyond.
    if (std::fabs(static_cast<long double>(got)) >= limit)
        result = std::copysign(limit, static_cast<long double>(got));
    const long double scale = std::clamp(exact.scale, least_normal, limit / 2);
    return static_cast<double>(std::fabs(result - value) / std::ldexp(1.0L, std::ilogb(scale) + 1 - storage().digits));
}

// The same error, except for a zero in place of a tiny number: then `flushes` is set, and the error is 0.
double error_or_flush(float got, const Exact &exact, bool &flushes)
{
    if (got == 0 && std::fabs(exact.value) < storage().least_normal) {
        flushes |= std::fabs(exact.value) > 16 * storage().least;
        return 0;
    }
    return error_in_ulp(got, exact);
}

} // namespace

Judgement judge(const std::vector<Exact> &exact, const float *got)
{
    Judgement j;
    for (std::size_t i = 0; i < exact.size(); i++)
        j.ulp = std::max(j.ulp, error_or_flush(got[i], exact[i], j.flushes));
    return j;
}

Sample::Sample(const std::string &op, bool backward, unsigned step) : task { op, backward, 0 }
{
    x = task.rows() ? rows() : floats(step);
    task.n = x.size();
    dy.assign(task.n, 1.0f);
    std::mt19937 engine(4);
    std::normal_distribution<float> normal;
    if (task.gate())
        std::generate_n(std::back_inserter(x), task.n, [&] { return normal(engine); });
    if (task.rows())
        std::generate(dy.begin(), dy.end(), [&] { return normal(engine); });
    for (std::vector<float> *numbers : { &x, &dy })
        storage().round(numbers->size(), numbers->data());
    if (task.from_output()) {
        y.resize(task.n);
        forward_of(task, x.data(), y.data());
        storage().round(y.size(), y.data());
    }
    exact = reference(task, { x.data(), dy.data(), y.data(), nullptr });
}

Accuracy Sample::judge(Peer &peer, bool &offered) const
{
    Accuracy a;
    peer.select();
    const Call call = peer.prepare(task);
    offered = static_cast<bool>(call);
    if (!offered)
        return a;
    std::vector<float> out(exact.size());
    call({ x.data(), dy.data(), y.data(), out.data() });

    std::size_t i = 0;
    if (!task.rows()) {
        a.curve.assign(curve_columns, 0);
        for (; i < std::size(specials); i++) {
            if (error_in_ulp(out[i], exact[i]) > 64)
                a.wrong += (a.wrong.empty() ? "" : " ") + std::string(special_names[i]);
        }
    }
    for (; i < out.size(); i++) {
        const std::size_t at = i % task.n;
        if (at < std::size(specials) && !task.rows())
            continue;
        const double ulp = error_or_flush(out[i], exact[i], a.flushes);
        if (ulp > a.ulp) {
            a.ulp = ulp;
            a.at = x[at];
        }
        if (!a.curve.empty() && std::fabs(x[at]) < curve_end) {
            double &column = a.curve[static_cast<std::size_t>((x[at] + curve_end) / (2 * curve_end) * curve_columns)];
            column = std::max(column, ulp);
        }
    }
    return a;
}
