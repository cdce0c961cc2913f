# SPDX-License-Identifier: MIT
"""torch.nn's activations by libactfn: the same names and arguments, on tensors of the CPU in float32, bfloat16 and float16.

    import actfn.torch as act
    model = nn.Sequential(nn.Linear(64, 32), act.GELU(), nn.Linear(32, 10), act.LogSoftmax(dim=1))

Dense tensors (in any order of dimensions) are not copied.  softmax and similar functions, GLU and PReLU do not copy
contiguous tensors.  Functions and modules also take mode="fast".  Gradients have gradients of their own, and forward mode
(torch.func.jvp), vmap and hessian work.  Each function is an operator (torch.ops.actfn), which torch.compile keeps in its
graph.

Operations that torch.nn lacks have the library's names, and their parameters are keywords: squareplus(x, b=4.0).
"""

import builtins as _builtins
import functools as _functools
import inspect as _inspect
import math as _math
import sys as _sys
import warnings as _warnings
from operator import index as _index

import torch as _torch
from torch import nn as _nn
from torch.overrides import handle_torch_function as _handle
from torch.overrides import has_torch_function as _overridden

import actfn as _actfn
from actfn._catalogue import OPERATIONS as _OPERATIONS
from actfn._catalogue import mode_number as _mode_number
from actfn._catalogue import of_family as _of_family
from actfn._catalogue import single as _single
from actfn._names import suggestion as _suggestion

from . import _native, _operators
from ._formulas import FORMULAS as _FORMULAS
from ._formulas import ROWS as _ROW_FORMULAS
from ._native import build, info
from ._operators import HAS_CUSTOM_OPS
from ._operators import compiling as _compiling

_Tensor, _float32 = _torch.Tensor, _torch.float32
_F = _nn.functional

# ---- accepted inputs -------------------------------------------------------------------------------------------------


def _checked(function, tensor, name="input", sixteen=False):
    """Returns the tensor, if these functions accept it.

    A tensor of 16 bits is cast to float32, and _as_given casts the result back.  It stays unchanged if `sixteen`
    says that there is a kernel for it, except under autocast, which asks for float32.
    """
    if not isinstance(tensor, _Tensor):
        raise TypeError(f"{function}: {name} must be a tensor, not {type(tensor).__name__}")
    if tensor.device.type not in ("cpu", "meta"):
        raise ValueError(f"{function}: {name} is on the device {tensor.device}, and must be on the CPU")
    if tensor.layout != _torch.strided or tensor.is_nested:
        what = "a nested tensor" if tensor.is_nested else tensor.layout
        raise TypeError(f"{function}: {name} is {what}, and must be dense")
    if tensor.dtype == _float32:
        return tensor
    if tensor.dtype in _operators.CAST:
        return tensor if sixteen and not _operators.autocasts() else tensor.float()
    raise TypeError(f"{function}: {name} is {tensor.dtype}, and must be float32, bfloat16 or float16")


def _as_given(result, input):
    """Casts the result to the dtype of the input, like torch.nn.functional."""
    return result if result.dtype == input.dtype else result.to(input.dtype)


def _check_overwritten(function, input, inplace):
    """Refuses wrong arguments before anything is written."""
    if inplace and _torch.is_grad_enabled() and input.requires_grad and input.is_leaf:
        raise RuntimeError(f"{function}: input is a leaf that requires grad, and cannot be overwritten")


@_functools.lru_cache(maxsize=1024)
def _check_params(function, name, params, names):
    """Refuses illegal parameters by torch's names for them.  The library's sentence covers relations between parameters."""
    for param, torch_name, value in zip(_OPERATIONS[name].params, names, params):
        if not param.legal(_single(value)):
            raise ValueError(f"{function}: {torch_name} is {value}, and must be {param.range()}")
    _OPERATIONS[name].check([_single(value) for value in params], 0)


def _transformed(value):
    """Whether a transformation of torch.func, or forward mode, uses the tensor."""
    wrapped = getattr(getattr(_torch._C, "_functorch", None), "is_functorch_wrapped_tensor", None)
    return bool(wrapped and wrapped(value)) or _torch.autograd.forward_ad.unpack_dual(value).tangent is not None


def _trained(value):
    """Whether the caller may ask for the derivative by the parameter."""
    return isinstance(value, _Tensor) and (value.requires_grad and _torch.is_grad_enabled() or _transformed(value))


def _number(function, name, value):
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{function}: {name} must be a number, not {type(value).__name__}") from None


