// SPDX-License-Identifier: MIT
// Times every operation of the catalogue, and beside it the loops for comparison.
//
// A name is op/form/isa/kind/n:
// where n is a shape, such as 64x1024, outside the elementwise family.
//     kind   accurate, fast                the library, by its generic entry
//            f16, bf16                     the same on buffers of this type, with --type; both modes are the same there
//            resolved                          the same kernel called through actfn_forward_kernel_f32
//            named                             actfn_<op>_f32, at n = 1, for the cost of a call
//            libm, sleef, hand, stream, roof   not the library: see baseline.h; roof is memcpy
#include "baseline.h"
#include "context.h"
#include "inputs.h"
#include "subject.h"

#include <actfn.h>
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace
{

std::vector<std::size_t> sizes = { 1, 16, 64, 256, 1 << 10, 4 << 10, 64 << 10, 1 << 20, 16 << 20 };

constexpr std::size_t forward_bytes = 2 * sizeof(float), backward_bytes = 3 * sizeof(float);

template <class Type = F32, class Prepare, class Call>
void add_size(const Subject &subject, std::size_t n, Prepare prepare, Call call)
{
    add_shape<Type>(subject, std::to_string(n), n, n, prepare, call);
}

template <class Type = F32, class Call> void add(const Subject &subject, Call call)
{
    for (const std::size_t n : sizes)
        add_size<Type>(subject, n, nothing, call);
}

// ---- the library -------------------------------------------------------------------------------------------------

// Legal values for every parameter: the defaults; without defaults, rising or falling values, whichever the operation and
// its from-output form accept.
std::vector<float> params_of(actfn_op op)
{
    const struct actfn_op_info &info = *actfn_op_info(op);
    const auto check = info.flags & ACTFN_OP_FROM_OUTPUT ? actfn_backward_from_output_f32 : actfn_backward_f32;
    std::vector<float> params(static_cast<std::size_t>(info.param_count));
    for (const bool rising : { true, false }) {
        for (int k = 0; k < info.param_count; k++) {
            const struct actfn_param_info &param = *actfn_op_param(op, k);
            const int step = rising ? k + 1 : info.param_count - k;
            params[static_cast<std::size_t>(k)] =
                param.flags & ACTFN_PARAM_REQUIRED ? 0.5f * static_cast<float>(step) : param.default_value;
        }
        if (check(op, ACTFN_ACCURATE, params.data(), 0, nullptr, nullptr, nullptr) == ACTFN_OK)
            break;
    }
    return params;
}

template <class Type> void add_op(actfn_op op, const char *isa, const Modes &modes)
{
    using Buffers = BuffersOf<typename Type::Number>;
    const struct actfn_op_info &info = *actfn_op_info(op);
    const std::vector<float> params = params_of(op);
    const std::string label = label_of<Type>(op, info.ulp_forward, params);
    const std::string label_grad = label_of<Type>(op, info.ulp_backward, params);
    const std::size_t two = 2 * sizeof(typename Type::Number), three = 3 * sizeof(typename Type::Number);
    for (const actfn_mode mode : modes) {
        const char *const kind = kind_of<Type>(mode);
        const auto forward = [=](std::size_t n, const Buffers &in) {
            Type::forward(op, mode, params.data(), n, in.x, in.out);
        };
        add<Type>({ info.name, "forward", isa, kind, two, label, true }, forward);
        const auto backward = [=](std::size_t n, const Buffers &in) {
            Type::backward(op, mode, params.data(), n, in.x, in.dy, in.out);
        };
        add<Type>({ info.name, "backward", isa, kind, three, label_grad, true }, backward);
        const auto to_y = [=](std::size_t n, const Buffers &in) {
            Type::forward(op, mode, params.data(), n, in.x, in.y);
        };
        const auto from_output = [=](std::size_t n, const Buffers &in) {
            Type::backward_from_output(op, mode, params.data(), n, in.y, in.dy, in.out);
        };
        if (info.flags & ACTFN_OP_FROM_OUTPUT)
            for (const std::size_t n : sizes)
                add_size<Type>({ info.name, "from_output", isa, kind, three, label_grad, true }, n, to_y, from_output);
        const auto param_gradient = [=](std::size_t n, const Buffers &in) {
            float gradients[ACTFN_MAX_PARAMS];
            Type::param_gradient(op, mode, params.data(), n, in.x, in.dy, gradients);
            benchmark::DoNotOptimize(gradients);
        };
        if (info.flags & ACTFN_OP_PARAM_GRADIENT)
            add<Type>({ info.name, "param_gradient", isa, kind, two, "", true }, param_gradient);
    }
}

void add_resolved(actfn_op op, const char *isa)
{
    const struct actfn_op_info &info = *actfn_op_info(op);
    const std::vector<float> params = params_of(op);
    actfn_isa_select(isa);
    const actfn_forward_fn kernel = actfn_forward_kernel_f32(op, ACTFN_ACCURATE);
    add({ info.name, "forward", isa, "resolved", forward_bytes, label_of<F32>(op, info.ulp_forward, params), false },
        [=](std::size_t n, const Inputs &in) { kernel(params.data(), n, in.x, in.out); });
}

// The functions by name cannot be listed at run time, so three of them stand for all.
void add_named(const char *isa)
{
    using Named = actfn_status (*)(std::size_t, const float *, float *);
    const std::pair<const char *, Named> functions[] = { { "relu", actfn_relu_f32 },
                                                         { "sigmoid", actfn_sigmoid_f32 },
                                                         { "gelu", actfn_gelu_f32 } };
    for (const auto &[op, function] : functions)
        add_size({ op, "forward", isa, "named", forward_bytes, "", true }, 1, nothing,
                 [f = function](std::size_t n, const Inputs &in) { f(n, in.x, in.out); });
}

// ---- loops for comparison -------------------------------------------------------------------------------------------

void add_baselines(const baseline *row, const char *isa)
{
    for (; row->op; row++) {
        if (const auto f = row->forward)
            add({ row->op, "forward", isa, row->kind, forward_bytes, "", false },
                [=](std::size_t n, const Inputs &in) { f(n, in.x, in.out); });
        if (const auto df = row->backward)
            add({ row->op, "backward", isa, row->kind, backward_bytes, "", false },
                [=](std::size_t n, const Inputs &in) { df(n, in.x, in.dy, in.out); });
    }
}

const baseline *baselines_of(const std::string &isa)
{
#if defined(__x86_64__)
    if (isa == "avx512")
        return baseline_avx512;
    if (isa == "avx2")
        return baseline_avx2;
#elif defined(__aarch64__)
    if (isa == "neon")
        return baseline_neon;
#endif
    (void)isa;
    return nullptr;
}

template <class Type> void add_catalogue(const char *isa, const Modes &modes)
{
    for (int op = 0; op < actfn_op_count(); op++)
        if (actfn_op_info(static_cast<actfn_op>(op))->family == ACTFN_FAMILY_ELEMENTWISE)
            add_op<Type>(static_cast<actfn_op>(op), isa, modes);
    add_families<Type>(isa, modes);
}

// Whatever there is on floats.
void add_floats(const char *isa)
{
    add_catalogue<F32>(isa, { ACTFN_ACCURATE, ACTFN_FAST });
    for (int op = 0; op < actfn_op_count(); op++)
        if (actfn_op_info(static_cast<actfn_op>(op))->family == ACTFN_FAMILY_ELEMENTWISE)
            add_resolved(static_cast<actfn_op>(op), isa);
    add_named(isa);
    if (const baseline *rows = baselines_of(isa))
        add_baselines(rows, isa);
}

// Another type, and what it is measured by.
template <class Type> void add_type(const char *isa)
{
    add_catalogue<Type>(isa, { ACTFN_FAST });
    add_catalogue<F32>(isa, { ACTFN_FAST });
}

void add_all(const std::string &type)
{
    add({ "memcpy", "forward", "any", "roof", forward_bytes, "", false },
        [](std::size_t n, const Inputs &in) { std::memcpy(in.out, in.x, n * sizeof(float)); });
    if (type == F32::text)
        add_baselines(baseline_libm, "scalar");
    for (int k = 0; const char *isa = actfn_isa_at(k); k++) {
        if (!actfn_isa_available(isa)) {
            std::cerr << "actfn_bench: " << isa << " is left out: " << actfn_isa_reason(isa) << "\n";
            continue;
        }
        (type == F16::text ? add_type<F16> : type == BF16::text ? add_type<BF16> : add_floats)(isa);
    }
    actfn_isa_select(nullptr);
}

// ---- options -------------------------------------------------------------------------------------------------------

const char *value_of(const char *argument, const char *option)
{
    const std::size_t length = std::strlen(option);
    return std::strncmp(argument, option, length) == 0 ? argument + length : nullptr;
}

// Takes our own options out of the command line: --input=normal|uniform, --type=f32|f16|bf16, --sizes=1,7,16.
bool take_options(int &argc, char **argv, Distribution &distribution, std::string &type)
{
    int kept = 1;
    for (int k = 1; k < argc; k++) {
        if (const char *name = value_of(argv[k], "--input=")) {
            if (std::strcmp(name, "normal") != 0 && std::strcmp(name, "uniform") != 0)
                return false;
            distribution = *name == 'u' ? Distribution::uniform : Distribution::normal;
        } else if (const char *text = value_of(argv[k], "--type=")) {
            type = text;
            if (type != F32::text && type != F16::text && type != BF16::text)
                return false;
        } else if (const char *list = value_of(argv[k], "--sizes=")) {
            sizes.clear();
            for (char *end = nullptr; *list; list = *end == ',' ? end + 1 : end) {
                sizes.push_back(std::strtoull(list, &end, 10));
                if (end == list || sizes.back() == 0)
                    return false;
            }
        } else {
            argv[kept++] = argv[k];
        }
    }
    argv[argc = kept] = nullptr;
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    Distribution distribution = Distribution::normal;
    std::string type = F32::text;
    if (!take_options(argc, argv, distribution, type)) {
        std::cerr << "actfn_bench: wants --input=normal or uniform, --type=f32, f16 or bf16, and --sizes=N,N,...\n";
        return 2;
    }
    use_distribution(distribution);
    for (const auto &[key, value] : context_lines())
        benchmark::AddCustomContext(key, value);
    benchmark::AddCustomContext("input", distribution_text(distribution));
    add_all(type);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
