// SPDX-License-Identifier: MIT
// actfn.torch's operators: the kernels of torch.ops.actfn for the CPU, and for eager mode entries that keep their own
// gradient.
//
// Compiled against the torch that is there (_build.py).  An entry takes the plain case alone: float32 tensors of the
// CPU, no transformation, mode or subclass at work.  Anything else it declines with NotImplemented before it has
// written anything, and Python goes the long way.  The library's functions come from the extension actfn._core, so
// that both share one copy of it.
#include <Python.h>

#include <ATen/EmptyTensor.h>
#include <ATen/Parallel.h>
#include <ATen/PythonTorchFunctionTLS.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/ops/empty_like.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/Exceptions.h>
#include <torch/csrc/autograd/VariableTypeUtils.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/python_variable.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/library.h>

#include <actfn.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <string>
#include <type_traits>

namespace
{

using at::Tensor;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;
// A shared_ptr, and in newer versions an intrusive_ptr.
using NodePointer = decltype(torch::autograd::Edge::function);

// ---- the library, and what Python hands over -----------------------------------------------------------------------

// clang-format off
#define ENTRIES(DO)                                                                                                    \
    DO(actfn_status_string) DO(actfn_op_info) DO(actfn_op_from_name) DO(actfn_forward_f32) DO(actfn_backward_f32)      \
    DO(actfn_backward_from_output_f32) DO(actfn_rows_forward_f32) DO(actfn_rows_backward_f32)                          \
    DO(actfn_gates_packed_forward_f32) DO(actfn_gates_packed_backward_f32) DO(actfn_channels_forward_f32)              \
    DO(actfn_channels_backward_f32)
// clang-format on

struct {
#define DECLARE(name) decltype(&::name) name;
    ENTRIES(DECLARE)
} library;

PyObject *python_gradient; // the gradient by Python's operators, which has a gradient of its own
PyObject *reproducible, *fast;

// ---- what the arguments of an operation are ------------------------------------------------------------------------

enum class Family { elementwise, rows, gate, prelu };

struct Call {
    Family family;
    actfn_op op;
    actfn_mode mode;
    int64_t axis = 0;
    int count = 0;
    std::array<double, ACTFN_MAX_PARAMS> given {};
    std::array<float, ACTFN_MAX_PARAMS> params {};

    const float *pointer() const { return count ? params.data() : nullptr; }
};

// (outer, n, inner) of an axis.
struct Shape {
    size_t outer = 1, n = 1, inner = 1;