def _dim(function, dim, rank):
    """The dimension without its sign."""
    try:
        dim = _index(dim)
    except TypeError:
        raise TypeError(f"{function}: dim must be an integer, not {type(dim).__name__}") from None
    if not -rank <= dim < rank:
        raise IndexError(f"{function}: dim {dim} is out of range for {rank} dimensions")
    return dim % rank


def _scalar(function, name, value):
    """A parameter as a float32 tensor of no dimension, still part of its graph."""
    if not isinstance(value, _Tensor):
        return _torch.tensor(_number(function, name, value), dtype=_float32)
    if value.numel() != 1:
        raise ValueError(f"{function}: {name} has {value.numel()} elements, and must have one")
    return value.reshape(()).to(_float32)


_is_exporting = getattr(getattr(_torch, "compiler", None), "is_exporting", lambda: False)


def _exporting():
    """Whether torch.onnx.export is at work.  Then operations that it knows go into the file as torch's own."""
    if _compiling() and not _is_exporting():
        return False
    # The module is not imported before somebody exports, and its import takes longer than everything here.
    onnx = _sys.modules.get("torch.onnx")
    return onnx is not None and onnx.is_in_onnx_export()


# ---- elementwise -----------------------------------------------------------------------------------------------------


def _train(function, source, name, params, names, mode):
    for param, torch_name, value in zip(_OPERATIONS[name].params, names, params):
        if _trained(value) and not param.gradient:
            raise ValueError(
                f"{function}: {torch_name} requires grad, and libactfn has no gradient for it: pass a number, or "
                f"{torch_name}.detach()"
            )
    values = [_scalar(function, torch_name, value) for torch_name, value in zip(names, params)]
    if not _compiling() and any(map(_transformed, (source, *values))):
        return _FORMULAS[name][0](source, *values)  # torch transforms its own operations
    return _operators.Trainable.run(source, _torch.stack(values), name, mode)


def _elementwise(function, input, name, params=(), inplace=False, mode="fast", names=()):
    """The path for calls that the C++ of _native does not accept."""
    trained = any(map(_trained, params))
    source = _checked(function, input, sixteen=not trained and not _exporting())
    _mode_number(function, mode)
    _check_overwritten(function, input, inplace)
    if trained:
        if inplace:
            source = source.clone()
        result = _train(function, source, name, params, names, mode)
    else:
        for torch_name, value in zip(names, params):
            if isinstance(value, _Tensor):
                _scalar(function, torch_name, value)
        params = [_number(function, torch_name, value) for torch_name, value in zip(names, params)]
        if not _compiling():
            _check_params(function, name, tuple(params), names)
        if _exporting():
            result = _FORMULAS[name][0](source, *params)
        else:
            if inplace and source is input and _needs_input(name, tuple(params)):
                source = input.clone()  # the gradient must not read memory that is overwritten
            result = _operators.Forward.run(source, name, params, mode)
    # torch's own copy handles views, versions and the history of the input.
    return input.copy_(result) if inplace else _as_given(result, input)


def _needs_input(name, params):
    # While torch compiles, the compiler can remove the copy.
    return _compiling() or not _operators.gradient_name(name, params).endswith("_from_output")


def _define(name, operation, *arguments, inplace=True, last=""):
    """torch's `name`: arguments are (torch's name of a parameter, its default there), in the library's order."""
    signature = ", ".join(["input", *(f"{n}={v!r}" if v is not ... else n for n, v in arguments)])
    listed = "".join(n + ", " for n, _ in arguments)
    keywords = "".join(f"{n}={n}, " for n, _ in arguments)

    # A plain signature, like those of torch's functions, so that Python itself refuses a wrong keyword.
    def source(function, more, keyword, inplace):
        return (
            f"def {function}({signature}{more}, *, mode='fast'):\n"
            f"    if not compiling():\n"
            f"        result = native(input, None, 0, {_OPERATIONS[operation].op}, ({listed}), mode, {inplace})\n"
            f"        if result is not NotImplemented:\n"
            f"            return result\n"
            f"        if overridden((input,)):\n"
            f"            return handle({function}, (input,), input, {keywords}{keyword}mode=mode)\n"
            f"    return elementwise({function!r}, input, {operation!r}, ({listed}), {inplace}, mode, names)\n"
        )

    text = source(
        name,
        ", inplace=False" if inplace else "",
        "inplace=inplace, " if inplace else "",
        "inplace" if inplace else "False",
    )
    if inplace:
        text += source(name + "_", "", "", "True")
    made = {
        "compiling": _compiling,
        "native": _native.activation,
        "overridden": _overridden,
        "handle": _handle,
        "elementwise": _elementwise,
        "names": tuple(n for n, _ in arguments),
    }
    exec(text, made)
    doc = f"{{}} of torch.nn.functional by libactfn.\n\n    {_OPERATIONS[operation].formula}"
    for key in (name, name + "_")[: 2 if inplace else 1]:
        made[key].__doc__, made[key].__module__ = doc.format(key), __name__
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

