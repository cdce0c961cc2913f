// SPDX-License-Identifier: MIT
#include "context.h"

#include <actfn.h>
#include <benchmark/benchmark.h>

#include <cstdint>
#include <fstream>
#include <string>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace
{

// The kernel's name for the processor.  Many virtual machines give one name to several generations; family and model tell them
// apart.  An Arm processor has no name; implementer and part identify it.
std::string cpu_model()
{
    std::ifstream info("/proc/cpuinfo");
    std::string line, parts, family, model;
    while (std::getline(info, line)) {
        const auto colon = line.find(": ");
        if (colon == std::string::npos)
            continue;
        const std::string value = line.substr(colon + 2);
        if (line.rfind("cpu family", 0) == 0)
            family = value;
        if (line.rfind("model\t", 0) == 0)
            model = value;
        if (line.rfind("model name", 0) == 0)
            return family.empty() ? value : value + ", family " + family + ", model " + model;
        if (line.rfind("CPU implementer", 0) == 0 && parts.empty())
            parts = "implementer " + value;
        if (line.rfind("CPU part", 0) == 0)
            return parts + " part " + value;
    }
    return "unknown";
}

std::string caches()
{
    std::string text;
    for (const auto &cache : benchmark::CPUInfo::Get().caches) {
        if (cache.type == "Instruction")
            continue;
        text += text.empty() ? "L" : ", L";
        text += std::to_string(cache.level) + " " + std::to_string(cache.size / 1024) + " KiB";
    }
    return text.empty() ? "unknown" : text;
}

std::string flushing()
{
#if defined(__x86_64__)
    const unsigned word = _mm_getcsr();
    return std::string("FTZ ") + (word & 0x8000u ? "on" : "off") + ", DAZ " + (word & 0x40u ? "on" : "off");
#elif defined(__aarch64__)
    std::uint64_t word;
    __asm__ volatile("mrs %0, fpcr" : "=r"(word));
    return std::string("FZ ") + (word & (1u << 24) ? "on" : "off");
#else
    return "unknown";
#endif
}

} // namespace

std::vector<std::pair<std::string, std::string>> context_lines()
{
    return { { "actfn_version", actfn_version_string() },
             { "actfn_isa", actfn_isa_name() },
             { "actfn_compiler", BENCH_COMPILER },
             { "actfn_flags", BENCH_FLAGS },
             { "sleef_version", actfn_sleef_version() },
             { "cpu_model", cpu_model() },
             { "cpu_caches", caches() },
             { "subnormals", flushing() } };
}
