# SPDX-License-Identifier: MIT
"""torch.nn's activations by libactfn: the same names and arguments, on float32 tensors of the CPU.

    import actfn.torch as act
    model = nn.Sequential(nn.Linear(64, 32), act.GELU(), nn.Linear(32, 10), act.LogSoftmax(dim=1))

Tensors are not copied where they are dense (in any order of dimensions), for softmax and its kin, GLU and PReLU where
they are contiguous.  Functions take mode="fast" too; modules have it as an attribute.  The gradient has no gradient of
its own.  With torch 2.4 and newer each is an operator with a fake kernel (torch.ops.actfn), which torch.compile leaves in its graph.

Operations that torch.nn does not have are here by the library's names, parameters as keywords: squareplus(x, b=4.0).
"""

import functools as _functools
import typing as _typing
import warnings as _warnings

import torch as _torch
from torch import nn as _nn
from torch.autograd.function import once_differentiable as _once_differentiable

import actfn as _actfn
from actfn import _core
from actfn._catalogue import OPERATIONS as _OPERATIONS
from actfn._catalogue import mode_number as _mode_number
from actfn._catalogue import of_family as _of_family
from actfn._catalogue import single as _single

_Tensor, _Floats = _torch.Tensor, _typing.Sequence[float]
HAS_CUSTOM_OPS = hasattr(_torch.library, "custom_op")


def _array(tensor):
    return tensor.detach().numpy()


def _check(function, tensor, name="input"):
    if not isinstance(tensor, _Tensor):
        raise TypeError(f"{function}: {name} must be a tensor, not {type(tensor).__name__}")
    if tensor.device.type != "cpu":
        raise ValueError(f"{function}: {name} is on the device {tensor.device}, and must be on the CPU")
    if tensor.dtype != _torch.float32:
        raise TypeError(f"{function}: {name} is {tensor.dtype}, and must be torch.float32")
    if tensor.layout != _torch.strided:
        raise TypeError(f"{function}: {name} is {tensor.layout}, and must be dense")


# ---- operators: what is computed, apart from what autograd keeps -------------------------------------------------------


def _opaque(name, fake):
    """An operator of torch.ops.actfn where torch has custom operators, else the plain function."""

    def decorate(compute):
        if not HAS_CUSTOM_OPS:
            return compute
        operator = _torch.library.custom_op(f"actfn::{name}", compute, mutates_args=(), device_types="cpu")
        operator.register_fake(fake)
        return operator

    return decorate


def _differentiable(name, fake, setup, backward):
    """The same with a gradient."""

    def decorate(compute):
        if HAS_CUSTOM_OPS:
            operator = _opaque(name, fake)(compute)
            operator.register_autograd(backward, setup_context=setup)
            return operator

        class Operator(_torch.autograd.Function):
            @staticmethod
            def forward(ctx, *inputs):
                output = compute(*inputs)
                setup(ctx, inputs, output)
                return output

            @staticmethod
            @_once_differentiable
            def backward(ctx, *gradients):
                return backward(ctx, *gradients)

        return Operator.apply

    return decorate


@_functools.lru_cache(maxsize=1024)
def _ufunc(name, params, mode):
    operation = _OPERATIONS[name.partition("_backward")[0]]
    keywords = {param.keyword: value for param, value in zip(operation.params, params)}
    return _actfn.bind(getattr(_actfn, name), mode=mode, **keywords)


@_functools.lru_cache(maxsize=1024)
def _has_from_output(name, params):
    operation = _OPERATIONS[name]
    return operation.from_output and _core.check_params(operation.op, 2, params) is None


@_opaque("backward", lambda x, dy, name, params, mode: _torch.empty_like(x))
def _backward(x: _Tensor, dy: _Tensor, name: str, params: _Floats, mode: str) -> _Tensor:
    dx = _torch.empty_like(x)
    _ufunc(name, tuple(params), mode)(_array(x), _array(dy), out=_array(dx))
    return dx


