// SPDX-License-Identifier: MIT
// softmax by oneDNN, on one thread and on the library's own buffers.
#include "subject.h"

#include <iostream>

#ifdef BENCH_ONEDNN

#include <omp.h>
#include <oneapi/dnnl/dnnl.hpp>

#include <memory>

namespace
{

constexpr std::size_t rows = 1024, columns = 1024;

struct Softmax {
    dnnl::engine engine { dnnl::engine::kind::cpu, 0 };
    dnnl::stream stream { engine };
    dnnl::memory::desc shape { { rows, columns }, dnnl::memory::data_type::f32, dnnl::memory::format_tag::ab };
    dnnl::softmax_forward forward { dnnl::softmax_forward::primitive_desc(
        dnnl::softmax_forward::desc(dnnl::prop_kind::forward_inference, shape, 1), engine) };
    dnnl::memory from { shape, engine, nullptr }, to { shape, engine, nullptr };

    void operator()(float *x, float *y)
    {
        from.set_data_handle(x);
        to.set_data_handle(y);
        forward.execute(stream, { { DNNL_ARG_SRC, from }, { DNNL_ARG_DST, to } });
        stream.wait();
    }
};

} // namespace

void add_onednn()
{
    omp_set_num_threads(1);
    const auto softmax = std::make_shared<Softmax>();
    const dnnl_version_t &v = *dnnl_version();
    std::ostringstream label;
    label << "oneDNN " << v.major << "." << v.minor << "." << v.patch;
    add_shape({ "softmax", "forward", "any", "onednn", 2 * sizeof(float), label.str(), false }, "1024x1024",
              rows * columns, rows * columns, nothing,
              [=](std::size_t, const Inputs &in) { (*softmax)(in.x, in.out); });
}

#else

void add_onednn()
{
    std::cerr
        << "actfn_bench: oneDNN is left out: version 2 of it (Debian 12: libdnnl-dev) was not there to build with\n";
}

#endif
