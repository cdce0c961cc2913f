# SPDX-License-Identifier: MIT
"""The operators of torch.ops.actfn, with their derivatives and their rules for batches.   Each operator is a class: its
schema, its computation on the CPU, the shape of its result, its gradient (itself an operator, with a gradient of its own),
its derivative in forward mode and its rule for vmap.  In eager mode torch sees an autograd.Function around the operator.
While torch compiles or traces, it sees the operator alone, with the same gradient registered.
"""

import ctypes
import functools
import inspect

import torch
from torch.autograd.function import once_differentiable

import actfn
from actfn import _core
from actfn._catalogue import OPERATIONS, mode_number

from ._formulas import FORMULAS

# torch 2.4: the gradient of an operator can be registered by its schema.
HAS_CUSTOM_OPS = hasattr(torch.library, "register_autograd")
_HAS_SETUP_CONTEXT = hasattr(torch.autograd.Function, "setup_context")
if hasattr(torch, "compiler") and hasattr(torch.compiler, "is_compiling"):
    compiling = torch.compiler.is_compiling
else:
    # Earlier versions have no such question.
    def compiling():
        return False


# The 16-bit types.  Elementwise operations have kernels for them; the others, and autocast, compute in float32.
CAST = torch.bfloat16, torch.float16


def autocasts():
    try:
        return torch.is_autocast_enabled("cpu")
    except TypeError:  # before torch 2.4
        return torch.is_autocast_cpu_enabled()


LIBRARY = torch.library.Library("actfn", "DEF")


def _array(tensor):
    # The imaginary part of a conjugate is a tensor whose negation torch has postponed.
    return tensor.detach().resolve_neg().numpy()


def _tensor(array):
    # A result without dimensions may come as a scalar.
    return torch.from_numpy(array) if getattr(array, "ndim", 0) else torch.tensor(float(array), dtype=torch.float32)


def _contiguous_like(x, *rest):
    return torch.empty(x.shape, dtype=x.dtype, device=x.device)


def _like(x, *rest):
    return torch.empty_like(x)


_stack = getattr(torch._C, "_len_torch_dispatch_stack", None)
_transforms = getattr(getattr(torch._C, "_functorch", None), "peek_interpreter_stack", None)


def _plain(inputs):
    """Whether these are plain tensors of the CPU: then torch's dispatcher need not be asked."""
    if _stack is None or _transforms is None or _stack() or _transforms() is not None:
        return False
    for value in inputs:
        if isinstance(value, torch.Tensor):
            if type(value) not in (torch.Tensor, torch.nn.Parameter) or value.device.type != "cpu":
                return False
    return True


def _differentiated(inputs):
    """Whether the caller may ask for a derivative."""
    if torch.autograd.forward_ad._current_level >= 0:
        return True
    return torch.is_grad_enabled() and any(isinstance(value, torch.Tensor) and value.requires_grad for value in inputs)