def _forward_setup(ctx, inputs, output):
    x, ctx.name, params, ctx.mode = inputs
    ctx.params = list(params)
    ctx.save_for_backward(x)


def _forward_gradient(ctx, dy):
    return _backward(ctx.saved_tensors[0], dy, ctx.name + "_backward", ctx.params, ctx.mode), None, None, None


@_differentiable("forward", lambda x, name, params, mode: _torch.empty_like(x), _forward_setup, _forward_gradient)
def _forward(x: _Tensor, name: str, params: _Floats, mode: str) -> _Tensor:
    y = _torch.empty_like(x)
    _ufunc(name, tuple(params), mode)(_array(x), out=_array(y))
    return y


class _InPlace(_torch.autograd.Function):
    """Keeps the output where the gradient can be had from it, else a copy of the input."""

    @staticmethod
    def forward(ctx, x, name, params, mode):
        from_output = _has_from_output(name, params)
        kept = None if from_output or not ctx.needs_input_grad[0] else x.clone()
        _ufunc(name, params, mode)(_array(x), out=_array(x))
        ctx.mark_dirty(x)
        ctx.call = name + ("_backward_from_output" if from_output else "_backward"), params, mode
        ctx.save_for_backward(x if kept is None else kept)
        return x

    @staticmethod
    @_once_differentiable
    def backward(ctx, dy):
        name, params, mode = ctx.call
        return _backward(ctx.saved_tensors[0], dy, name, list(params), mode), None, None, None


def _compiling():
    return HAS_CUSTOM_OPS and _torch.compiler.is_compiling()


@_functools.lru_cache(maxsize=1024)
def _check_params(function, name, params, names):
    """Illegal parameters by torch's names for them; what is legal only together is left to the library's sentence."""
    for param, torch_name, value in zip(_OPERATIONS[name].params, names, params):
        if not param.legal(_single(value)):
            raise ValueError(f"{function}: {torch_name} is {value}, and must be {param.range()}")


def _elementwise(function, input, name, params=(), inplace=False, mode="reproducible", names=()):
    _check(function, input)
    _mode_number(function, mode)
    params = [float(value) for value in params]
    if not _compiling():
        _check_params(function, name, tuple(params), names)
    if not inplace:
        return _forward(input, name, params, mode)
    if _compiling():
        # Functional inside the graph; the clone is what the gradient reads.
        return input.copy_(_forward(input.clone(), name, params, mode))
    _InPlace.apply(input, name, tuple(params), mode)  # input's own history goes on from there
    return input


def _contiguous_like(x, *rest):
    return _torch.empty(x.shape, dtype=x.dtype, device=x.device)


@_opaque("rows_backward", lambda y, dy, name, axis, mode: _contiguous_like(y))
def _rows_backward(y: _Tensor, dy: _Tensor, name: str, axis: int, mode: str) -> _Tensor:
    return _torch.from_numpy(getattr(_actfn, name + "_backward")(_array(y), _array(dy), axis, mode=mode))


def _rows_setup(ctx, inputs, output):
    _, ctx.name, ctx.axis, ctx.mode = inputs
    ctx.save_for_backward(output)


def _rows_gradient(ctx, dy):
    return _rows_backward(ctx.saved_tensors[0], dy, ctx.name, ctx.axis, ctx.mode), None, None, None


@_differentiable("rows", _contiguous_like, _rows_setup, _rows_gradient)
def _rows(x: _Tensor, name: str, axis: int, mode: str) -> _Tensor:
    y = _torch.empty(x.shape)
    getattr(_actfn, name)(_array(x), axis, out=y.numpy(), mode=mode)
    return y


