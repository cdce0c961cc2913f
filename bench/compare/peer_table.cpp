// SPDX-License-Identifier: MIT
// A table of all 65 536 results, which engines use for activations in 16 bits: forward passes of elementwise operations.  The plain
// loop is one, and on x86 a loop with AVX2's gathers is another.
#include "sixteen.h"

#include <cstdint>
#include <memory>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace
{

constexpr std::size_t results = 1 << 16;

// With one number more, because a gather takes four bytes at a time.
using Table = std::vector<std::uint16_t>;
using Loop = void (*)(const std::uint16_t *table, std::size_t n, const std::uint16_t *x, std::uint16_t *y);

void plain(const std::uint16_t *table, std::size_t n, const std::uint16_t *x, std::uint16_t *y)
{
    for (std::size_t i = 0; i < n; i++)
        y[i] = table[x[i]];
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) __m256i gathered(const std::uint16_t *table, const std::uint16_t *x)
{
    const __m256i at = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(x)));
    const __m256i found = _mm256_i32gather_epi32(reinterpret_cast<const int *>(table), at, 2);
    return _mm256_and_si256(found, _mm256_set1_epi32(0xffff));
}

__attribute__((target("avx2"))) void gathers(const std::uint16_t *table, std::size_t n, const std::uint16_t *x,
                                             std::uint16_t *y)
{
    std::size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        const __m256i both = _mm256_packus_epi32(gathered(table, x + i), gathered(table, x + i + 8));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(y + i), _mm256_permute4x64_epi64(both, 0xd8));
    }
    plain(table, n - i, x + i, y + i);
}
#endif

template <class Type> Table table_of(const Task &task)
{
    Table table(results + 1);
    std::vector<float> x(results), y(results);
    for (std::size_t i = 0; i < results; i++)
        table[i] = static_cast<std::uint16_t>(i);
    widen(Type(), results, table.data(), x.data());
    forward_of({ task.op, false, results }, x.data(), y.data());
    narrow(Type(), results, y.data(), table.data());
    return table;
}

template <class Type> struct ByTable final : InSixteen<Type> {
    Loop loop;

    ByTable(const char *kind, Loop which) : loop(which)
    {
        this->name = kind;
        this->version = "128 KiB";
    }

    Compute<Type> compute(const Task &task) override
    {
        if (task.backward || task.rows() || task.gate() || task.op == "memcpy")
            return {};
        return [table = std::make_shared<const Table>(table_of<Type>(task)), n = task.n,
                which = loop](const BuffersIn<std::uint16_t> &b) { which(table->data(), n, b.x, b.out); };
    }
};

template <class Type> void add_tables(Peers &peers)
{
    peers.present.push_back(std::make_unique<ByTable<Type>>("table", plain));
#if defined(__x86_64__)
    if (isa_wanted("avx2"))
        peers.present.push_back(std::make_unique<ByTable<Type>>("table-gathers", gathers));
    else
        peers.missing.push_back({ "table-gathers", "AVX2 is not there, or not wanted" });
#endif
}

} // namespace

// Nobody has a table of all floats.
void add_table(Peers &peers)
{
    if (!in_floats())
        (storage().name == std::string(F16::text) ? add_tables<F16> : add_tables<BF16>)(peers);
}