_GELU, _GELU_TANH, _GLU, _PRELU = (_OPERATIONS[name].op for name in ("gelu", "gelu_tanh", "glu", "prelu"))


def gelu(input, approximate="none", *, mode="fast"):
    """gelu of torch.nn.functional by libactfn; approximate is "none" or "tanh"."""
    if approximate == "none":
        name, number = "gelu", _GELU
    elif approximate == "tanh":
        name, number = "gelu_tanh", _GELU_TANH
    else:
        raise ValueError(f"gelu: approximate must be 'none' or 'tanh', not {approximate!r}")
    if not _compiling():
        result = _native.activation(input, None, 0, number, (), mode, False)
        if result is not NotImplemented:
            return result
        if _overridden((input,)):
            return _handle(gelu, (input,), input, approximate=approximate, mode=mode)
    return _elementwise("gelu", input, name, mode=mode)


def _own(operation):
    names = tuple(param.keyword for param in operation.params)

    def function(input, *positional, inplace=False, mode="fast", **params):
        if len(positional) > len(names):
            raise TypeError(f"{operation.name}() takes {len(names)} parameters, and got {len(positional)}")
        for name, value in zip(names, positional):
            if name in params:
                raise TypeError(f"{operation.name}() got multiple values for argument {name!r}")
            params[name] = value
        if not _compiling() and _overridden((input,)):
            return _handle(globals()[operation.name], (input,), input, inplace=inplace, mode=mode, **params)
        tensors = {name: value for name, value in params.items() if isinstance(value, _Tensor)}
        # Names and ranges are the library's.  Only the operator may read the value of a tensor that is trained.
        plain = {name: value for name, value in params.items() if not _trained(value)}
        if len(plain) == len(params):
            values = operation.param_values(params)
            if not _compiling():
                result = _native.activation(input, None, 0, operation.op, values, mode, inplace)
                if result is not NotImplemented:
                    return result
        else:
            fill = {name: 1.0 for name in tensors}
            operation.param_values({**params, **fill})
            values = [params.get(param.keyword, param.default) for param in operation.params]
        return _elementwise(operation.name, input, operation.name, values, inplace, mode, names)

    function.__name__ = function.__qualname__ = operation.name
    function.__doc__ = getattr(_actfn, operation.name).__doc__
    place, empty = _inspect.Parameter.POSITIONAL_OR_KEYWORD, _inspect.Parameter.empty
    defaults = [empty if param.required else param.default for param in operation.params]
    first, *last = (p for p in _inspect.signature(function).parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD))
    function.__signature__ = _inspect.Signature(
        [first, *(_inspect.Parameter(name, place, default=default) for name, default in zip(names, defaults)), *last]
    )
    return function


for _operation in _of_family("elementwise"):
    globals().setdefault(_operation.name, _own(_operation))

# ---- the other families ----------------------------------------------------------------------------------------------


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False, *, mode="fast"):
    """rrelu of torch.nn.functional by libactfn; its seed is a draw of torch's generator."""
    if not _compiling() and _overridden((input,)):
        return _handle(rrelu, (input,), input, lower=lower, upper=upper, training=training, inplace=inplace, mode=mode)
    source = _checked("rrelu", input)
    for name, value in ("lower", lower), ("upper", upper):
        if _trained(value):
            raise ValueError(f"rrelu: {name} requires grad, and libactfn has no gradient for it: pass a number")
    lower, upper = _number("rrelu", "lower", lower), _number("rrelu", "upper", upper)
    if not (_math.isfinite(lower) and _math.isfinite(upper)):
        raise ValueError(f"rrelu: lower is {lower} and upper {upper}, and both must be finite")
    if lower > upper:
        raise ValueError(f"rrelu: lower is {lower}, and must be at most upper, {upper}")
    if not training:
        return _elementwise("rrelu", input, "leaky_relu", [(lower + upper) / 2], inplace, mode, ("lower",))
    _mode_number("rrelu", mode)
    _check_overwritten("rrelu", input, inplace)
    if _exporting():
        return _as_given(_F.rrelu(source, lower, upper, True), input)
    seed = _torch.randint(2**62, (), dtype=_torch.int64)
    if inplace and (lower < 0 or _compiling()):
        source = source.clone()
    result = _operators.RReLU.run(source, float(lower), float(upper), seed, mode)
    return input.copy_(result) if inplace else _as_given(result, input)