    Shape(at::IntArrayRef sizes, int64_t axis)
    {
        for (int64_t k = 0; k < (int64_t)sizes.size(); k++)
            (k < axis ? outer : k == axis ? n : inner) *= (size_t)sizes[k];
    }
};

void check(actfn_status status) { TORCH_CHECK(status == ACTFN_OK, "actfn: ", library.actfn_status_string(status)); }

// ---- memory --------------------------------------------------------------------------------------------------------

bool dense(const Tensor &x) { return x.is_non_overlapping_and_dense(); }

bool same_layout(const Tensor &a, const Tensor &b) { return a.sizes() == b.sizes() && a.strides() == b.strides(); }

// Unwritten, of x's shape and, where x is dense, its strides.
Tensor empty_as(const Tensor &x)
{
    if (dense(x))
        return at::detail::empty_strided_cpu(x.sizes(), x.strides(), at::kFloat);
    return at::empty_like(x);
}

Tensor empty_contiguous(at::IntArrayRef sizes) { return at::detail::empty_cpu(sizes, at::kFloat); }

// x in a layout: itself, or a copy.
Tensor in_layout_of(const Tensor &x, const Tensor &other)
{
    if (dense(x) && same_layout(x, other))
        return x;
    Tensor copy = at::detail::empty_strided_cpu(other.sizes(), other.strides(), at::kFloat);
    copy.copy_(x);
    return copy;
}

const float *read(const Tensor &x) { return x.const_data_ptr<float>(); }
float *write(const Tensor &x) { return x.mutable_data_ptr<float>(); }

// ---- the split over torch's threads --------------------------------------------------------------------------------

// A part that is worth a thread, in elements; torch's own operations have the same.
constexpr int64_t PART = 32768;

// No bit depends on it: elements, rows and samples are computed each for itself.
template <class Part> actfn_status in_parts(size_t count, size_t width, const Part &part)
{
    std::atomic<int> failed { ACTFN_OK };
    const int64_t grain = std::max<int64_t>(1, PART / (int64_t)std::max<size_t>(width, 1));
    at::parallel_for(0, (int64_t)count, grain, [&](int64_t begin, int64_t end) {
        const actfn_status status = part((size_t)begin, (size_t)(end - begin));
        if (status != ACTFN_OK)
            failed = status;
    });
    // Nothing to do is checked, too.
    return count ? (actfn_status)failed.load() : part(0, 0);
}

// ---- the operations ------------------------------------------------------------------------------------------------

// All four compute below autograd, on tensors that fit together.

actfn_status elementwise_into(const Call &call, const Tensor &x, const Tensor &y)
{
    const float *in = read(x);
    float *out = write(y);
    return in_parts((size_t)x.numel(), 1, [&](size_t begin, size_t n) {
        return library.actfn_forward_f32(call.op, call.mode, call.pointer(), n, in + begin, out + begin);
    });
}

actfn_status elementwise_gradient_into(const Call &call, bool from_output, const Tensor &x, const Tensor &dy,
                                       const Tensor &dx)
{
    const auto function = from_output ? library.actfn_backward_from_output_f32 : library.actfn_backward_f32;
    const float *in = read(x), *above = read(dy);
    float *out = write(dx);
    return in_parts((size_t)x.numel(), 1, [&](size_t begin, size_t n) {
        return function(call.op, call.mode, call.pointer(), n, in + begin, above + begin, out + begin);
    });
}

std::pair<Tensor, actfn_status> elementwise_forward(const Call &call, const Tensor &x)
{
    Tensor y = empty_as(x);
    const Tensor source = in_layout_of(x, y);
    const actfn_status status = elementwise_into(call, source, y);
    return { y, status };
}

// What sum() and mean() hand back: one number, seen everywhere.
bool is_one_number(const Tensor &dy)
{
    for (int64_t k = 0; k < dy.dim(); k++)
        if (dy.size(k) > 1 && dy.stride(k) != 0)
            return false;
    return dy.numel() > 1;
}

actfn_status gradient_of_one_number(const Call &call, bool from_output, const Tensor &x, float number, const Tensor &dx)
{
    const auto function = from_output ? library.actfn_backward_from_output_f32 : library.actfn_backward_f32;
    const float *in = read(x);
    float *out = write(dx);
    std::array<float, 2048> above;
    above.fill(number);
    return in_parts((size_t)x.numel(), 1, [&](size_t begin, size_t n) {
        actfn_status status = ACTFN_OK;
        for (size_t end = begin + n; begin < end && status == ACTFN_OK; begin += above.size())
            status = function(call.op, call.mode, call.pointer(), std::min(above.size(), end - begin), in + begin,
                              above.data(), out + begin);
        return status;
    });
}

// Nobody else sees the memory, not even an array of NumPy's that it was made from.
bool is_ours(const Tensor &x)
{
    return x.use_count() == 1 && x.storage().use_count() == 1 &&
           x.storage().data_ptr().get_deleter() == c10::GetCPUAllocator()->raw_deleter();
}

Tensor elementwise_gradient(const Call &call, bool from_output, const Tensor &saved, const Tensor &dy, bool reuse)
{
    const Tensor x = dense(saved) ? saved : in_layout_of(saved, at::empty_like(saved));
    if (dense(dy) && same_layout(dy, x)) {
        const Tensor dx = reuse ? dy : empty_as(x);
        check(elementwise_gradient_into(call, from_output, x, dy, dx));
        return dx;
    }
    if (is_one_number(dy)) {
        const Tensor dx = empty_as(x);
        check(gradient_of_one_number(call, from_output, x, *read(dy), dx));
        return dx;
    }
    const Tensor dx = in_layout_of(dy, x);
    check(elementwise_gradient_into(call, from_output, x, dx, dx));
    return dx;
}

std::pair<Tensor, actfn_status> rows_forward(const Call &call, const Tensor &given)
{
    const Tensor x = given.contiguous(), y = empty_contiguous(x.sizes());
    const Shape shape(x.sizes(), call.axis);
    const size_t width = shape.n * shape.inner;
    const float *in = read(x);
    float *out = write(y);
    return { y, in_parts(shape.outer, width, [&](size_t begin, size_t count) {
                 return library.actfn_rows_forward_f32(call.op, call.mode, nullptr, 0, count, shape.n, shape.inner,
                                                       in + begin * width, out + begin * width);
             }) };
}

Tensor rows_gradient(const Call &call, const Tensor &output, const Tensor &above, bool reuse)
{
    const Tensor y = output.contiguous(), dy = above.contiguous();
    const Tensor dx = reuse && dy.is_same(above) ? dy : empty_contiguous(y.sizes());
    const Shape shape(y.sizes(), call.axis);
    const size_t width = shape.n * shape.inner;
    const float *in = read(y), *gradient = read(dy);
    float *out = write(dx);
    check(in_parts(shape.outer, width, [&](size_t begin, size_t count) {
        const size_t at = begin * width;
        return library.actfn_rows_backward_f32(call.op, call.mode, nullptr, 0, count, shape.n, shape.inner, nullptr,
                                               in + at, gradient + at, out + at);
    }));
    return dx;
}

std::pair<Tensor, actfn_status> gate_forward(const Call &call, const Tensor &given)
{
    const Tensor x = given.contiguous();
    std::vector<int64_t> sizes = x.sizes().vec();
    sizes[(size_t)call.axis] /= 2;
    const Tensor y = empty_contiguous(sizes);
    const Shape shape(x.sizes(), call.axis);
    const size_t width = shape.n * shape.inner;
    const float *in = read(x);
    float *out = write(y);
    return { y, in_parts(shape.outer, width, [&](size_t begin, size_t count) {
                 return library.actfn_gates_packed_forward_f32(call.op, call.mode, nullptr, ACTFN_GATE_LAST, count,
                                                               width, in + begin * width, out + begin * (width / 2));
             }) };
}

Tensor gate_gradient(const Call &call, const Tensor &input, const Tensor &above)
{
    const Tensor x = input.contiguous(), dy = above.contiguous(), dx = empty_contiguous(x.sizes());
    const Shape shape(x.sizes(), call.axis);
    const size_t width = shape.n * shape.inner;
    const float *in = read(x), *gradient = read(dy);
    float *out = write(dx);
    check(in_parts(shape.outer, width, [&](size_t begin, size_t count) {
        return library.actfn_gates_packed_backward_f32(call.op, call.mode, nullptr, ACTFN_GATE_LAST, count, width,
                                                       in + begin * width, gradient + begin * (width / 2),
                                                       out + begin * width);
    }));
    return dx;
}

// One weight is one channel of single elements, so that it splits anywhere.
Shape channels_of(const Tensor &x, const Tensor &weight, int64_t axis)
{
    if (weight.numel() != 1)
        return Shape(x.sizes(), axis);
    Shape shape({}, 0);
    shape.outer = (size_t)x.numel();
    return shape;
}

std::pair<Tensor, actfn_status> prelu_forward(const Call &call, const Tensor &given, const Tensor &weights)
{
    const Tensor x = given.contiguous(), weight = weights.contiguous(), y = empty_contiguous(x.sizes());
    const Shape shape = channels_of(x, weight, call.axis);
    const float *in = read(x), *a = read(weight);
    float *out = write(y);
    const bool one = weight.numel() == 1;
    const size_t width = shape.n * shape.inner;
    return { y, in_parts(shape.outer, width, [&](size_t begin, size_t count) {
                 return library.actfn_channels_forward_f32(ACTFN_PRELU, call.mode, one ? 1 : count, shape.n,
                                                           one ? count : shape.inner, 1, &a, in + begin * width,
                                                           out + begin * width);
             }) };
}

std::pair<Tensor, Tensor> prelu_gradient(const Call &call, const Tensor &input, const Tensor &weights,
                                         const Tensor &above)
{
    const Tensor x = input.contiguous(), dy = above.contiguous(), weight = weights.contiguous();
    const Tensor dx = empty_contiguous(x.sizes()), dweight = empty_contiguous(weight.sizes());
    const Shape shape = channels_of(x, weight, call.axis);
    const float *in = read(x), *gradient = read(dy), *a = read(weight);
    float *out = write(dx), *sums = write(dweight);
    const bool one = weight.numel() == 1;
    const size_t width = shape.n * shape.inner;
    const size_t outer = one ? 1 : shape.outer, inner = one ? shape.outer : shape.inner;
    if (at::get_num_threads() == 1 || x.numel() < PART) {
        check(library.actfn_channels_backward_f32(ACTFN_PRELU, call.mode, outer, shape.n, inner, 1, &a, in, gradient,
                                                  out, &sums));
        return { dx, dweight };
    }
    // The sums depend on the whole, and stay in one piece.
    check(in_parts(shape.outer, width, [&](size_t begin, size_t count) {
        const size_t at = begin * width;
        return library.actfn_channels_backward_f32(ACTFN_PRELU, call.mode, one ? 1 : count, shape.n,
                                                   one ? count : shape.inner, 1, &a, in + at, gradient + at, out + at,
                                                   nullptr);
    }));
    check(library.actfn_channels_backward_f32(ACTFN_PRELU, call.mode, outer, shape.n, inner, 1, &a, in, gradient,
                                              nullptr, &sums));
    return { dx, dweight };
}

// ---- the plain case ------------------------------------------------------------------------------------------------

// No functionalization, tracing, autocast, torch.func or dispatch mode; autograd may be switched off.
bool plain_thread()
{
    const c10::impl::LocalDispatchKeySet keys = c10::impl::tls_local_dispatch_key_set();
    const auto excluded = (c10::default_excluded_set | c10::autograd_dispatch_keyset_with_ADInplaceOrView).raw_repr();
    return (keys.included_.raw_repr() & ~c10::default_included_set.raw_repr()) == 0 &&
           (keys.excluded_.raw_repr() & ~excluded) == 0 && !at::impl::torch_function_mode_enabled();
}

// A float32 tensor of the CPU that is nothing more, and has no tangent.
bool plain(const Tensor &x)
{
    // Every tensor has the key of autocast; whether that is on, the thread knows.
    static const uint64_t allowed =
        (c10::DispatchKeySet(c10::DispatchKey::CPU) | c10::DispatchKeySet(c10::DispatchKey::AutogradCPU) |
         c10::DispatchKeySet(c10::DispatchKey::AutocastCPU) | c10::autograd_dispatch_keyset_with_ADInplaceOrView)
            .raw_repr();
    const uint64_t backends = c10::DispatchKeySet(c10::DispatchKeySet::RAW, c10::full_backend_mask).raw_repr();
    const uint64_t cpu = c10::DispatchKeySet(c10::DispatchKey::CPU).raw_repr();
    const uint64_t keys = x.key_set().raw_repr();
    return x.defined() && (keys & backends & ~cpu) == 0 && (keys & cpu) == cpu && (keys & ~backends & ~allowed) == 0 &&
           x.scalar_type() == at::kFloat && !torch::autograd::isFwGradDefined(x);
}

bool needs_graph(const Tensor &x)
{
    return x.requires_grad() && at::GradMode::is_enabled() &&
           !c10::impl::tls_local_dispatch_key_set().excluded_.has(c10::DispatchKey::AutogradCPU);
}

// ---- the gradient --------------------------------------------------------------------------------------------------

struct WithGil {
    PyGILState_STATE state = PyGILState_Ensure();
    ~WithGil() { PyGILState_Release(state); }
};

const char *family_name(Family family)
{
    switch (family) {
    case Family::elementwise: return "elementwise";
    case Family::rows: return "rows";
    case Family::gate: return "gate";
    default: return "prelu";
    }
}

struct Gradient : torch::autograd::Node {
    Call call;
    bool from_output = false;
    SavedVariable saved, weight;

