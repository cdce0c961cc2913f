// SPDX-License-Identifier: MIT
// The operations that are not elementwise, from the catalogue.  This file has the code that a family shares, and the name of
// only one operation, whose targets are classes.
#include "subject.h"

#include <memory>

namespace
{

// A tensor (outer, n, inner), and its name in the report: "64x1024", and "64x64x1" where inner matters.
struct Shape {
    std::size_t outer, n, inner;
    std::string name;

    Shape(std::size_t rows, std::size_t columns) : outer(rows), n(columns), inner(1)
    {
        name = std::to_string(rows) + "x" + std::to_string(columns);
    }
    Shape(std::size_t o, std::size_t channels, std::size_t i) : outer(o), n(channels), inner(i)
    {
        name = std::to_string(o) + "x" + std::to_string(channels) + "x" + std::to_string(i);
    }
    std::size_t count() const { return outer * n * inner; }
};

// Rows of every length, with 16 KiB, 256 KiB and 16 MiB in a buffer: within the first cache, within the second, and beyond.
std::vector<Shape> row_shapes()
{
    std::vector<Shape> shapes;
    for (const std::size_t total : { 4 << 10, 64 << 10, 4 << 20 })
        for (const std::size_t n : { 8, 64, 1024, 65536 })
            if (n <= total)
                shapes.push_back({ total / n, n });
    return shapes;
}

const Shape elementwise(1, 4096);

// What all forms of an operation on an instruction set, in a mode, have in common.
template <class StorageType> struct Family {
    using Type = StorageType;
    using Number = typename Type::Number;
    using Buffers = BuffersOf<Number>;

    const struct actfn_op_info &info;
    actfn_op op;
    actfn_mode mode;
    const char *isa;
    std::vector<float> params;

    template <class Prepare, class Call>
    void add(const char *form, const Shape &shape, std::size_t arrays, std::size_t room, Prepare prepare,
             Call call) const
    {
        const bool forward = std::string(form) == "forward";
        const Subject subject = { info.name,
                                  form,
                                  isa,
                                  kind_of<Type>(mode),
                                  arrays * sizeof(Number),
                                  label_of<Type>(op, forward ? info.ulp_forward : info.ulp_backward, params),
                                  true };
        add_shape<Type>(subject, shape.name, shape.count(), room, prepare, call);
    }
};

template <class F> void add_rows(const F &f, const Shape &shape)
{
    const auto forward = [=](const typename F::Buffers &in, typename F::Number *y) {
        F::Type::rows_forward(f.op, f.mode, f.params.data(), 0, shape.outer, shape.n, shape.inner, in.x, y);
    };
    // A reduced y, or its gradient, is next to nothing.
    const std::size_t small = f.info.flags & ACTFN_OP_REDUCES ? 0 : 1;
    const std::size_t reads_x = f.info.flags & ACTFN_OP_READS_X ? 1 : 0;
    const std::size_t reads_y = f.info.flags & ACTFN_OP_READS_Y ? small : 0;
    f.add("forward", shape, 1 + small, shape.count(), nothing,
          [=](std::size_t, const typename F::Buffers &in) { forward(in, in.out); });
    f.add(
        "backward", shape, 1 + small + reads_x + reads_y, shape.count(),
        [=](std::size_t, const typename F::Buffers &in) { forward(in, in.y); },
        [=](std::size_t, const typename F::Buffers &in) {
            F::Type::rows_backward(f.op, f.mode, f.params.data(), 0, shape.outer, shape.n, shape.inner, in.x, in.y,
                                   in.dy, in.out);
        });
}

template <class F> void add_gate(const F &f)
{
    // Two inputs and two results share a buffer each.
    const std::size_t n = elementwise.count();
    f.add("forward", elementwise, 3, 2 * n, nothing, [=](std::size_t, const typename F::Buffers &in) {
        F::Type::gates_forward(f.op, f.mode, f.params.data(), 1, n, in.x, n, in.x + n, n, in.out, n);
    });
    f.add("backward", elementwise, 5, 2 * n, nothing, [=](std::size_t, const typename F::Buffers &in) {
        F::Type::gates_backward(f.op, f.mode, f.params.data(), 1, n, in.x, n, in.x + n, n, in.dy, n, in.out, n,
                                in.out + n, n);
    });
    // n elements of y from rows of twice as many.
    const Shape packed(4, n / 4);
    f.add("packed", packed, 3, 2 * n, nothing, [=](std::size_t, const typename F::Buffers &in) {
        F::Type::gates_packed_forward(f.op, f.mode, f.params.data(), ACTFN_GATE_FIRST, packed.outer, 2 * packed.n, in.x,
                                      in.out);
    });
}

struct Weights {
    std::vector<float> values[ACTFN_MAX_PARAMS], gradients[ACTFN_MAX_PARAMS];
    const float *arrays[ACTFN_MAX_PARAMS] = {};
    float *outputs[ACTFN_MAX_PARAMS] = {};
};

void add_channels(const Family<F32> &f, const Shape &shape)
{
    // Rising, so that thresholds are in order; with two terms where there may be several.
    const auto w = std::make_shared<Weights>();
    std::size_t terms = 2;
    for (int k = 0; k < f.info.param_count; k++) {
        w->values[k].assign(terms * shape.n, 0.25f * static_cast<float>(k + 1));
        w->gradients[k].resize(terms * shape.n);
        w->arrays[k] = w->values[k].data();
        w->outputs[k] = w->gradients[k].data();
    }
    if (actfn_channels_forward_f32(f.op, f.mode, 0, shape.n, 0, terms, w->arrays, nullptr, nullptr) != ACTFN_OK)
        terms = 1;
    f.add("forward", shape, 2, shape.count(), nothing, [=](std::size_t, const Inputs &in) {
        actfn_channels_forward_f32(f.op, f.mode, shape.outer, shape.n, shape.inner, terms, w->arrays, in.x, in.out);
    });
    f.add("backward", shape, 3, shape.count(), nothing, [=](std::size_t, const Inputs &in) {
        actfn_channels_backward_f32(f.op, f.mode, shape.outer, shape.n, shape.inner, terms, w->arrays, in.x, in.dy,
                                    in.out, w->outputs);
    });
}

void add_rrelu(const Family<F32> &f)
{
    f.add("forward", elementwise, 2, elementwise.count(), nothing, [=](std::size_t n, const Inputs &in) {
        actfn_rrelu_f32(f.mode, f.params.data(), n, in.x, in.out, nullptr, 1, 2, 0);
    });
    f.add("backward", elementwise, 3, elementwise.count(), nothing, [=](std::size_t n, const Inputs &in) {
        actfn_rrelu_backward_f32(f.mode, f.params.data(), n, in.x, in.dy, in.out, 1, 2, 0);
    });
}

template <class F> void add_gumbel(const F &f, const Shape &shape)
{
    const auto forward = [=](const typename F::Buffers &in, typename F::Number *y) {
        F::Type::gumbel_softmax(f.mode, f.params.data(), 0, shape.outer, shape.n, shape.inner, in.x, y, nullptr, 1, 2,
                                0);
    };
    f.add("forward", shape, 2, shape.count(), nothing,
          [=](std::size_t, const typename F::Buffers &in) { forward(in, in.out); });
    f.add(
        "backward", shape, 3, shape.count(), [=](std::size_t, const typename F::Buffers &in) { forward(in, in.y); },
        [=](std::size_t, const typename F::Buffers &in) {
            F::Type::gumbel_softmax_backward(f.mode, f.params.data(), shape.outer, shape.n, shape.inner, in.y, in.dy,
                                             in.out);
        });
}

// The derivative is called with the loss, as in training: forward is the loss alone, backward both.
void add_loss(const Family<F32> &f)
{
    const auto to_targets = [](std::size_t n, const Inputs &in) {
        actfn_forward_f32(ACTFN_SIGMOID, ACTFN_ACCURATE, nullptr, n, in.dy, in.y);
    };
    const std::size_t n = elementwise.count();
    f.add("forward", elementwise, 3, 2 * n, to_targets, [=](std::size_t, const Inputs &in) {
        actfn_loss_f32(f.op, f.mode, f.params.data(), n, in.x, in.y, nullptr, 1, in.out, nullptr);
    });
    f.add("backward", elementwise, 4, 2 * n, to_targets, [=](std::size_t, const Inputs &in) {
        actfn_loss_f32(f.op, f.mode, f.params.data(), n, in.x, in.y, nullptr, 1, in.out, in.out + n);
    });
}

void add_cross_entropy(const Family<F32> &f, const Shape &shape)
{
    const auto classes = std::make_shared<std::vector<std::int64_t>>(shape.outer);
    for (std::size_t k = 0; k < shape.outer; k++)
        (*classes)[k] = static_cast<std::int64_t>(7 * k % shape.n);
    const auto call = [=](const Inputs &in, float *dz) {
        actfn_softmax_cross_entropy_f32(f.mode, f.params.data(), shape.outer, shape.n, shape.inner, in.x,
                                        classes->data(), -1, nullptr, 1, in.y, dz);
    };
    f.add("forward", shape, 1, shape.count(), nothing, [=](std::size_t, const Inputs &in) { call(in, nullptr); });
    f.add("backward", shape, 2, shape.count(), nothing, [=](std::size_t, const Inputs &in) { call(in, in.out); });
}

// Of the other families only the floats are measured.
void add_others(const Family<F32> &f)
{
    switch (f.info.family) {
    case ACTFN_FAMILY_CHANNELS:
        for (const Shape &shape : { Shape(1, 4, 1024), Shape(64, 64, 1) })
            add_channels(f, shape);
        break;
    case ACTFN_FAMILY_RANDOM: add_rrelu(f); break;
    case ACTFN_FAMILY_LOSSES:
        if (f.op != ACTFN_SOFTMAX_CROSS_ENTROPY)
            return add_loss(f);
        for (const Shape &shape : row_shapes())
            add_cross_entropy(f, shape);
        break;
    default: break;
    }
}

template <class F> void add_family(const F &f)
{
    if (f.info.family == ACTFN_FAMILY_GATES)
        add_gate(f);
    else if (f.info.family == ACTFN_FAMILY_ROWS || f.op == ACTFN_GUMBEL_SOFTMAX)
        for (const Shape &shape : row_shapes())
            f.op == ACTFN_GUMBEL_SOFTMAX ? add_gumbel(f, shape) : add_rows(f, shape);
    else if constexpr (std::is_same_v<F, Family<F32>>)
        add_others(f);
}

} // namespace

template <class Type> void add_families(const char *isa, const Modes &modes)
{
    for (int k = 0; k < actfn_op_count(); k++) {
        const actfn_op op = static_cast<actfn_op>(k);
        const struct actfn_op_info &info = *actfn_op_info(op);
        std::vector<float> params;
        // add_channels chooses the weights of channels itself.
        for (int p = 0; p < info.param_count && info.family != ACTFN_FAMILY_CHANNELS; p++)
            params.push_back(actfn_op_param(op, p)->default_value);
        for (const actfn_mode mode : modes)
            add_family(Family<Type> { info, op, mode, isa, params });
    }
}

template void add_families<F32>(const char *, const Modes &);
template void add_families<F16>(const char *, const Modes &);
template void add_families<BF16>(const char *, const Modes &);
