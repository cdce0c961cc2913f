// SPDX-License-Identifier: MIT
// XNNPACK's microkernels out of a shared library that contains nothing else.  So the newest kernels can be compared without
// building the rest, and on each instruction set, while the operators would choose one set.
#include "peer.h"

#include <dlfcn.h>

#include <string>

namespace
{

using Kernel = void (*)(std::size_t bytes, const float *x, float *y, const void *params);

struct Row {
    const char *op, *name;
    const char *avx2, *avx512;       // the kernels that XNNPACK 75db3c09 itself chooses on such a machine
    const char *avx2_nr, *avx512_nr; // the same with Newton's steps instead of a division, if XNNPACK has one
    float params[3];
};

const Row rows[] = {
    { "sigmoid",
      "vsigmoid",
      "avx2_rr1_p5_div_u16",
      "avx512f_rr2_lut32_p2_perm2_scalef_div_u64",
      "avx2_rr1_p5_nr1fma_u32",
      "avx512f_rr1_p5_scalef_nr1fma_u64",
      {} },
    { "tanh",
      "vtanh",
      "fma3_rational_9_8_div_u16",
      "avx512f_rational_9_8_div_u32",
      "fma3_rational_9_8_nr_u16",
      "avx512f_rational_9_8_nr_u32",
      {} },
    { "gelu",
      "vgelu",
      "fma3_rational_12_10_div_u16",
      "avx512f_rational_12_10_div_u32",
      nullptr,
      "avx512f_rational_12_10_nr_u32",
      {} },
    { "gelu_tanh",
      "vapproxgelu",
      "fma3_rational_12_10_div_u16",
      "avx512f_rational_12_10_div_u32",
      nullptr,
      "avx512f_rational_12_10_nr_u32",
      {} },
    { "exp",
      "vexp",
      "fma3_rational_3_2_div_u32",
      "avx512f_rational_3_2_div_u16",
      nullptr,
      "avx512f_rational_3_2_nr_u32",
      {} },
    // prescale, alpha, beta
    { "elu", "velu", "avx2_rr1_lut4_p4_perm_u32", "avx512f_rr1_p6_u64", nullptr, nullptr, { 1, 1, 1 } },
    { "hardswish", "vhswish", "fma3_u16", "avx512f_u32", nullptr, nullptr, {} },
    { "leaky_relu", "vlrelu", "avx_u16", "avx512f_u16", nullptr, nullptr, { 0.01f } },
};

struct Kernels final : Peer {
    void *library;
    const char *Row::*variant;

    Kernels(void *from, const char *Row::*which, const std::string &isa_name, const char *suffix)
        : library(from), variant(which)
    {
        name = "xnnpack-" + isa_name + suffix;
        version = BENCH_XNNPACK_MICROKERNELS_VERSION;
        isa = isa_name;
    }

    Call prepare(const Task &task) override
    {
        for (const Row &row : rows) {
            if (task.backward || row.op != task.op || !(row.*variant))
                continue;
            const std::string symbol = std::string("xnn_f32_") + row.name + "_ukernel__" + row.*variant;
            const auto kernel = reinterpret_cast<Kernel>(dlsym(library, symbol.c_str()));
            if (!kernel) {
                lacking[task.op] = "the library has no " + symbol;
                return {};
            }
            return [kernel, bytes = task.n * sizeof(float), params = row.params](const Buffers &b) {
                kernel(bytes, b.x, b.out, params);
            };
        }
        return {};
    }
};

} // namespace

void add_xnnpack_kernels(Peers &peers)
{
    std::string reason;
    void *const library = library_named("XNNPACK_MICROKERNELS", BENCH_XNNPACK_MICROKERNELS, reason);
    if (!library) {
        peers.missing.push_back({ "xnnpack microkernels", reason });
        return;
    }
    const auto add = [&](const char *isa, const char *Row::*variant, const char *suffix) {
        if (isa_wanted(isa))
            peers.present.push_back(std::make_unique<Kernels>(library, variant, isa, suffix));
    };
    add("avx2", &Row::avx2, "");
    add("avx2", &Row::avx2_nr, "-nr");
    add("avx512", &Row::avx512, "");
    add("avx512", &Row::avx512_nr, "-nr");
}