def operator(kind):
    """Registers the class's operator, and makes its `run`, which chooses the form for the moment."""
    name = kind.schema.partition("(")[0]
    LIBRARY.define(kind.schema)
    LIBRARY.impl(name, kind.fake, "Meta")
    if not _HAS_SETUP_CONTEXT:
        LIBRARY.impl(name, kind.fake, "AutogradMeta")  # in torch 1.13 no other key falls through to it
    op = getattr(torch.ops.actfn, name)
    op = getattr(op, "default", op)

    def autocast(*inputs):
        tensors = [value for value in inputs if isinstance(value, torch.Tensor)]
        with torch.autocast("cpu", enabled=False):
            results = op(*[v.float() if isinstance(v, torch.Tensor) and v.dtype in CAST else v for v in inputs])
        if tensors[0].dtype not in CAST:
            return results
        back = lambda result: result.to(tensors[0].dtype)
        return tuple(map(back, results)) if isinstance(results, tuple) else back(results)

    LIBRARY.impl(name, autocast, "AutocastCPU")

    def forward(*inputs):
        return kind.compute(*inputs) if _plain(inputs) else op(*inputs)

    # torch asks for the signature in every call, and finding it takes 20 us.
    forward.__signature__ = inspect.signature(forward)

    def forward_with_context(ctx, *inputs):
        output = op(*inputs)
        kind.setup_context(ctx, inputs, output)
        return output

    members = {"forward": staticmethod(forward), "setup_context": staticmethod(kind.setup_context)}
    if not _HAS_SETUP_CONTEXT:
        members = {"forward": staticmethod(forward_with_context)}
    for member in "backward", "jvp", "vmap":
        if hasattr(kind, member):
            members[member] = staticmethod(getattr(kind, member))
    function = type(kind.__name__, (torch.autograd.Function,), members)
    if HAS_CUSTOM_OPS:
        torch.library.register_autograd(
            f"actfn::{name}",
            kind.backward,
            setup_context=lambda ctx, inputs, output: kind.setup_context(ctx, inputs, output),
        )

    def run(*inputs):
        if compiling() or torch.jit.is_tracing():
            return op(*inputs)
        if _plain(inputs) and not _differentiated(inputs):
            return kind.compute(*inputs)
        return function.apply(*inputs)

    kind.run, kind.op, kind.name = staticmethod(run), staticmethod(op), name
    functions[name] = function.apply
    _kinds.append(kind)
    return kind


_kinds = []
# By name, for the operators in C++.
functions = {}


def register_python_kernels(computed_elsewhere=()):
    for kind in _kinds:
        if kind.name not in computed_elsewhere:
            LIBRARY.impl(kind.name, kind.compute, "CPU")


# ---- shared by the classes -------------------------------------------------------------------------------------------


def _keep(ctx, *tensors):
    ctx.save_for_backward(*tensors)
    ctx.save_for_forward(*tensors)


def _sum(*terms):
    """For those that are not None."""
    terms = [term for term in terms if term is not None]
    return functools.reduce(torch.add, terms) if terms else None


def _batched_first(info, dims, *tensors):
    """Moves the batch of each to dimension 0."""
    return [
        tensor.movedim(dim, 0) if dim is not None else tensor.expand(info.batch_size, *tensor.shape)
        for tensor, dim in zip(tensors, dims)
    ]


# ---- elementwise -----------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1024)
def ufunc(name, params, mode):
    operation = OPERATIONS[name.partition("_backward")[0]]
    keywords = {param.keyword: value for param, value in zip(operation.params, params)}
    return actfn.bind(getattr(actfn, name), mode=mode, **keywords)


@functools.lru_cache(maxsize=1024)
def gradient_name(name, params):
    """The form of the gradient: from the output if the library offers it, because then the input need not be kept."""
    operation = OPERATIONS[name]
    from_output = operation.from_output and _core.check_params(operation.op, 2, params) is None
    return name + ("_backward_from_output" if from_output else "_backward")


def _from_output(name):
    return name.endswith("_from_output")


def _second(saved, name, params):
    """f'' at x, or the derivative by y of the f' from y, in float32; None for 0."""
    column = 2 if _from_output(name) else 1
    result = FORMULAS[name.partition("_backward")[0]][column](_wide(saved), *params)
    return result if isinstance(result, torch.Tensor) else None


def _wide(tensor):
    return tensor.float() if tensor.dtype in CAST else tensor


@functools.lru_cache(maxsize=None)
def _entry(form, inputs):
    """Calls a C entry by its address, for types that NumPy does not have."""
    numbers = ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t
    return ctypes.CFUNCTYPE(ctypes.c_int, *numbers, *[ctypes.c_void_p] * (inputs + 1))(_core.entries[f"actfn_{form}_bf16"])


def _bfloat16(name, params, mode, *inputs):
    operation, backward, how = name.partition("_backward")
    operation = OPERATIONS[operation]
    params = (ctypes.c_float * len(params))(*params) if params else None
    result = torch.empty_like(inputs[0])
    # All inputs get the strides of the result, which has no gaps.
    inputs = [x if x.stride() == result.stride() else torch.empty_like(result).copy_(x) for x in inputs]
    pointers = [x.data_ptr() for x in (*inputs, result)]
    status = _entry(backward[1:] + how if backward else "forward", len(inputs))(
        operation.op, mode_number(name, mode), params, result.numel(), *pointers
    )
    if status:
        raise RuntimeError(f"{name}: {operation.name} cannot be computed with {params and list(params)}")
    return result


