// SPDX-License-Identifier: MIT
// actfn.torch's operators: the kernels of torch.ops.actfn for the CPU, and entries for eager mode that keep their own gradient.
//
// _build.py compiles this file for the installed torch.  An entry accepts only the plain case: tensors of the CPU in float32,
// or, for elementwise operations, in 16 bits, without a transformation, mode or subclass at work.  It declines any other case
// with NotImplemented before it has written anything, and Python takes over.  The library's functions come from the extension
// actfn._core, so that both share one copy of the library.
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

// ---- the library, and the objects that Python passes ---------------------------------------------------------------

// clang-format off
#define ENTRIES(DO)                                                                                                    \
    DO(actfn_status_string) DO(actfn_op_info) DO(actfn_op_from_name) DO(actfn_forward_f32) DO(actfn_backward_f32)      \
    DO(actfn_backward_from_output_f32) DO(actfn_rows_forward_f32) DO(actfn_rows_backward_f32)                          \
    DO(actfn_gates_packed_forward_f32) DO(actfn_gates_packed_backward_f32) DO(actfn_channels_forward_f32)              \
    DO(actfn_channels_backward_f32) DO(actfn_forward_bf16) DO(actfn_backward_bf16)                                     \
    DO(actfn_backward_from_output_bf16) DO(actfn_forward_f16) DO(actfn_backward_f16)                                   \
    DO(actfn_backward_from_output_f16)
// clang-format on

struct {
#define DECLARE(name) decltype(&::name) name;
    ENTRIES(DECLARE)
} library;

PyObject *python_gradient;  // the gradient by Python's operators; it has a gradient of its own
PyObject *python_functions; // their autograd.Functions by name
PyObject *accurate, *fast;

// ---- a call --------------------------------------------------------------------------------------------------------

struct Call {
    actfn_op op = ACTFN_OP_NONE;
    actfn_mode mode = ACTFN_FAST;
    int64_t axis = 0;
    bool from_output = false; // its gradient reads the output
    int count = 0;
    std::array<double, ACTFN_MAX_PARAMS> given {};
    std::array<float, ACTFN_MAX_PARAMS> params {};

    const float *pointer() const { return count ? params.data() : nullptr; }
    const char *name() const { return library.actfn_op_info(op)->name; }
    actfn_family family() const { return library.actfn_op_info(op)->family; }
};

void check(actfn_status status) { TORCH_CHECK(status == ACTFN_OK, "actfn: ", library.actfn_status_string(status)); }

// ---- memory --------------------------------------------------------------------------------------------------------

bool dense(const Tensor &x) { return x.is_non_overlapping_and_dense(); }

bool same_layout(const Tensor &a, const Tensor &b) { return a.sizes() == b.sizes() && a.strides() == b.strides(); }

// New memory with x's shape and, if x is dense, x's strides.
Tensor empty_as(const Tensor &x)
{
    if (dense(x))
        return at::detail::empty_strided_cpu(x.sizes(), x.strides(), x.scalar_type());
    return at::empty_like(x);
}

Tensor empty_contiguous(at::IntArrayRef sizes) { return at::detail::empty_cpu(sizes, at::kFloat); }

// x in a layout: itself, or a copy.
Tensor in_layout_of(const Tensor &x, const Tensor &other)
{
    if (dense(x) && same_layout(x, other))
        return x;
    Tensor copy = at::detail::empty_strided_cpu(other.sizes(), other.strides(), other.scalar_type());
    copy.copy_(x);
    return copy;
}

const float *read(const Tensor &x) { return x.const_data_ptr<float>(); }
float *write(const Tensor &x) { return x.mutable_data_ptr<float>(); }

// ---- the split over torch's threads --------------------------------------------------------------------------------

// The least number of elements that is worth a thread; torch's own operations have the same number.
constexpr int64_t PART = 32768;