def _half(x, axis):
    return x.shape[:axis] + (x.shape[axis] // 2,) + x.shape[axis + 1 :]


@_opaque("gate_backward", lambda x, dy, name, axis, mode: _contiguous_like(x))
def _gate_backward(x: _Tensor, dy: _Tensor, name: str, axis: int, mode: str) -> _Tensor:
    function = getattr(_actfn, name + "_packed_backward")
    return _torch.from_numpy(function(_array(x), _array(dy), axis, gate="last", mode=mode))


def _gate_setup(ctx, inputs, output):
    x, ctx.name, ctx.axis, ctx.mode = inputs
    ctx.save_for_backward(x)


def _gate_gradient(ctx, dy):
    return _gate_backward(ctx.saved_tensors[0], dy, ctx.name, ctx.axis, ctx.mode), None, None, None


@_differentiable(
    "gate",
    lambda x, name, axis, mode: _torch.empty(_half(x, axis), dtype=x.dtype, device=x.device),
    _gate_setup,
    _gate_gradient,
)
def _gate(x: _Tensor, name: str, axis: int, mode: str) -> _Tensor:
    return _torch.from_numpy(getattr(_actfn, name + "_packed")(_array(x), axis, gate="last", mode=mode))


@_opaque("prelu_backward", lambda x, weight, dy, mode: (_contiguous_like(x), _contiguous_like(weight)))
def _prelu_backward(x: _Tensor, weight: _Tensor, dy: _Tensor, mode: str) -> _typing.Tuple[_Tensor, _Tensor]:
    dx, da = _actfn.prelu_backward(_array(x), _array(weight), _array(dy), mode=mode)
    return _torch.from_numpy(dx), _torch.from_numpy(da)


def _prelu_setup(ctx, inputs, output):
    x, weight, ctx.mode = inputs
    ctx.save_for_backward(x, weight)


def _prelu_gradient(ctx, dy):
    return (*_prelu_backward(*ctx.saved_tensors, dy, ctx.mode), None)


@_differentiable("prelu", _contiguous_like, _prelu_setup, _prelu_gradient)
def _prelu(x: _Tensor, weight: _Tensor, mode: str) -> _Tensor:
    return _torch.from_numpy(_actfn.prelu(_array(x), _array(weight), mode=mode))


@_opaque("rrelu_backward", lambda x, dy, lower, upper, seed, mode: _contiguous_like(x))
def _rrelu_backward(x: _Tensor, dy: _Tensor, lower: float, upper: float, seed: int, mode: str) -> _Tensor:
    return _torch.from_numpy(
        _actfn.rrelu_backward(_array(x), _array(dy), seed=seed, lower=lower, upper=upper, mode=mode)
    )


def _rrelu_setup(ctx, inputs, output):
    ctx.save_for_backward(inputs[0])
    ctx.call = inputs[1:]


def _rrelu_gradient(ctx, dy):
    return _rrelu_backward(ctx.saved_tensors[0], dy, *ctx.call), None, None, None, None


@_differentiable("rrelu", _contiguous_like, _rrelu_setup, _rrelu_gradient)
def _rrelu(x: _Tensor, lower: float, upper: float, seed: int, mode: str) -> _Tensor:
    return _torch.from_numpy(_actfn.rrelu(_array(x), seed=seed, lower=lower, upper=upper, mode=mode))


# ---- functions with torch.nn.functional's arguments --------------------------------------------------------------------


def _define(name, operation, *arguments, inplace=True):
    """torch's `name`: arguments are (torch's name of a parameter, its default there), in the library's order."""
    signature = ", ".join(["input", *(f"{n}={v!r}" if v is not ... else n for n, v in arguments)])
    listed = "".join(n + ", " for n, _ in arguments)

    # A plain signature, as torch's functions have it, so that a wrong keyword is refused by Python itself.
    source = (
        f"def {name}({signature}{', inplace=False' if inplace else ''}, *, mode='reproducible'):\n"
        f"    return elementwise({name!r}, input, {operation!r}, ({listed}), {'inplace' if inplace else False}, mode, names)\n"
    )
    if inplace:
        source += (
            f"def {name}_({signature}, *, mode='reproducible'):\n"
            f"    return elementwise('{name}_', input, {operation!r}, ({listed}), True, mode, names)\n"
        )
    made = {"elementwise": _elementwise, "names": tuple(n for n, _ in arguments)}
    exec(source, made)
    text = f"{{}} of torch.nn.functional by libactfn.\n\n    {_OPERATIONS[operation].formula}"
    for key in (name, name + "_")[: 2 if inplace else 1]:
        made[key].__doc__, made[key].__module__ = text.format(key), __name__
        globals()[key] = made[key]


_define("relu", "relu")
_define("relu6", "relu6")
_define("sigmoid", "sigmoid")
_define("tanh", "tanh")
_define("silu", "silu")
_define("mish", "mish")
_define("selu", "selu")
_define("hardsigmoid", "hardsigmoid")
_define("hardswish", "hardswish")
_define("logsigmoid", "log_sigmoid", inplace=False)
_define("softsign", "softsign", inplace=False)
_define("tanhshrink", "tanhshrink", inplace=False)
_define("elu", "elu", ("alpha", 1.0))
_define("celu", "celu", ("alpha", 1.0))
_define("leaky_relu", "leaky_relu", ("negative_slope", 0.01))
_define("hardtanh", "hardtanh", ("min_val", -1.0), ("max_val", 1.0))
_define("threshold", "threshold", ("threshold", ...), ("value", ...))
_define("softplus", "softplus", ("beta", 1.0), ("threshold", 20.0), inplace=False)
_define("softshrink", "softshrink", ("lambd", 0.5), inplace=False)
_define("hardshrink", "hardshrink", ("lambd", 0.5), inplace=False)


def gelu(input, approximate="none", *, mode="reproducible"):
    """gelu of torch.nn.functional by libactfn; approximate is "none" or "tanh"."""
    names = {"none": "gelu", "tanh": "gelu_tanh"}
    if approximate not in names:
        raise ValueError(f"gelu: approximate must be 'none' or 'tanh', not {approximate!r}")
    return _elementwise("gelu", input, names[approximate], mode=mode)


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False, *, mode="reproducible"):
    """rrelu of torch.nn.functional by libactfn; its seed is a draw of torch's generator."""
    if not training:
        return _elementwise("rrelu", input, "leaky_relu", [(lower + upper) / 2], inplace, mode)
    _check("rrelu", input)
    seed = int(_torch.randint(2**62, ()))
    y = _rrelu(input, float(lower), float(upper), seed, mode)
    return input.copy_(y) if inplace else y