    std::string name() const override { return std::string("Actfn_") + library.actfn_op_info(call.op)->name; }

    void release_variables() override
    {
        std::lock_guard<std::mutex> lock(mutex_);
        saved.reset_data();
        weight.reset_data();
    }

    variable_list apply(variable_list &&gradients) override
    {
        const size_t count = call.family == Family::prelu ? 2 : 1;
        Tensor dy = std::move(gradients[0]), x, a;
        gradients.clear();
        if (!dy.defined())
            return variable_list(count);
        {
            std::lock_guard<std::mutex> lock(mutex_);
            x = from_output ? saved.unpack(getptr()) : saved.unpack();
            if (count == 2)
                a = weight.unpack();
        }
        if (at::GradMode::is_enabled() || !plain_thread() || !plain(dy) || !plain(x) || (count == 2 && !plain(a)))
            return in_python(x, a, dy);
        at::AutoDispatchBelowADInplaceOrView below;
        const bool reuse = is_ours(dy) && dense(dy);
        switch (call.family) {
        case Family::elementwise: return { elementwise_gradient(call, from_output, x, dy, reuse) };
        case Family::rows: return { rows_gradient(call, x, dy, reuse) };
        case Family::gate: return { gate_gradient(call, x, dy) };
        default: {
            auto [dx, dweight] = prelu_gradient(call, x, a, dy);
            return { dx, dweight };
        }
        }
    }

