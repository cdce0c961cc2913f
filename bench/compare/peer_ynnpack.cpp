// SPDX-License-Identifier: MIT
// YNNPACK's kernels out of a shared library that contains nothing else.  They are C++ functions without an installed header, so
// this file finds them under their mangled names.
#include "peer.h"

#include <dlfcn.h>

namespace
{

// A kernel computes `rows` rows of n floats.  Its parameters are a few doubles, in an order of its own.
using Kernel = void (*)(std::size_t rows, std::size_t n, std::size_t x_stride, const void *x, std::size_t y_stride,
                        void *y, const double *params);

struct Row {
    const char *op, *name;
    double params[3];
};

const Row kernels[] = {
    { "sigmoid", "sigmoid_fp32", {} },
    { "tanh", "tanh_fp32", { 0, 1 } }, // added to the result, times the result
    { "exp", "exp_fp32", { 0, 1, 1 } } // none, times the result, times x
};

struct Ynnpack final : Peer {
    void *library;
    std::string suffix;

    Ynnpack(void *from, const std::string &isa_name, const std::string &of_names) : library(from), suffix(of_names)
    {
        name = "ynnpack-" + isa_name;
        version = BENCH_YNNPACK_KERNELS_VERSION;
        isa = isa_name;
    }

    Call prepare(const Task &task) override
    {
        for (const Row &row : kernels) {
            if (task.backward || row.op != task.op)
                continue;
            const std::string function = row.name + suffix;
            const std::string symbol =
                "_ZN3ynn" + std::to_string(function.size()) + function + "EmmmPKvmPvPKNS_12unary_paramsE";
            const auto kernel = reinterpret_cast<Kernel>(dlsym(library, symbol.c_str()));
            if (!kernel) {
                lacking[task.op] = "the library has no ynn::" + function;
                return {};
            }
            return [kernel, n = task.n, params = row.params](const Buffers &b) {
                kernel(1, n, n * sizeof(float), b.x, n * sizeof(float), b.out, params);
            };
        }
        return {};
    }
};

} // namespace

void add_ynnpack(Peers &peers)
{
    std::string reason;
    void *const library = library_named("YNNPACK_KERNELS", BENCH_YNNPACK_KERNELS, reason);
    if (!library) {
        peers.missing.push_back({ "ynnpack", reason });
        return;
    }
    const std::pair<const char *, const char *> variants[] = { { "avx2", "_avx2_fma3" }, { "avx512", "_avx512" } };
    for (const auto &[isa, suffix] : variants)
        if (isa_wanted(isa))
            peers.present.push_back(std::make_unique<Ynnpack>(library, isa, suffix));
}