def prelu(input, weight, *, mode="reproducible"):
    """prelu of torch.nn.functional by libactfn: one weight, or one for each channel of dimension 1."""
    _check("prelu", input)
    _check("prelu", weight, "weight")
    if weight.dim() > 1:
        raise ValueError(f"prelu: weight has {weight.dim()} dimensions, and must have one")
    if weight.numel() > 1 and (input.dim() < 2 or input.shape[1] != weight.numel()):
        raise ValueError(
            f"prelu: weight has {weight.numel()} elements, and input is {tuple(input.shape)}: "
            "dimension 1 must have as many"
        )
    return _prelu(input, weight, mode)


def glu(input, dim=-1, *, mode="reproducible"):
    """glu of torch.nn.functional by libactfn: the first half of `dim` times the sigmoid of the second."""
    _check("glu", input)
    if not -input.dim() <= dim < input.dim():
        raise IndexError(f"glu: dim {dim} is out of range for {input.dim()} dimensions")
    if input.shape[dim] % 2:
        raise ValueError(f"glu: input has {input.shape[dim]} entries along dim {dim}, an odd number")
    return _gate(input, "glu", dim % input.dim(), mode)


def _row_function(name):
    def function(input, dim=None, _stacklevel=3, dtype=None, *, mode="reproducible"):
        if dtype is not None:
            input = input.to(dtype)
        _check(name, input)
        if dim is None:
            _warnings.warn(f"Implicit dimension choice for {name} is deprecated: pass dim", stacklevel=_stacklevel)
            dim = 0 if input.dim() in (0, 1, 3) else 1
        if input.dim() == 0 and dim in (0, -1):
            return function(input.reshape(1), 0, mode=mode).reshape(())
        if not -input.dim() <= dim < input.dim():
            raise IndexError(f"{name}: dim {dim} is out of range for {input.dim()} dimensions")
        return _rows(input, name, dim % input.dim(), mode)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{name} of torch.nn.functional by libactfn.\n\n    {_OPERATIONS[name].formula}"
    return function