def prelu(input, weight, *, mode="fast"):
    """prelu of torch.nn.functional by libactfn: one weight, or one for each channel of dimension 1."""
    if not _compiling():
        result = _native.activation(input, weight, 1, _PRELU, (), mode, False)
        if result is not NotImplemented:
            return result
        if _overridden((input, weight)):
            return _handle(prelu, (input, weight), input, weight, mode=mode)
    source, weight = _checked("prelu", input), _checked("prelu", weight, "weight")
    _mode_number("prelu", mode)
    if weight.dim() > 1:
        raise ValueError(f"prelu: weight has {weight.dim()} dimensions, and must have one")
    if weight.numel() != 1 and (input.dim() < 2 or input.shape[1] != weight.numel()):
        raise ValueError(
            f"prelu: weight has {weight.numel()} elements, and input is {tuple(input.shape)}: "
            "dimension 1 must have as many"
        )
    if _exporting():
        return _F.prelu(source, weight)
    result = _operators.PReLU.run(source, weight, mode)
    if _operators.autocasts():
        # Newer versions of torch compute prelu in autocast's own dtype.
        return result.to(_F.prelu(input.new_zeros(1), weight.new_zeros(1)).dtype)
    return _as_given(result, input)


def glu(input, dim=-1, *, mode="fast"):
    """glu of torch.nn.functional by libactfn: the first half of `dim` times the sigmoid of the second."""
    if not _compiling():
        result = _native.activation(input, None, dim, _GLU, (), mode, False)
        if result is not NotImplemented:
            return result
        if _overridden((input,)):
            return _handle(glu, (input,), input, dim=dim, mode=mode)
    source = _checked("glu", input)
    _mode_number("glu", mode)
    place = _dim("glu", dim, input.dim())
    if input.shape[place] % 2:
        raise ValueError(f"glu: input has {input.shape[place]} entries along dim {dim}, an odd number")
    result = _F.glu(source, dim) if _exporting() else _operators.Gate.run(source, "glu", place, mode)
    return _as_given(result, input)


def _row_function(name):
    number = _OPERATIONS[name].op

    def function(input, dim=None, _stacklevel=3, dtype=None, *, mode="fast"):
        if dtype is None and not _compiling():
            result = _native.activation(input, None, dim, number, (), mode, False)
            if result is not NotImplemented:
                return result
        if not _compiling() and _overridden((input,)):
            return _handle(function, (input,), input, dim=dim, _stacklevel=_stacklevel, dtype=dtype, mode=mode)
        if dtype is not None:
            input = input.to(dtype)
        source = _checked(name, input)
        _mode_number(name, mode)
        if dim is None:
            _warnings.warn(f"Implicit dimension choice for {name} is deprecated: pass dim", stacklevel=_stacklevel)
            dim = 0 if input.dim() in (0, 1, 3) else 1
        if input.dim() == 0 and dim in (0, -1):
            return function(input.reshape(1), 0, mode=mode).reshape(())
        dim = _dim(name, dim, input.dim())
        if _exporting():
            return _as_given(_ROW_FORMULAS[name](source, dim), input)
        return _as_given(_operators.Rows.run(source, name, dim, mode), input)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{name} of torch.nn.functional by libactfn.\n\n    {_OPERATIONS[name].formula}"
    return function


softmax, log_softmax, softmin = map(_row_function, ("softmax", "log_softmax", "softmin"))
sparsemax = _row_function("sparsemax")


from ._modules import *  # noqa: E402, F403: the modules use the functions above

def __getattr__(name):
    known = () if name.startswith("_") else __all__
    raise AttributeError(f"module 'actfn.torch' has no attribute {name!r}" + _suggestion(name, known))


# `from actfn.torch import *` does not replace Python's abs, pow and round.
__all__ = sorted(
    name
    for name in globals()
    if not name.startswith("_") and not hasattr(_builtins, name) and name not in ("HAS_CUSTOM_OPS", "build", "info")
)