    // For a graph of the gradient, and for whatever torch does to it.
    variable_list in_python(const Tensor &x, const Tensor &a, const Tensor &dy)
    {
        WithGil gil;
        PyObject *params = PyTuple_New(call.count);
        for (int k = 0; params && k < call.count; k++)
            PyTuple_SET_ITEM(params, k, PyFloat_FromDouble(call.given[(size_t)k]));
        PyObject *arguments = params ? Py_BuildValue("(sNNNsNOLO)", family_name(call.family), THPVariable_Wrap(x),
                                                     a.defined() ? THPVariable_Wrap(a) : Py_NewRef(Py_None),
                                                     THPVariable_Wrap(dy), library.actfn_op_info(call.op)->name, params,
                                                     call.mode == ACTFN_FAST ? fast : reproducible,
                                                     (long long)call.axis, from_output ? Py_True : Py_False)
                                     : nullptr;
        PyObject *result = arguments ? PyObject_CallObject(python_gradient, arguments) : nullptr;
        Py_XDECREF(arguments);
        if (!result) {
            python_error error;
            error.persist();
            throw error;
        }
        variable_list list;
        for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(result); k++)
            list.push_back(THPVariable_Unpack(PyTuple_GET_ITEM(result, k)));
        Py_DECREF(result);
        return list;
    }
};