def _computed(name, params, mode, *inputs):
    """Calls one of the elementwise functions on tensors of one type and shape."""
    if inputs[0].dtype == torch.bfloat16:
        return _bfloat16(name, params, mode, *(x.detach().resolve_neg() for x in inputs))
    result = torch.empty_like(inputs[0])
    ufunc(name, tuple(params), mode)(*map(_array, inputs), out=_array(result))
    return result


@operator
class Forward:
    schema = "forward(Tensor x, str name, float[] params, str mode) -> Tensor"
    fake = _like

    def compute(x, name, params, mode):
        return _computed(name, params, mode, x)

    def setup_context(ctx, inputs, output):
        x, name, params, mode = inputs
        gradient = gradient_name(name, tuple(params))
        ctx.call = gradient, list(params), mode
        _keep(ctx, output if _from_output(gradient) else x)

    def backward(ctx, dy):
        return Backward.run(*ctx.saved_tensors, dy, *ctx.call), None, None, None

    def jvp(ctx, dx, *rest):
        return Backward.run(*ctx.saved_tensors, dx, *ctx.call)

    def vmap(info, in_dims, x, *rest):
        return Forward.run(x, *rest), in_dims[0]


@operator
class Backward:
    schema = "backward(Tensor x, Tensor dy, str name, float[] params, str mode) -> Tensor"
    fake = _like

    def compute(x, dy, name, params, mode):
        return _computed(name, params, mode, x, dy)

    def setup_context(ctx, inputs, output):
        x, dy, name, params, mode = inputs
        ctx.call = name, list(params), mode
        _keep(ctx, x, dy)

    def backward(ctx, g):
        x, dy = ctx.saved_tensors
        second = _second(x, *ctx.call[:2])
        by_x = torch.zeros_like(x) if second is None else (_wide(g) * _wide(dy) * second).to(x.dtype)
        return by_x, Backward.run(x, g, *ctx.call), None, None, None

    def jvp(ctx, by_x, by_dy, *rest):
        x, dy = ctx.saved_tensors
        second = _second(x, *ctx.call[:2]) if by_x is not None else None
        result = _sum(
            None if second is None else (_wide(by_x) * _wide(dy) * second).to(x.dtype),
            None if by_dy is None else Backward.run(x, by_dy, *ctx.call),
        )
        return torch.zeros_like(x) if result is None else result

    def vmap(info, in_dims, x, dy, *rest):
        return Backward.run(*_batched_first(info, in_dims, x, dy), *rest), 0


# ---- elementwise with a parameter that is trained --------------------------------------------------------------------


def _composed(name):
    return lambda x, values: FORMULAS[name][0](x, *values.unbind())


@operator
class Trainable:
    """`values` are the parameters.  The gradient has a gradient; forward mode and torch.func use torch's own operations."""

    schema = "trainable(Tensor x, Tensor values, str name, str mode) -> Tensor"
    fake = _like

    def compute(x, values, name, mode):
        return Forward.compute(x, name, OPERATIONS[name].param_values(_keywords(name, values)), mode)

    def setup_context(ctx, inputs, output):
        x, values, *ctx.call = inputs
        _keep(ctx, x, values)

    def backward(ctx, dy):
        x, values = ctx.saved_tensors
        return (*TrainableBackward.run(x, dy, values, *ctx.call), None, None)


def _keywords(name, values):
    return {param.keyword: value for param, value in zip(OPERATIONS[name].params, values.tolist())}