// No bit depends on the split: each element, row and sample is computed alone.
template <class Part> actfn_status in_parts(size_t count, size_t width, const Part &part)
{
    std::atomic<int> failed { ACTFN_OK };
    const int64_t grain = std::max<int64_t>(1, PART / (int64_t)std::max<size_t>(width, 1));
    at::parallel_for(0, (int64_t)count, grain, [&](int64_t begin, int64_t end) {
        const actfn_status status = part((size_t)begin, (size_t)(end - begin));
        if (status != ACTFN_OK)
            failed = status;
    });
    // The library checks the arguments also if there is nothing to do.
    return count ? (actfn_status)failed.load() : part(0, 0);
}

// (outer, n, inner) of an axis.
struct Shape {
    size_t outer = 1, n = 1, inner = 1;

    Shape(at::IntArrayRef sizes, int64_t axis)
    {
        for (int64_t k = 0; k < (int64_t)sizes.size(); k++)
            (k < axis ? outer : k == axis ? n : inner) *= (size_t)sizes[k];
    }

    size_t width() const { return n * inner; }

    // part(outer, first element)
    template <class Part> actfn_status in_parts(const Part &part) const
    {
        return ::in_parts(outer, width(), [&](size_t begin, size_t count) { return part(count, begin * width()); });
    }
};

// ---- elementwise ---------------------------------------------------------------------------------------------------

// The following functions compute below autograd, on tensors that fit together.

// act(an element, forward, backward, backward from the output), with the functions for the type of x.
template <class Act> auto by_type(const Tensor &x, const Act &act)
{
    switch (x.scalar_type()) {
    case at::kFloat:
        return act(float(), library.actfn_forward_f32, library.actfn_backward_f32,
                   library.actfn_backward_from_output_f32);
    case at::kBFloat16:
        return act(actfn_bf16(), library.actfn_forward_bf16, library.actfn_backward_bf16,
                   library.actfn_backward_from_output_bf16);
    case at::kHalf:
        return act(actfn_f16(), library.actfn_forward_f16, library.actfn_backward_f16,
                   library.actfn_backward_from_output_f16);
    default: TORCH_CHECK_TYPE(false, "actfn: no kernel for ", x.scalar_type());
    }
}

template <class Element> const Element *read_as(const Tensor &x, Element)
{
    return static_cast<const Element *>(x.const_data_ptr());
}
template <class Element> Element *write_as(const Tensor &x, Element)
{
    return static_cast<Element *>(x.mutable_data_ptr());
}

actfn_status elementwise_into(const Call &call, const Tensor &x, const Tensor &y)
{
    return by_type(x, [&](auto element, auto forward, auto, auto) {
        const auto *in = read_as(x, element);
        auto *out = write_as(y, element);
        return in_parts((size_t)x.numel(), 1, [&](size_t begin, size_t n) {
            return forward(call.op, call.mode, call.pointer(), n, in + begin, out + begin);
        });
    });
}

std::pair<Tensor, actfn_status> elementwise_forward(const Call &call, const Tensor &x)
{
    Tensor y = empty_as(x);
    const Tensor source = in_layout_of(x, y);
    const actfn_status status = elementwise_into(call, source, y);
    return { y, status };
}

// The gradient of sum() and mean(): one number, expanded to all elements.
bool is_one_number(const Tensor &dy)
{
    for (int64_t k = 0; k < dy.dim(); k++)
        if (dy.size(k) > 1 && dy.stride(k) != 0)
            return false;
    return dy.numel() > 1;
}

// Whether nobody else sees the memory, not even a NumPy array of which the tensor was made.
bool is_ours(const Tensor &x)
{
    return x.use_count() == 1 && x.storage().use_count() == 1 &&
           x.storage().data_ptr().get_deleter() == c10::GetCPUAllocator()->raw_deleter();
}