template <class Pointer> std::pair<Pointer, Gradient *> make_node()
{
    if constexpr (std::is_constructible_v<Pointer, Gradient *, void (*)(Gradient *)>) {
        Gradient *node = new Gradient;
        // torch's own way to delete one, which does not descend into a deep graph.
        return { Pointer(node, [](auto *old) { deleteNode(old); }), node };
    } else {
        auto pointer = c10::make_intrusive<Gradient>();
        Gradient *node = pointer.get();
        return { Pointer(std::move(pointer)), node };
    }
}

// ---- entries for Python --------------------------------------------------------------------------------------------

struct WithoutGil {
    PyThreadState *state = PyEval_SaveThread();
    ~WithoutGil() { PyEval_RestoreThread(state); }
};

// Where the work is short, letting go of the interpreter takes as long.
constexpr int64_t SHORT = 8192;

PyObject *declined() { return Py_NewRef(Py_NotImplemented); }

bool parse_mode(PyObject *mode, actfn_mode *result)
{
    if (mode == reproducible || mode == fast) {
        *result = mode == fast ? ACTFN_FAST : ACTFN_REPRODUCIBLE;
        return true;
    }
    if (!PyUnicode_Check(mode))
        return false;
    *result = PyUnicode_Compare(mode, fast) == 0 ? ACTFN_FAST : ACTFN_REPRODUCIBLE;
    return *result == ACTFN_FAST || PyUnicode_Compare(mode, reproducible) == 0;
}

bool parse_params(PyObject *tuple, Call *call)
{
    call->count = (int)PyTuple_GET_SIZE(tuple);
    for (int k = 0; k < call->count; k++) {
        PyObject *value = PyTuple_GET_ITEM(tuple, k);
        if (!PyFloat_CheckExact(value) && !PyLong_CheckExact(value))
            return false;
        call->given[(size_t)k] = PyFloat_AsDouble(value);
        if (PyErr_Occurred()) {
            PyErr_Clear();
            return false;
        }
        call->params[(size_t)k] = (float)call->given[(size_t)k];
    }
    return library.actfn_forward_f32(call->op, call->mode, call->pointer(), 0, nullptr, nullptr) == ACTFN_OK;
}

bool parse_tensor(PyObject *object, Tensor *result)
{
    if (!THPVariable_CheckExact(object))
        return false;
    *result = THPVariable_Unpack(object);
    return plain(*result);
}