softmax, log_softmax, softmin = map(_row_function, ("softmax", "log_softmax", "softmin"))
sparsemax = _row_function("sparsemax")


def _own(operation):
    def function(input, *, inplace=False, mode="reproducible", **params):
        return _elementwise(operation.name, input, operation.name, operation.param_values(params), inplace, mode)

    function.__name__ = function.__qualname__ = operation.name
    function.__doc__ = getattr(_actfn, operation.name).__doc__
    return function


for _operation in _of_family("elementwise"):
    globals().setdefault(_operation.name, _own(_operation))


# ---- modules ---------------------------------------------------------------------------------------------------------


def _module(base, function, *attributes):
    """torch.nn's module, whose forward goes by libactfn: arguments, repr, state_dict and isinstance stay."""

    def forward(self, input):
        return function(input, *[getattr(self, attribute) for attribute in attributes], mode=self.mode)

    # torch.compile counts what it compiled anew by code object, and each class is another one.
    forward.__code__ = forward.__code__.replace(co_name=f"forward_of_{base.__name__}")
    globals()[base.__name__] = type(
        base.__name__,
        (base,),
        {
            "forward": forward,
            "mode": "reproducible",
            "__module__": __name__,
            "__doc__": f'torch.nn.{base.__name__} by libactfn; the attribute `mode` is "reproducible" or "fast".',
        },
    )


_names = globals()  # of functions that _define made
for _name, _function in (
    ("ReLU", "relu"),
    ("ReLU6", "relu6"),
    ("SiLU", "silu"),
    ("Mish", "mish"),
    ("SELU", "selu"),
    ("Hardsigmoid", "hardsigmoid"),
    ("Hardswish", "hardswish"),
):
    if hasattr(getattr(_nn, _name)(), "inplace"):
        _module(getattr(_nn, _name), _names[_function], "inplace")
    else:
        _module(getattr(_nn, _name), _names[_function])
for _name, _function in (
    ("Sigmoid", "sigmoid"),
    ("Tanh", "tanh"),
    ("LogSigmoid", "logsigmoid"),
    ("Softsign", "softsign"),
    ("Tanhshrink", "tanhshrink"),
):
    _module(getattr(_nn, _name), _names[_function])
_module(_nn.GELU, gelu, "approximate")
_module(_nn.ELU, _names["elu"], "alpha", "inplace")
_module(_nn.CELU, _names["celu"], "alpha", "inplace")
_module(_nn.LeakyReLU, _names["leaky_relu"], "negative_slope", "inplace")
_module(_nn.Hardtanh, _names["hardtanh"], "min_val", "max_val", "inplace")
_module(_nn.Threshold, _names["threshold"], "threshold", "value", "inplace")
_module(_nn.Softplus, _names["softplus"], "beta", "threshold")
_module(_nn.Softshrink, _names["softshrink"], "lambd")
_module(_nn.Hardshrink, _names["hardshrink"], "lambd")
_module(_nn.PReLU, prelu, "weight")
_module(_nn.RReLU, rrelu, "lower", "upper", "training", "inplace")
_module(_nn.GLU, glu, "dim")
_module(_nn.Softmax, softmax, "dim")
_module(_nn.LogSoftmax, log_softmax, "dim")
_module(_nn.Softmin, softmin, "dim")


class Softmax2d(_nn.Softmax2d):
    """torch.nn.Softmax2d by libactfn."""

    mode = "reproducible"

    def forward(self, input):
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: input has {input.dim()} dimensions, and must have 3 or 4")
        return softmax(input, -3, mode=self.mode)


__all__ = sorted(name for name in globals() if not name.startswith("_"))