// dx = dy f'(x) on tensors of one layout without gaps; dy may be a single number for all elements.
template <class Element, class Function>
void gradient_into(const Call &call, Function function, const Element *in, const Element *above, bool one, Element *out,
                   size_t count)
{
    std::array<Element, 2048> all;
    if (one)
        all.fill(*above);
    check(in_parts(count, 1, [&](size_t begin, size_t n) {
        if (!one)
            return function(call.op, call.mode, call.pointer(), n, in + begin, above + begin, out + begin);
        actfn_status status = ACTFN_OK;
        for (size_t end = begin + n; begin < end && status == ACTFN_OK; begin += all.size())
            status = function(call.op, call.mode, call.pointer(), std::min(all.size(), end - begin), in + begin,
                              all.data(), out + begin);
        return status;
    }));
}

Tensor elementwise_gradient(const Call &call, const Tensor &saved, const Tensor &dy, bool reuse)
{
    TORCH_CHECK_TYPE(saved.scalar_type() == dy.scalar_type(), "actfn: a gradient of ", dy.scalar_type(),
                     " for a tensor of ", saved.scalar_type());
    const Tensor x = dense(saved) ? saved : in_layout_of(saved, at::empty_like(saved));
    const bool one = is_one_number(dy), fits = !one && dense(dy) && same_layout(dy, x);
    const Tensor source = one || fits ? dy : in_layout_of(dy, x), dx = one || (fits && !reuse) ? empty_as(x) : source;
    by_type(x, [&](auto element, auto, auto backward, auto from_output) {
        gradient_into(call, call.from_output ? from_output : backward, read_as(x, element), read_as(source, element),
                      one, write_as(dx, element), (size_t)x.numel());
    });
    return dx;
}

// ---- prelu ---------------------------------------------------------------------------------------------------------

// A single weight is one channel of single elements, so that the tensor can be split anywhere.
Shape channels_of(const Tensor &x, const Tensor &weight, int64_t axis)
{
    if (weight.numel() != 1)
        return Shape(x.sizes(), axis);
    Shape shape({}, 0);
    shape.outer = (size_t)x.numel();
    return shape;
}

actfn_status prelu_into(const Call &call, const Tensor &x, const Tensor &weight, const Tensor &y)
{
    const Shape shape = channels_of(x, weight, call.axis);
    const float *in = read(x), *a = read(weight);
    float *out = write(y);
    const bool one = weight.numel() == 1;
    return shape.in_parts([&](size_t count, size_t at) {
        return library.actfn_channels_forward_f32(call.op, call.mode, one ? 1 : count, shape.n,
                                                  one ? count : shape.inner, 1, &a, in + at, out + at);
    });
}

variable_list prelu_gradient(const Call &call, const Tensor &x, const Tensor &weights, const Tensor &dy)
{
    const Tensor weight = weights.contiguous();
    const Tensor dx = empty_contiguous(x.sizes()), dweight = empty_contiguous(weight.sizes());
    const Shape shape = channels_of(x, weight, call.axis);
    const float *in = read(x), *above = read(dy), *a = read(weight);
    float *out = write(dx), *sums = write(dweight);
    const bool one = weight.numel() == 1;
    const auto gradient = [&](size_t count, size_t at, float *dx, float *const *dweights) {
        return library.actfn_channels_backward_f32(call.op, call.mode, one ? 1 : count, shape.n,
                                                   one ? count : shape.inner, 1, &a, in + at, above + at, dx, dweights);
    };
    if (at::get_num_threads() == 1 || x.numel() < PART) {
        check(gradient(shape.outer, 0, out, &sums));
    } else {
        check(shape.in_parts([&](size_t count, size_t at) { return gradient(count, at, out + at, nullptr); }));
        // The sums depend on the whole tensor, which is not split.
        check(gradient(shape.outer, 0, nullptr, &sums));
    }
    return { dx, dweight };
}

// ---- every family --------------------------------------------------------------------------------------------------