bool parse_axis(PyObject *object, const Tensor &x, int64_t *axis)
{
    if (!PyLong_CheckExact(object))
        return false;
    const long long value = PyLong_AsLongLong(object);
    if (value == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return false;
    }
    if (value < -x.dim() || value >= x.dim())
        return false;
    *axis = value < 0 ? value + x.dim() : value;
    return true;
}

template <class Compute> std::pair<Tensor, actfn_status> below_autograd(int64_t size, const Compute &compute)
{
    std::optional<WithoutGil> released;
    if (size > SHORT)
        released.emplace();
    at::AutoDispatchBelowADInplaceOrView below;
    return compute();
}

bool has_from_output(const Call &call)
{
    return (library.actfn_op_info(call.op)->flags & ACTFN_OP_FROM_OUTPUT) &&
           library.actfn_backward_from_output_f32(call.op, call.mode, call.pointer(), 0, nullptr, nullptr, nullptr) ==
               ACTFN_OK;
}

PyObject *in_place(const Call &call, PyObject *object, const Tensor &x)
{
    const bool graph = needs_graph(x);
    // What torch refuses to overwrite, Python does, before anything is written.
    if ((graph && x.is_leaf()) || (x.is_inference() && !c10::InferenceMode::is_enabled()))
        return declined();
    torch::autograd::check_inplace(x, graph);
    NodePointer pointer;
    Gradient *node = nullptr;
    if (graph) {
        std::tie(pointer, node) = make_node<NodePointer>();
        node->set_next_edges(torch::autograd::collect_next_edges(x));
        node->call = call;
        node->from_output = has_from_output(call);
        if (!node->from_output)
            node->saved = SavedVariable(x.clone(), false); // with its history, for a gradient of the gradient
    }
    below_autograd(x.numel(), [&] {
        if (dense(x)) {
            check(elementwise_into(call, x, x));
        } else {
            const auto [y, status] = elementwise_forward(call, x);
            check(status);
            x.copy_(y);
        }
        return std::pair<Tensor, actfn_status>();
    });
    if (!x.is_inference())
        torch::autograd::increment_version(x);
    if (graph) {
        torch::autograd::rebase_history(x, pointer);
        if (node->from_output)
            node->saved = SavedVariable(x, true, x.is_view());
    }
    return Py_NewRef(object);
}

// elementwise(input, op, params, mode, inplace)
PyObject *elementwise(PyObject *, PyObject *const *arguments, Py_ssize_t count)
{
    HANDLE_TH_ERRORS
    Call call { Family::elementwise };
    Tensor x;
    TORCH_CHECK(count == 5, "elementwise takes 5 arguments");
    call.op = (actfn_op)PyLong_AsLong(arguments[1]);
    if (!parse_tensor(arguments[0], &x) || !plain_thread() || !parse_mode(arguments[3], &call.mode) ||
        !parse_params(arguments[2], &call))
        return declined();
    const int overwrites = PyObject_IsTrue(arguments[4]);
    if (overwrites < 0)
        return nullptr;
    if (overwrites)
        return in_place(call, arguments[0], x);
    const auto [y, status] = below_autograd(x.numel(), [&] { return elementwise_forward(call, x); });
    if (status != ACTFN_OK)
        return declined();
    if (needs_graph(x)) {
        auto [pointer, node] = make_node<NodePointer>();
        node->set_next_edges(torch::autograd::collect_next_edges(x));
        node->call = call;
        node->from_output = has_from_output(call);
        torch::autograd::set_history(y, pointer);
        node->saved = SavedVariable(node->from_output ? y : x, node->from_output);
    }
    return THPVariable_Wrap(y);
    END_HANDLE_TH_ERRORS
}