@operator
class TrainableBackward:
    schema = "trainable_backward(Tensor x, Tensor dy, Tensor values, str name, str mode) -> (Tensor, Tensor)"

    def fake(x, dy, values, name, mode):
        return torch.empty_like(x), torch.empty_like(values)

    def compute(x, dy, values, name, mode):
        keywords = _keywords(name, values)
        dx = Backward.compute(x, dy, name + "_backward", OPERATIONS[name].param_values(keywords), mode)
        gradients = getattr(actfn, name + "_param_gradient")(_array(x), _array(dy), mode=mode, **keywords)
        return dx, torch.tensor([float(gradients.get(keyword, 0)) for keyword in keywords], dtype=torch.float32)

    def setup_context(ctx, inputs, output):
        x, dy, values, *ctx.call = inputs
        _keep(ctx, x, dy, values)

    @once_differentiable
    def backward(ctx, *gradients):
        with torch.enable_grad():
            x, dy, values = (tensor.detach().requires_grad_() for tensor in ctx.saved_tensors)
            first = torch.autograd.grad(_composed(ctx.call[0])(x, values), (x, values), dy, create_graph=True)
            pairs = [pair for pair in zip(first, gradients) if pair[0].requires_grad]
            outputs, vectors = zip(*pairs)
            second = torch.autograd.grad(outputs, (x, dy, values), vectors, allow_unused=True)
        return (*second, None, None)


# ---- rows: softmax and its like --------------------------------------------------------------------------------------


@operator
class Rows:
    schema = "rows(Tensor x, str name, int axis, str mode) -> Tensor"
    fake = _contiguous_like

    def compute(x, name, axis, mode):
        y = torch.empty(x.shape, dtype=torch.float32)
        getattr(actfn, name)(_array(x), axis, out=_array(y), mode=mode)
        return y

    def setup_context(ctx, inputs, output):
        _, *ctx.call = inputs
        _keep(ctx, output)

    def backward(ctx, dy):
        return RowsBackward.run(*ctx.saved_tensors, dy, *ctx.call), None, None, None

    def jvp(ctx, dx, *rest):
        (y,), (name, axis, mode) = ctx.saved_tensors, ctx.call
        if name == "log_softmax":
            return dx - (torch.exp(y) * dx).sum(axis, keepdim=True)
        return RowsBackward.run(y, dx, name, axis, mode)  # the others' Jacobian is symmetric

    def vmap(info, in_dims, x, name, axis, mode):
        return Rows.run(x.movedim(in_dims[0], 0), name, axis + 1, mode), 0


def _rows_by_output(y, dy, g, name, axis):
    """g times the derivative of the gradient by y."""
    if name == "sparsemax":
        return torch.zeros_like(y)
    if name == "log_softmax":
        return -g * torch.exp(y) * dy.sum(axis, keepdim=True)
    by_y = g * (dy - (y * dy).sum(axis, keepdim=True)) - dy * (g * y).sum(axis, keepdim=True)
    return -by_y if name == "softmin" else by_y


@operator
class RowsBackward:
    schema = "rows_backward(Tensor y, Tensor dy, str name, int axis, str mode) -> Tensor"
    fake = _contiguous_like

    def compute(y, dy, name, axis, mode):
        return _tensor(getattr(actfn, name + "_backward")(_array(y), _array(dy), axis, mode=mode))

    def setup_context(ctx, inputs, output):
        y, dy, *ctx.call = inputs
        _keep(ctx, y, dy)

    def backward(ctx, g):
        (y, dy), (name, axis, mode) = ctx.saved_tensors, ctx.call
        if name == "log_softmax":
            by_dy = g - (g * torch.exp(y)).sum(axis, keepdim=True)
        else:
            by_dy = RowsBackward.run(y, g, name, axis, mode)
        return _rows_by_output(y, dy, g, name, axis), by_dy, None, None, None

    def jvp(ctx, by_y, by_dy, *rest):
        (y, dy), (name, axis, mode) = ctx.saved_tensors, ctx.call
        moved = None
        if by_y is not None:
            if name == "log_softmax":
                moved = -torch.exp(y) * by_y * dy.sum(axis, keepdim=True)
            elif name != "sparsemax":
                moved = by_y * (dy - (y * dy).sum(axis, keepdim=True)) - y * (by_y * dy).sum(axis, keepdim=True)
                moved = -moved if name == "softmin" else moved
        result = _sum(moved, None if by_dy is None else RowsBackward.run(y, by_dy, name, axis, mode))
        return torch.zeros_like(y) if result is None else result

    def vmap(info, in_dims, y, dy, name, axis, mode):
        return RowsBackward.run(*_batched_first(info, in_dims, y, dy), name, axis + 1, mode), 0