std::pair<Tensor, actfn_status> forward(const Call &call, const Tensor &given, const Tensor &weight)
{
    const actfn_family family = call.family();
    if (family == ACTFN_FAMILY_ELEMENTWISE)
        return elementwise_forward(call, given);
    const Tensor x = given.contiguous();
    std::vector<int64_t> sizes = x.sizes().vec();
    if (family == ACTFN_FAMILY_GATES)
        sizes[(size_t)call.axis] /= 2;
    const Tensor y = empty_contiguous(sizes);
    if (family == ACTFN_FAMILY_CHANNELS)
        return { y, prelu_into(call, x, weight.contiguous(), y) };
    const Shape shape(x.sizes(), call.axis);
    const float *in = read(x);
    float *out = write(y);
    return { y, shape.in_parts([&](size_t count, size_t at) {
                if (family == ACTFN_FAMILY_GATES)
                    return library.actfn_gates_packed_forward_f32(call.op, call.mode, nullptr, ACTFN_GATE_LAST, count,
                                                                  shape.width(), in + at, out + at / 2);
                return library.actfn_rows_forward_f32(call.op, call.mode, nullptr, 0, count, shape.n, shape.inner,
                                                      in + at, out + at);
            }) };
}

// The gradients by x and by the weights, if there are any.  `saved` is x or y.
variable_list gradient(const Call &call, const Tensor &saved, const Tensor &weight, const Tensor &above, bool reuse)
{
    const actfn_family family = call.family();
    if (family == ACTFN_FAMILY_ELEMENTWISE)
        return { elementwise_gradient(call, saved, above, reuse) };
    const Tensor x = saved.contiguous(), dy = above.contiguous();
    if (family == ACTFN_FAMILY_CHANNELS)
        return prelu_gradient(call, x, weight, dy);
    const bool gate = family == ACTFN_FAMILY_GATES;
    const Tensor dx = reuse && !gate && dy.is_same(above) ? dy : empty_contiguous(x.sizes());
    const Shape shape(x.sizes(), call.axis);
    const float *in = read(x), *from = read(dy);
    float *out = write(dx);
    check(shape.in_parts([&](size_t count, size_t at) {
        if (gate)
            return library.actfn_gates_packed_backward_f32(call.op, call.mode, nullptr, ACTFN_GATE_LAST, count,
                                                           shape.width(), in + at, from + at / 2, out + at);
        return library.actfn_rows_backward_f32(call.op, call.mode, nullptr, 0, count, shape.n, shape.inner, nullptr,
                                               in + at, from + at, out + at);
    }));
    return { dx };
}

// ---- the plain case ------------------------------------------------------------------------------------------------

// No functionalization, tracing, autocast, torch.func or dispatch mode is at work; autograd may be switched off.
bool plain_thread()
{
    const c10::impl::LocalDispatchKeySet keys = c10::impl::tls_local_dispatch_key_set();
    const auto excluded = (c10::default_excluded_set | c10::autograd_dispatch_keyset_with_ADInplaceOrView).raw_repr();
    return (keys.included_.raw_repr() & ~c10::default_included_set.raw_repr()) == 0 &&
           (keys.excluded_.raw_repr() & ~excluded) == 0 && !at::impl::torch_function_mode_enabled();
}

bool has_16_bits(const Tensor &x) { return x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf; }

// A plain tensor of the CPU without a tangent, in float32, or in 16 bits if `sixteen`.
bool plain(const Tensor &x, bool sixteen = false)
{
    // Every tensor has autocast's key; the thread knows whether autocast is on.
    static const uint64_t allowed =
        (c10::DispatchKeySet(c10::DispatchKey::CPU) | c10::DispatchKeySet(c10::DispatchKey::AutogradCPU) |
         c10::DispatchKeySet(c10::DispatchKey::AutocastCPU) | c10::autograd_dispatch_keyset_with_ADInplaceOrView)
            .raw_repr();
    const uint64_t backends = c10::DispatchKeySet(c10::DispatchKeySet::RAW, c10::full_backend_mask).raw_repr();
    const uint64_t cpu = c10::DispatchKeySet(c10::DispatchKey::CPU).raw_repr();
    const uint64_t keys = x.key_set().raw_repr();
    return x.defined() && (keys & backends & ~cpu) == 0 && (keys & cpu) == cpu && (keys & ~backends & ~allowed) == 0 &&
           (x.scalar_type() == at::kFloat || (sixteen && has_16_bits(x))) && !torch::autograd::isFwGradDefined(x);
}