// rows(input, dim, op, mode)
PyObject *rows(PyObject *, PyObject *const *arguments, Py_ssize_t count)
{
    HANDLE_TH_ERRORS
    Call call { Family::rows };
    Tensor x;
    TORCH_CHECK(count == 4, "rows takes 4 arguments");
    call.op = (actfn_op)PyLong_AsLong(arguments[2]);
    if (!parse_tensor(arguments[0], &x) || !plain_thread() || !parse_mode(arguments[3], &call.mode) ||
        !parse_axis(arguments[1], x, &call.axis))
        return declined();
    const auto [y, status] = below_autograd(x.numel(), [&] { return rows_forward(call, x); });
    if (status != ACTFN_OK)
        return declined();
    if (needs_graph(x)) {
        auto [pointer, node] = make_node<NodePointer>();
        node->set_next_edges(torch::autograd::collect_next_edges(x));
        node->call = call;
        node->from_output = true;
        torch::autograd::set_history(y, pointer);
        node->saved = SavedVariable(y, true);
    }
    return THPVariable_Wrap(y);
    END_HANDLE_TH_ERRORS
}

// glu(input, dim, mode)
PyObject *glu(PyObject *, PyObject *const *arguments, Py_ssize_t count)
{
    HANDLE_TH_ERRORS
    Call call { Family::gate, ACTFN_GLU };
    Tensor x;
    TORCH_CHECK(count == 3, "glu takes 3 arguments");
    if (!parse_tensor(arguments[0], &x) || !plain_thread() || !parse_mode(arguments[2], &call.mode) ||
        !parse_axis(arguments[1], x, &call.axis) || x.size(call.axis) % 2)
        return declined();
    const auto [y, status] = below_autograd(x.numel(), [&] { return gate_forward(call, x); });
    if (status != ACTFN_OK)
        return declined();
    if (needs_graph(x)) {
        auto [pointer, node] = make_node<NodePointer>();
        node->set_next_edges(torch::autograd::collect_next_edges(x));
        node->call = call;
        torch::autograd::set_history(y, pointer);
        node->saved = SavedVariable(x, false);
    }
    return THPVariable_Wrap(y);
    END_HANDLE_TH_ERRORS
}

// prelu(input, weight, mode)
PyObject *prelu(PyObject *, PyObject *const *arguments, Py_ssize_t count)
{
    HANDLE_TH_ERRORS
    Call call { Family::prelu, ACTFN_PRELU };
    Tensor x, weight;
    TORCH_CHECK(count == 3, "prelu takes 3 arguments");
    call.axis = 1;
    if (!parse_tensor(arguments[0], &x) || !parse_tensor(arguments[1], &weight) || !plain_thread() ||
        !parse_mode(arguments[2], &call.mode) || weight.dim() > 1 ||
        (weight.numel() != 1 && (x.dim() < 2 || x.size(1) != weight.numel())))
        return declined();
    const auto [y, status] = below_autograd(x.numel(), [&] { return prelu_forward(call, x, weight); });
    if (status != ACTFN_OK)
        return declined();
    if (needs_graph(x) || needs_graph(weight)) {
        auto [pointer, node] = make_node<NodePointer>();
        node->set_next_edges(torch::autograd::collect_next_edges(x, weight));
        node->call = call;
        torch::autograd::set_history(y, pointer);
        node->saved = SavedVariable(x, false);
        node->weight = SavedVariable(weight, false);
    }
    return THPVariable_Wrap(y);
    END_HANDLE_TH_ERRORS
}

