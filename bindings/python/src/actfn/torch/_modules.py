# SPDX-License-Identifier: MIT
"""torch.nn's modules with libactfn's forward.  Arguments, repr, state_dict and isinstance are torch's."""

import inspect

from torch import nn

import actfn.torch as functions
from actfn._catalogue import mode_number

__all__ = []


def _signature(base):
    """torch's arguments, and mode= as a keyword."""
    mode = inspect.Parameter("mode", inspect.Parameter.KEYWORD_ONLY, default="fast")
    signature = inspect.signature(base.__init__)
    return signature.replace(
        parameters=[
            *(p for p in signature.parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)),
            mode,
        ]
    )


def _module(base, forward):
    name = base.__name__

    def __init__(self, *args, mode="fast", **kwargs):
        mode_number(name, mode)
        base.__init__(self, *args, **kwargs)
        self.mode = mode
        # torch.fx decides by the module's own __module__ whether the module is a leaf.
        self.__dict__["__module__"] = "torch.nn.actfn"

    def extra_repr(self):
        words = [base.extra_repr(self), "" if self.mode == "fast" else f"mode={self.mode!r}"]
        return ", ".join(word for word in words if word)

    __init__.__signature__ = _signature(base)
    __init__.__qualname__ = f"{name}.__init__"
    # torch.compile counts compilations by code object, and each class must count apart.
    forward.__code__ = forward.__code__.replace(co_name=f"forward_of_{name}")
    globals()[name] = type(
        name,
        (base,),
        {
            "__init__": __init__,
            "extra_repr": extra_repr,
            "forward": forward,
            "mode": "fast",
            "__module__": "actfn.torch",
            "__doc__": f'torch.nn.{name} by libactfn; `mode` is "fast" or "accurate".',
        },
    )
    __all__.append(name)


def _calling(base, function, *attributes):
    def forward(self, input):
        return function(input, *[getattr(self, attribute) for attribute in attributes], mode=self.mode)

    _module(base, forward)


for _name, _function in (
    ("ReLU", "relu"),
    ("ReLU6", "relu6"),
    ("SiLU", "silu"),
    ("Mish", "mish"),
    ("SELU", "selu"),
    ("Hardsigmoid", "hardsigmoid"),
    ("Hardswish", "hardswish"),
):
    _base = getattr(nn, _name)
    # ReLU6 is a Hardtanh and inherits inplace; Sigmoid and similar modules have no inplace.
    _calling(_base, getattr(functions, _function), *(["inplace"] if hasattr(_base(), "inplace") else []))
for _name, _function in (
    ("Sigmoid", "sigmoid"),
    ("Tanh", "tanh"),
    ("LogSigmoid", "logsigmoid"),
    ("Softsign", "softsign"),
    ("Tanhshrink", "tanhshrink"),
):
    _calling(getattr(nn, _name), getattr(functions, _function))
_calling(nn.GELU, functions.gelu, "approximate")
_calling(nn.ELU, functions.elu, "alpha", "inplace")
_calling(nn.CELU, functions.celu, "alpha", "inplace")
_calling(nn.LeakyReLU, functions.leaky_relu, "negative_slope", "inplace")
_calling(nn.Hardtanh, functions.hardtanh, "min_val", "max_val", "inplace")
_calling(nn.Threshold, functions.threshold, "threshold", "value", "inplace")
_calling(nn.Softplus, functions.softplus, "beta", "threshold")
_calling(nn.Softshrink, functions.softshrink, "lambd")
_calling(nn.Hardshrink, functions.hardshrink, "lambd")
_calling(nn.PReLU, functions.prelu, "weight")
_calling(nn.RReLU, functions.rrelu, "lower", "upper", "training", "inplace")
_calling(nn.GLU, functions.glu, "dim")
_calling(nn.Softmax, functions.softmax, "dim")
_calling(nn.LogSoftmax, functions.log_softmax, "dim")
_calling(nn.Softmin, functions.softmin, "dim")


def _softmax2d(self, input):
    if input.dim() not in (3, 4):
        raise ValueError(f"Softmax2d: input has {input.dim()} dimensions, and must have 3 or 4")
    return functions.softmax(input, -3, mode=self.mode)


_module(nn.Softmax2d, _softmax2d)