bool autocasts() { return !c10::impl::tls_local_dispatch_key_set().excluded_.has(c10::DispatchKey::AutocastCPU); }

bool needs_graph(const Tensor &x)
{
    return x.requires_grad() && at::GradMode::is_enabled() &&
           !c10::impl::tls_local_dispatch_key_set().excluded_.has(c10::DispatchKey::AutogradCPU);
}

// ---- Python --------------------------------------------------------------------------------------------------------

struct WithGil {
    PyGILState_STATE state = PyGILState_Ensure();
    ~WithGil() { PyGILState_Release(state); }
};

struct WithoutGil {
    PyThreadState *state = PyEval_SaveThread();
    ~WithoutGil() { PyEval_RestoreThread(state); }
};

// Takes ownership of the arguments, which are NULL after an error.  Returns one tensor or a tuple of tensors.
variable_list call_python(PyObject *function, PyObject *arguments)
{
    PyObject *result = arguments ? PyObject_CallObject(function, arguments) : nullptr;
    Py_XDECREF(arguments);
    if (!result) {
        python_error error;
        error.persist();
        throw error;
    }
    variable_list list;
    if (PyTuple_Check(result)) {
        for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(result); k++)
            list.push_back(THPVariable_Unpack(PyTuple_GET_ITEM(result, k)));
    } else {
        list.push_back(THPVariable_Unpack(result));
    }
    Py_DECREF(result);
    return list;
}

PyObject *list_of(at::ArrayRef<double> values)
{
    PyObject *list = PyList_New((Py_ssize_t)values.size());
    for (size_t k = 0; list && k < values.size(); k++)
        PyList_SET_ITEM(list, (Py_ssize_t)k, PyFloat_FromDouble(values[k]));
    return list;
}

// ---- the gradient --------------------------------------------------------------------------------------------------

struct Gradient : torch::autograd::Node {
    Call call;
    SavedVariable saved, weight;

    std::string name() const override { return std::string("Actfn_") + call.name(); }

    void release_variables() override
    {
        std::lock_guard<std::mutex> lock(mutex_);
        saved.reset_data();
        weight.reset_data();
    }

    variable_list apply(variable_list &&gradients) override
    {
        const bool weighted = call.family() == ACTFN_FAMILY_CHANNELS,
                   sixteen = call.family() == ACTFN_FAMILY_ELEMENTWISE;
        Tensor dy = std::move(gradients[0]), x, a;
        gradients.clear();
        if (!dy.defined())
            return variable_list(weighted ? 2 : 1);
        {
            std::lock_guard<std::mutex> lock(mutex_);
            x = call.from_output ? saved.unpack(getptr()) : saved.unpack();
            if (weighted)
                a = weight.unpack();
        }
        if (!at::GradMode::is_enabled() && plain_thread() && plain(dy, sixteen) && plain(x, sixteen) &&
            dy.scalar_type() == x.scalar_type() && (!weighted || plain(a))) {
            at::AutoDispatchBelowADInplaceOrView below;
            const bool reuse = is_ours(dy) && dense(dy);
            return gradient(call, x, a, dy, reuse);
        }
        // For a graph of the gradient, and for everything that torch does with it.
        WithGil gil;
        PyObject *params = list_of({ call.given.data(), (size_t)call.count });
        return call_python(python_gradient,
                           params ? Py_BuildValue("(NNNsNOLO)", THPVariable_Wrap(x),
                                                  a.defined() ? THPVariable_Wrap(a) : Py_NewRef(Py_None),
                                                  THPVariable_Wrap(dy), call.name(), params,
                                                  call.mode == ACTFN_FAST ? fast : accurate, (long long)call.axis,
                                                  call.from_output ? Py_True : Py_False)
                                  : nullptr);
    }
};