// setup(entries, gradient): the addresses of the library's functions by name, and the gradient in Python.
PyObject *setup(PyObject *, PyObject *arguments)
{
    PyObject *entries, *gradient;
    if (!PyArg_ParseTuple(arguments, "O!O", &PyDict_Type, &entries, &gradient))
        return nullptr;
#define TAKE(name)                                                                                                     \
    {                                                                                                                  \
        PyObject *address = PyDict_GetItemString(entries, #name);                                                      \
        if (!address)                                                                                                  \
            return PyErr_Format(PyExc_ImportError, "actfn._core has no entry " #name);                                 \
        library.name = reinterpret_cast<decltype(&::name)>((uintptr_t)PyLong_AsUnsignedLongLong(address));             \
        if (PyErr_Occurred())                                                                                          \
            return nullptr;                                                                                            \
    }
    ENTRIES(TAKE)
    python_gradient = Py_NewRef(gradient);
    Py_RETURN_NONE;
}

// ---- kernels of torch.ops.actfn, for torch.compile and for whoever dispatches
// ----------------------------------------

Call named(Family family, std::string name, std::string_view mode, at::ArrayRef<double> params, int64_t axis)
{
    TORCH_CHECK(mode == "fast" || mode == "reproducible", "actfn: mode must be 'reproducible' or 'fast', not ", mode);
    TORCH_CHECK(params.size() <= ACTFN_MAX_PARAMS, "actfn: too many parameters");
    Call call { family, library.actfn_op_from_name(name.c_str()), mode == "fast" ? ACTFN_FAST : ACTFN_REPRODUCIBLE };
    TORCH_CHECK(call.op != ACTFN_OP_NONE, "actfn: no operation ", name);
    call.axis = axis;
    for (; call.count < (int)params.size(); call.count++)
        call.params[(size_t)call.count] = (float)params[(size_t)call.count];
    return call;
}

Tensor checked(std::pair<Tensor, actfn_status> result)
{
    check(result.second);
    return std::move(result.first);
}

Tensor op_forward(const Tensor &x, std::string_view name, at::ArrayRef<double> params, std::string_view mode)
{
    return checked(elementwise_forward(named(Family::elementwise, std::string(name), mode, params, 0), x));
}

Tensor op_backward(const Tensor &x, const Tensor &dy, std::string_view form, at::ArrayRef<double> params,
                   std::string_view mode)
{
    const size_t cut = form.find("_backward");
    TORCH_CHECK(cut != form.npos, "actfn: backward of ", form);
    const bool from_output = form.substr(cut) == "_backward_from_output";
    const Call call = named(Family::elementwise, std::string(form.substr(0, cut)), mode, params, 0);
    return elementwise_gradient(call, from_output, x, dy, false);
}

Tensor op_rows(const Tensor &x, std::string_view name, int64_t axis, std::string_view mode)
{
    return checked(rows_forward(named(Family::rows, std::string(name), mode, {}, axis), x));
}

Tensor op_rows_backward(const Tensor &y, const Tensor &dy, std::string_view name, int64_t axis, std::string_view mode)
{
    return rows_gradient(named(Family::rows, std::string(name), mode, {}, axis), y, dy, false);
}

Tensor op_gate(const Tensor &x, std::string_view name, int64_t axis, std::string_view mode)
{
    return checked(gate_forward(named(Family::gate, std::string(name), mode, {}, axis), x));
}

Tensor op_gate_backward(const Tensor &x, const Tensor &dy, std::string_view name, int64_t axis, std::string_view mode)
{
    return gate_gradient(named(Family::gate, std::string(name), mode, {}, axis), x, dy);
}

Tensor op_prelu(const Tensor &x, const Tensor &weight, std::string_view mode, int64_t axis)
{
    return checked(prelu_forward(named(Family::prelu, "prelu", mode, {}, axis), x, weight));
}

std::tuple<Tensor, Tensor> op_prelu_backward(const Tensor &x, const Tensor &weight, const Tensor &dy,
                                             std::string_view mode, int64_t axis)
{
    auto [dx, dweight] = prelu_gradient(named(Family::prelu, "prelu", mode, {}, axis), x, weight, dy);
    return { dx, dweight };
}

PyMethodDef methods[] = {
    { "elementwise", (PyCFunction)(void (*)(void))elementwise, METH_FASTCALL, nullptr },
    { "rows", (PyCFunction)(void (*)(void))rows, METH_FASTCALL, nullptr },
    { "glu", (PyCFunction)(void (*)(void))glu, METH_FASTCALL, nullptr },
    { "prelu", (PyCFunction)(void (*)(void))prelu, METH_FASTCALL, nullptr },
    { "setup", setup, METH_VARARGS, nullptr },
    { nullptr, nullptr, 0, nullptr },
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "operators", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr
};

} // namespace

// The schemas and everything else of these operators are Python's (_operators.py).
TORCH_LIBRARY_IMPL(actfn, CPU, m)
{
    m.impl("forward", op_forward);
    m.impl("backward", op_backward);
    m.impl("rows", op_rows);
    m.impl("rows_backward", op_rows_backward);
    m.impl("gate", op_gate);
    m.impl("gate_backward", op_gate_backward);
    m.impl("prelu", op_prelu);
    m.impl("prelu_backward", op_prelu_backward);
}

PyMODINIT_FUNC PyInit_operators(void)
{
    reproducible = PyUnicode_InternFromString("reproducible");
    fast = PyUnicode_InternFromString("fast");
    return reproducible && fast ? PyModule_Create(&definition) : nullptr;
}
