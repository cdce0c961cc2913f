// SPDX-License-Identifier: MIT
#include "inputs.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <random>
#include <vector>

namespace
{

Distribution chosen = Distribution::normal;

// Two of these: a gate's input is twice as long as the other buffers.
constexpr std::size_t near_elements = std::size_t { 2 } << 16, pattern_elements = std::size_t { 1 } << 20;

// The number of elements that a causal mask keeps in a row of 1024: another number for each row, half the row on average.
std::size_t kept(std::size_t row) { return 1 + (389 * row + 200) % 1024; }

// Random numbers take long to make.  After 2^20 of them no CPU remembers the first, so the numbers may repeat.
std::vector<float> pattern(Distribution distribution, unsigned seed)
{
    std::mt19937 engine(seed);
    std::normal_distribution<float> normal;
    std::uniform_real_distribution<float> uniform(-8.0f, 8.0f), far(50.0f, 100.0f), tiny(-0x1p-126f, 0x1p-126f);
    constexpr float infinity = std::numeric_limits<float>::infinity();
    std::vector<float> numbers(pattern_elements);
    for (std::size_t i = 0; i < numbers.size(); i++) {
        float &number = numbers[i];
        switch (distribution) {
        case Distribution::normal: number = normal(engine); break;
        case Distribution::uniform: number = uniform(engine); break;
        case Distribution::wide: number = 20 * normal(engine); break;
        case Distribution::zeros: number = 0; break;
        case Distribution::far_out: number = engine() % 50 ? normal(engine) : -95; break;
        case Distribution::saturated: number = engine() & 1 ? far(engine) : -far(engine); break;
        case Distribution::half_minus_inf: number = engine() & 1 ? normal(engine) : -infinity; break;
        case Distribution::half_minus_1e4: number = engine() & 1 ? normal(engine) : -1e4f; break;
        case Distribution::causal: number = i % 1024 < kept(i / 1024) ? normal(engine) : -infinity; break;
        case Distribution::subnormal: number = tiny(engine); break;
        case Distribution::nan: number = std::numeric_limits<float>::quiet_NaN(); break;
        }
    }
    return numbers;
}

void round_to(F32, float *to, std::size_t n, const float *from) { std::memcpy(to, from, n * sizeof(float)); }
void round_to(F16, actfn_f16 *to, std::size_t n, const float *from) { actfn_f32_to_f16(n, from, to); }
void round_to(BF16, actfn_bf16 *to, std::size_t n, const float *from) { actfn_f32_to_bf16(n, from, to); }

template <class Type> void fill(typename Type::Number *to, std::size_t n, const std::vector<float> &from)
{
    for (std::size_t i = 0; i < n; i += from.size())
        round_to(Type(), to + i, std::min(from.size(), n - i), from.data());
}

template <class Type> BuffersOf<typename Type::Number> make(std::size_t n)
{
    using Number = typename Type::Number;
    // To a CPU a store and a load at one offset in two pages look alike for a while; 1088 bytes (17 lines) apart they
    // do not.
    constexpr std::size_t page = 4096 / sizeof(Number), apart = 1088 / sizeof(Number);
    const std::size_t stride = (n + page - 1) / page * page + apart, numbers = 4 * stride;
    void *memory = std::aligned_alloc(4096, (numbers * sizeof(Number) + 4095) / 4096 * 4096);
    if (!memory)
        throw std::bad_alloc();
    Number *const base = static_cast<Number *>(memory);
    std::fill(base, base + numbers, Number()); // every page is there before anything is timed
    const BuffersOf<Number> made = { base, base + stride, base + 2 * stride, base + 3 * stride };
    fill<Type>(made.x, n, pattern(chosen, 1));
    fill<Type>(made.dy, n, pattern(Distribution::normal, 2));
    return made;
}

template <class Type> struct Sets {
    BuffersOf<typename Type::Number> near_set = {}, far_set = {};
    std::size_t far_elements = 0;

    void forget()
    {
        std::free(near_set.x);
        std::free(far_set.x);
        *this = {};
    }
};

template <class Type> Sets<Type> sets;

} // namespace

const char *distribution_text(Distribution distribution)
{
    switch (distribution) {
    case Distribution::normal: return "N(0,1)";
    case Distribution::uniform: return "U[-8,8]";
    case Distribution::wide: return "20 N(0,1)";
    case Distribution::zeros: return "all 0";
    case Distribution::far_out: return "one in 50 is -95";
    case Distribution::saturated: return "50 <= |x| <= 100";
    case Distribution::half_minus_inf: return "half is -inf";
    case Distribution::half_minus_1e4: return "half is -1e4";
    case Distribution::causal: return "causal mask";
    case Distribution::subnormal: return "|x| < 2^-126";
    case Distribution::nan: return "NaN";
    }
    return "";
}

bool distribution_masks(Distribution distribution)
{
    return distribution == Distribution::half_minus_inf || distribution == Distribution::half_minus_1e4 ||
           distribution == Distribution::causal;
}

void use_distribution(Distribution distribution)
{
    chosen = distribution;
    sets<F32>.forget();
    sets<F16>.forget();
    sets<BF16>.forget();
}

template <class Type> const BuffersOf<typename Type::Number> &inputs_of(std::size_t n)
{
    Sets<Type> &set = sets<Type>;
    if (n <= near_elements) {
        if (!set.near_set.x)
            set.near_set = make<Type>(near_elements);
        return set.near_set;
    }
    if (n > set.far_elements) {
        std::free(set.far_set.x);
        set.far_elements = std::max(n, std::size_t { 1 } << 24);
        set.far_set = make<Type>(set.far_elements);
    }
    return set.far_set;
}

template const Inputs &inputs_of<F32>(std::size_t);
template const BuffersOf<actfn_f16> &inputs_of<F16>(std::size_t);
template const BuffersOf<actfn_bf16> &inputs_of<BF16>(std::size_t);