template <class Pointer> std::pair<Pointer, Gradient *> make_node()
{
    if constexpr (std::is_constructible_v<Pointer, Gradient *, void (*)(Gradient *)>) {
        Gradient *node = new Gradient;
        // torch's own way to delete a node, which does not recurse into a deep graph.
        return { Pointer(node, [](auto *old) { deleteNode(old); }), node };
    } else {
        auto pointer = c10::make_intrusive<Gradient>();
        Gradient *node = pointer.get();
        return { Pointer(std::move(pointer)), node };
    }
}

template <class... Inputs> std::pair<NodePointer, Gradient *> node_of(const Call &call, const Inputs &...inputs)
{
    auto made = make_node<NodePointer>();
    made.second->set_next_edges(torch::autograd::collect_next_edges(inputs...));
    made.second->call = call;
    return made;
}

// ---- the entry for Python ------------------------------------------------------------------------------------------

// For short work, releasing the interpreter's lock would take as long as the work.
constexpr int64_t SHORT = 8192;

bool parse_mode(PyObject *mode, actfn_mode *result)
{
    if (mode == accurate || mode == fast) {
        *result = mode == fast ? ACTFN_FAST : ACTFN_ACCURATE;
        return true;
    }
    if (!PyUnicode_Check(mode))
        return false;
    *result = PyUnicode_Compare(mode, fast) == 0 ? ACTFN_FAST : ACTFN_ACCURATE;
    return *result == ACTFN_FAST || PyUnicode_Compare(mode, accurate) == 0 ||
           PyUnicode_CompareWithASCIIString(mode, "reproducible") == 0; // 0.1's name of the accurate mode
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

bool parse_tensor(PyObject *object, Tensor *result, bool sixteen = false)
{
    if (!THPVariable_CheckExact(object))
        return false;
    *result = THPVariable_Unpack(object);
    return plain(*result, sixteen);
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

// The family's other arguments; and whether its gradient reads the output.
bool parse_rest(PyObject *const *arguments, const Tensor &x, Tensor *weight, Call *call)
{
    switch (call->family()) {
    case ACTFN_FAMILY_ELEMENTWISE:
        if (!parse_params(arguments[4], call))
            return false;
        call->from_output = (library.actfn_op_info(call->op)->flags & ACTFN_OP_FROM_OUTPUT) &&
                            library.actfn_backward_from_output_f32(call->op, call->mode, call->pointer(), 0, nullptr,
                                                                   nullptr, nullptr) == ACTFN_OK;
        return true;
    case ACTFN_FAMILY_ROWS: call->from_output = true; return parse_axis(arguments[2], x, &call->axis);
    case ACTFN_FAMILY_GATES: return parse_axis(arguments[2], x, &call->axis) && x.size(call->axis) % 2 == 0;
    default:
        call->axis = 1;
        // Autocast has a dtype of its own for prelu.
        return !autocasts() && parse_tensor(arguments[1], weight) && weight->dim() <= 1 &&
               (weight->numel() == 1 || (x.dim() >= 2 && x.size(1) == weight->numel()));
    }
}

template <class Compute> std::pair<Tensor, actfn_status> below_autograd(int64_t size, const Compute &compute)
{
    std::optional<WithoutGil> released;
    if (size > SHORT)
        released.emplace();
    at::AutoDispatchBelowADInplaceOrView below;
    return compute();
}

bool overwrite(const Call &call, const Tensor &x)
{
    const bool graph = needs_graph(x);
    // Python refuses tensors that torch does not allow to overwrite, before anything is written.
    if ((graph && x.is_leaf()) || (x.is_inference() && !c10::InferenceMode::is_enabled()))
        return false;
    torch::autograd::check_inplace(x, graph);
    NodePointer pointer;
    Gradient *node = nullptr;
    if (graph) {
        std::tie(pointer, node) = node_of(call, x);
        if (!call.from_output)
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
        if (call.from_output)
            node->saved = SavedVariable(x, true, x.is_view());
    }
    return true;
}

// activation(input, weight, dim, op, params, mode, inplace): each family takes those of the arguments that it knows.
PyObject *activation(PyObject *, PyObject *const *arguments, Py_ssize_t count)
{
    HANDLE_TH_ERRORS
    TORCH_CHECK(count == 7, "activation takes 7 arguments");
    Call call { (actfn_op)PyLong_AsLong(arguments[3]) };
    Tensor x, weight;
    // Under autocast, tensors of 16 bits are computed in float32, as torch's list says.
    const bool sixteen = call.family() == ACTFN_FAMILY_ELEMENTWISE && !autocasts();
    if (!parse_tensor(arguments[0], &x, sixteen) || !plain_thread() || !parse_mode(arguments[5], &call.mode) ||
        !parse_rest(arguments, x, &weight, &call))
        return Py_NewRef(Py_NotImplemented);
    const int overwrites = PyObject_IsTrue(arguments[6]);
    if (overwrites < 0)
        return nullptr;
    if (overwrites)
        return Py_NewRef(overwrite(call, x) ? arguments[0] : Py_NotImplemented);
    const auto [y, status] = below_autograd(x.numel(), [&] { return forward(call, x, weight); });
    if (status != ACTFN_OK)
        return Py_NewRef(Py_NotImplemented);
    if (needs_graph(x) || (weight.defined() && needs_graph(weight))) {
        auto [pointer, node] = weight.defined() ? node_of(call, x, weight) : node_of(call, x);
        torch::autograd::set_history(y, pointer);
        node->saved = SavedVariable(call.from_output ? y : x, call.from_output);
        if (weight.defined())
            node->weight = SavedVariable(weight, false);
    }
    return THPVariable_Wrap(y);
    END_HANDLE_TH_ERRORS
}

// setup(entries, gradient, functions): the addresses of the library's functions by name, the gradient in Python, and
// the autograd.Function of each operator by its name.
PyObject *setup(PyObject *, PyObject *arguments)
{
    PyObject *entries, *gradient, *functions;
    if (!PyArg_ParseTuple(arguments, "O!OO!", &PyDict_Type, &entries, &gradient, &PyDict_Type, &functions))
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
    python_functions = Py_NewRef(functions);
    Py_RETURN_NONE;
}

// ---- torch.ops.actfn, for torch.compile and for everything else that dispatches ------------------------------------

Call named(std::string_view name, std::string_view mode, at::ArrayRef<double> params, int64_t axis, actfn_family family)
{
    TORCH_CHECK(mode == "fast" || mode == "accurate" || mode == "reproducible",
                "actfn: mode must be 'accurate' or 'fast', not ", mode);
    TORCH_CHECK(params.size() <= ACTFN_MAX_PARAMS, "actfn: too many parameters");
    Call call { library.actfn_op_from_name(std::string(name).c_str()), mode == "fast" ? ACTFN_FAST : ACTFN_ACCURATE,
                axis };
    TORCH_CHECK(call.op != ACTFN_OP_NONE && call.family() == family, "actfn: no such operation: ", name);
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
    return checked(forward(named(name, mode, params, 0, ACTFN_FAMILY_ELEMENTWISE), x, {}));
}

Tensor op_backward(const Tensor &x, const Tensor &dy, std::string_view form, at::ArrayRef<double> params,
                   std::string_view mode)
{
    const size_t cut = form.find("_backward");
    TORCH_CHECK(cut != form.npos, "actfn: backward of ", form);
    Call call = named(form.substr(0, cut), mode, params, 0, ACTFN_FAMILY_ELEMENTWISE);
    call.from_output = form.substr(cut) == "_backward_from_output";
    return gradient(call, x, {}, dy, false)[0];
}

template <actfn_family family>
Tensor op_along(const Tensor &x, std::string_view name, int64_t axis, std::string_view mode)
{
    return checked(forward(named(name, mode, {}, axis, family), x, {}));
}

template <actfn_family family>
Tensor op_along_backward(const Tensor &saved, const Tensor &dy, std::string_view name, int64_t axis,
                         std::string_view mode)
{
    return gradient(named(name, mode, {}, axis, family), saved, {}, dy, false)[0];
}

Tensor op_prelu(const Tensor &x, const Tensor &weight, std::string_view mode, int64_t axis)
{
    return checked(forward(named("prelu", mode, {}, axis, ACTFN_FAMILY_CHANNELS), x, weight));
}

std::tuple<Tensor, Tensor> op_prelu_backward(const Tensor &x, const Tensor &weight, const Tensor &dy,
                                             std::string_view mode, int64_t axis)
{
    const variable_list both = gradient(named("prelu", mode, {}, axis, ACTFN_FAMILY_CHANNELS), x, weight, dy, false);
    return { both[0], both[1] };
}

PyObject *to_python(const c10::IValue &value)
{
    if (value.isTensor())
        return THPVariable_Wrap(value.toTensor());
    if (value.isDoubleList())
        return list_of(value.toDoubleVector());
    return value.isInt() ? PyLong_FromLongLong(value.toInt()) : PyUnicode_FromString(value.toStringRef().c_str());
}

// Below Python's kernel for Autograd, which takes five times as long.  If no derivative is asked for, the operator is called;
// otherwise Python's autograd.Function.
void autograd(const c10::OperatorHandle &op, c10::DispatchKeySet keys, torch::jit::Stack *stack)
{
    const size_t count = op.schema().arguments().size();
    const auto inputs = torch::jit::last(*stack, count);
    const bool differentiated = std::any_of(inputs.begin(), inputs.end(), [](const c10::IValue &value) {
        return value.isTensor() && ((at::GradMode::is_enabled() && value.toTensor().requires_grad()) ||
                                    torch::autograd::isFwGradDefined(value.toTensor()));
    });
    if (!differentiated) {
        at::AutoDispatchBelowADInplaceOrView below;
        op.redispatchBoxed(keys & c10::after_ADInplaceOrView_keyset, stack);
        return;
    }
    WithGil gil;
    PyObject *arguments = PyTuple_New((Py_ssize_t)count);
    for (size_t k = 0; arguments && k < count; k++)
        PyTuple_SET_ITEM(arguments, (Py_ssize_t)k, to_python(inputs[k]));
    const std::string name = op.schema().name().substr(sizeof "actfn::" - 1);
    const variable_list results = call_python(PyDict_GetItemString(python_functions, name.c_str()), arguments);
    torch::jit::drop(*stack, count);
    for (const Tensor &result : results)
        stack->emplace_back(result);
}

PyMethodDef methods[] = {
    { "activation", (PyCFunction)(void (*)(void))activation, METH_FASTCALL, nullptr },
    { "setup", setup, METH_VARARGS, nullptr },
    { nullptr, nullptr, 0, nullptr },
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "operators", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr
};

} // namespace

// Python (_operators.py) has the schemas and everything else of these operators.
TORCH_LIBRARY_IMPL(actfn, CPU, m)
{
    m.impl("forward", op_forward);
    m.impl("backward", op_backward);
    m.impl("rows", op_along<ACTFN_FAMILY_ROWS>);
    m.impl("rows_backward", op_along_backward<ACTFN_FAMILY_ROWS>);
    m.impl("gate", op_along<ACTFN_FAMILY_GATES>);
    m.impl("gate_backward", op_along_backward<ACTFN_FAMILY_GATES>);
    m.impl("prelu", op_prelu);
    m.impl("prelu_backward", op_prelu_backward);
}

TORCH_LIBRARY_IMPL(actfn, AutogradCPU, m)
{
    for (const char *name :
         { "forward", "backward", "rows", "rows_backward", "gate", "gate_backward", "prelu", "prelu_backward" })
        m.impl(name, torch::CppFunction::makeFromBoxedFunction<&autograd>());
}

PyMODINIT_FUNC PyInit_operators(void)
{
    accurate = PyUnicode_InternFromString("accurate");
    fast = PyUnicode_InternFromString("fast");
    return accurate && fast ? PyModule_Create(&definition) : nullptr;
}