# ---- gates: glu ------------------------------------------------------------------------------------------------------


def _glu_parts(x, axis):
    """The value, the sigmoid of the gate, and the sigmoid's derivative."""
    value, gate = x.chunk(2, axis)
    s = torch.sigmoid(gate)
    return value, s, s * torch.sigmoid(-gate)


@operator
class Gate:
    schema = "gate(Tensor x, str name, int axis, str mode) -> Tensor"

    def fake(x, name, axis, mode):
        shape = (*x.shape[:axis], x.shape[axis] // 2, *x.shape[axis + 1 :])
        return torch.empty(shape, dtype=x.dtype, device=x.device)

    def compute(x, name, axis, mode):
        return _tensor(getattr(actfn, name + "_packed")(_array(x), axis, gate="last", mode=mode))

    def setup_context(ctx, inputs, output):
        x, *ctx.call = inputs
        _keep(ctx, x)

    def backward(ctx, dy):
        return GateBackward.run(*ctx.saved_tensors, dy, *ctx.call), None, None, None

    def jvp(ctx, dx, name, axis, mode):
        (x,), axis = ctx.saved_tensors, ctx.call[1]
        value, s, slope = _glu_parts(x, axis)
        dvalue, dgate = dx.chunk(2, axis)
        return dvalue * s + value * slope * dgate

    def vmap(info, in_dims, x, name, axis, mode):
        return Gate.run(x.movedim(in_dims[0], 0), name, axis + 1, mode), 0


def _gate_second(x, dy, by_value, by_gate, axis):
    """The gradient's derivative by x, applied to a vector whose halves are by_value and by_gate: it is symmetric."""
    value, s, slope = _glu_parts(x, axis)
    curve = slope * (1 - 2 * s)
    return torch.cat([by_gate * dy * slope, dy * (by_value * slope + by_gate * value * curve)], axis)


@operator
class GateBackward:
    schema = "gate_backward(Tensor x, Tensor dy, str name, int axis, str mode) -> Tensor"
    fake = _contiguous_like

    def compute(x, dy, name, axis, mode):
        function = getattr(actfn, name + "_packed_backward")
        return _tensor(function(_array(x), _array(dy), axis, gate="last", mode=mode))

    def setup_context(ctx, inputs, output):
        x, dy, *ctx.call = inputs
        _keep(ctx, x, dy)

    def backward(ctx, g):
        (x, dy), axis = ctx.saved_tensors, ctx.call[1]
        by_value, by_gate = g.chunk(2, axis)
        value, s, slope = _glu_parts(x, axis)
        by_dy = by_value * s + by_gate * value * slope
        return _gate_second(x, dy, by_value, by_gate, axis), by_dy, None, None, None

    def jvp(ctx, by_x, by_dy, *rest):
        (x, dy), axis = ctx.saved_tensors, ctx.call[1]
        result = _sum(
            None if by_x is None else _gate_second(x, dy, *by_x.chunk(2, axis), axis),
            None if by_dy is None else GateBackward.run(x, by_dy, *ctx.call),
        )
        return torch.zeros_like(x) if result is None else result

    def vmap(info, in_dims, x, dy, name, axis, mode):
        return GateBackward.run(*_batched_first(info, in_dims, x, dy), name, axis + 1, mode), 0


# ---- prelu -----------------------------------------------------------------------------------------------------------


def _spread(weight, x, axis):
    """The weights in the shape in which they broadcast against x."""
    if weight.numel() == 1:
        return weight.reshape(())
    return weight.reshape([-1 if k == axis else 1 for k in range(x.dim())])


def _gather(terms, weight, axis):
    """The sum of each weight's terms, in its shape."""
    if weight.numel() == 1:
        return terms.sum().reshape(weight.shape)
    return terms.sum([k for k in range(terms.dim()) if k != axis])


@operator
class PReLU:
    schema = "prelu(Tensor x, Tensor weight, str mode, int axis=1) -> Tensor"
    fake = _contiguous_like

    def compute(x, weight, mode, axis=1):
        return _tensor(actfn.prelu(_array(x), _array(weight), axis=axis, mode=mode))

    def setup_context(ctx, inputs, output):
        x, weight, ctx.mode, *axis = inputs
        ctx.axis = axis[0] if axis else 1
        _keep(ctx, x, weight)

    def backward(ctx, dy):
        return (*PReLUBackward.run(*ctx.saved_tensors, dy, ctx.mode, ctx.axis), None, None)

    def jvp(ctx, dx, dweight, *rest):
        x, weight = ctx.saved_tensors
        below = torch.clamp(x, max=0)
        return _sum(
            None if dx is None else dx * torch.where(x > 0, torch.ones_like(x), _spread(weight, x, ctx.axis)),
            None if dweight is None else below * _spread(dweight, x, ctx.axis),
        )

    def vmap(info, in_dims, x, weight, mode, axis=1):
        if in_dims[1] is None:
            return PReLU.run(x.movedim(in_dims[0], 0), weight, mode, axis + 1), 0
        compose = lambda x, weight: torch.where(x > 0, x, _spread(weight, x, axis) * x)
        return torch.func.vmap(compose, in_dims[:2])(x, weight), 0


def _prelu_gradients(x, weight, dy, axis):
    below = torch.clamp(x, max=0)
    slope = torch.where(x > 0, torch.ones_like(x), _spread(weight, x, axis))
    return dy * slope, _gather(dy * below, weight, axis)


@operator
class PReLUBackward:
    schema = "prelu_backward(Tensor x, Tensor weight, Tensor dy, str mode, int axis=1) -> (Tensor, Tensor)"

    def fake(x, weight, dy, mode, axis=1):
        return _contiguous_like(x), _contiguous_like(weight)

    def compute(x, weight, dy, mode, axis=1):
        dx, dweight = actfn.prelu_backward(_array(x), _array(weight), _array(dy), axis=axis, mode=mode)
        return _tensor(dx), _tensor(dweight)

    def setup_context(ctx, inputs, output):
        x, weight, dy, ctx.mode, *axis = inputs
        ctx.axis = axis[0] if axis else 1
        _keep(ctx, x, weight, dy)

    def backward(ctx, by_dx, by_dweight):
        (x, weight, dy), axis = ctx.saved_tensors, ctx.axis
        low = (x <= 0).to(x.dtype)
        spread = _spread(by_dweight, x, axis)
        by_x = spread * dy * low
        by_weight = _gather(by_dx * dy * low, weight, axis)
        slope = torch.where(x > 0, torch.ones_like(x), _spread(weight, x, axis))
        return by_x, by_weight, by_dx * slope + spread * torch.clamp(x, max=0), None, None

    def jvp(ctx, by_x, by_weight, by_dy, *rest):
        (x, weight, dy), axis = ctx.saved_tensors, ctx.axis
        low = dy * (x <= 0).to(x.dtype)
        dx, dweight = (None, None) if by_dy is None else _prelu_gradients(x, weight, by_dy, axis)
        dx = _sum(dx, None if by_weight is None else low * _spread(by_weight, x, axis))
        dweight = _sum(dweight, None if by_x is None else _gather(low * by_x, weight, axis))
        return torch.zeros_like(x) if dx is None else dx, torch.zeros_like(weight) if dweight is None else dweight

    def vmap(info, in_dims, x, weight, dy, mode, axis=1):
        # Each sample has its own sums, which the library does not offer.
        gradients = lambda x, weight, dy: _prelu_gradients(x, weight, dy, axis)
        return torch.func.vmap(gradients, in_dims[:3])(x, weight, dy), (0, 0)


# ---- rrelu -----------------------------------------------------------------------------------------------------------


def _one_noise(x, lower, upper, seed, mode):
    """The slopes of one sample, for a batch whose samples must all have the same slopes."""
    return -RReLU.op(-torch.ones(x.shape[1:], dtype=torch.float32), lower, upper, seed, mode)


def _each_seed(kind, info, in_dims, *inputs):
    """Sample by sample, because each sample has a seed of its own."""
    samples = [
        value.unbind(dim) if dim is not None else (value,) * info.batch_size for value, dim in zip(inputs, in_dims)
    ]
    return torch.stack([kind.run(*sample) for sample in zip(*samples)]), 0


@operator
class RReLU:
    """The seed is a tensor, because torch.compile and similar tools do not know its value while they trace."""

    schema = "rrelu(Tensor x, float lower, float upper, Tensor seed, str mode) -> Tensor"
    fake = _contiguous_like

    def compute(x, lower, upper, seed, mode):
        return _tensor(actfn.rrelu(_array(x), seed=int(seed), lower=lower, upper=upper, mode=mode))

    def setup_context(ctx, inputs, output):
        x, ctx.lower, ctx.upper, seed, ctx.mode = inputs
        ctx.from_output = ctx.lower >= 0
        _keep(ctx, output if ctx.from_output else x, seed)

    def backward(ctx, dy):
        x, seed = ctx.saved_tensors
        dx = RReLUBackward.run(x, dy, ctx.lower, ctx.upper, seed, ctx.mode, ctx.from_output)
        return dx, None, None, None, None

    def jvp(ctx, dx, *rest):
        return RReLU.backward(ctx, dx)[0]

    def vmap(info, in_dims, x, *call):
        if in_dims[3] is not None:
            return _each_seed(RReLU, info, in_dims, x, *call)
        x = x.movedim(in_dims[0], 0)
        return torch.where(x > 0, x, _one_noise(x, *call) * x), 0


@operator
class RReLUBackward:
    schema = (
        "rrelu_backward(Tensor x, Tensor dy, float lower, float upper, Tensor seed, str mode, bool from_output=False)"
        " -> Tensor"
    )
    fake = _contiguous_like

    def compute(x, dy, lower, upper, seed, mode, from_output=False):
        function = actfn.rrelu_backward_from_output if from_output else actfn.rrelu_backward
        return _tensor(function(_array(x), _array(dy), seed=int(seed), lower=lower, upper=upper, mode=mode))

    def setup_context(ctx, inputs, output):
        x, _, ctx.lower, ctx.upper, seed, ctx.mode, *from_output = inputs
        ctx.from_output = bool(from_output and from_output[0])
        _keep(ctx, x, seed)

    def backward(ctx, g):
        x, seed = ctx.saved_tensors
        by_dy = RReLUBackward.run(x, g, ctx.lower, ctx.upper, seed, ctx.mode, ctx.from_output)
        return (torch.zeros_like(x), by_dy, *[None] * 5)

    def jvp(ctx, by_x, by_dy, *rest):
        return torch.zeros_like(ctx.saved_tensors[0]) if by_dy is None else RReLUBackward.backward(ctx, by_dy)[1]

    def vmap(info, in_dims, x, dy, *call):
        if in_dims[4] is not None:
            return _each_seed(RReLUBackward, info, in_dims, x, dy, *call)
        x, dy = _batched_first(info, in_dims, x, dy)
        return torch.where(x > 0, dy, _one_noise(x, *call[:4]) * dy), 0


# ---- for the operators in C++ ----------------------------------------------------------------------------------------


def gradient(saved, weight, dy, name, params, mode, axis, from_output):
    """The gradient for cases that need more than a plain tensor: a tensor with a graph, or a tuple of them."""
    family = OPERATIONS[name].family
    if family == "rows":
        return RowsBackward.run(saved, dy, name, axis, mode)
    if family == "gates":
        return GateBackward.run(saved, dy, name, axis, mode)
    if family == "channels":
        return PReLUBackward.run(saved, weight, dy, mode, axis)
    return Backward.run(saved, dy, name + ("_backward_from_output" if from_output else "_backward"), params, mode)
