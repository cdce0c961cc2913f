#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""generate_torch_stub.py FILE: writes actfn.torch's type stub, src/actfn/torch/__init__.pyi, from the package."""

import inspect
import pathlib
import sys

import numpy as np

import actfn.torch
from actfn._catalogue import of_family

HEAD = """# SPDX-License-Identifier: MIT
# Written by generate_torch_stub.py from the catalogue.
from typing import Any, Literal

import torch
from torch import Tensor, nn

Mode = Literal["accurate", "fast", "reproducible"]

def build() -> str: ...
def info() -> dict[str, Any]: ...
"""
TYPES = {
    "input": "Tensor",
    "weight": "Tensor",
    "mode": "Mode",
    "dtype": "torch.dtype | None",
    "device": "Any",
    "dim": "int | None",
    "approximate": "str",
}


def parameter_type(parameter, scalar):
    if parameter.name in TYPES:
        return TYPES[parameter.name]
    kind = type(parameter.default)
    return kind.__name__ if kind in (bool, int, str) else scalar


def shown(value):
    if value is inspect.Parameter.empty:
        return ""
    if isinstance(value, float):
        # Python has no literal for inf.
        return " = " + (repr(float(str(np.float32(value)))) if np.isfinite(value) else "...")
    return f" = {value!r}"


def arguments(signature, scalar):
    parts, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.kind == parameter.VAR_KEYWORD:
            continue
        if parameter.kind == parameter.KEYWORD_ONLY and not starred:
            starred = True
            parts.append("*")
        if parameter.name in ("beta", "threshold") and isinstance(parameter.default, int):
            parameter = parameter.replace(default=float(parameter.default))  # torch 1.13's Softplus
        annotation = "" if parameter.name == "self" else ": " + parameter_type(parameter, scalar)
        parts.append(parameter.name + annotation + shown(parameter.default))
    return parts


def function(name):
    parts = arguments(inspect.signature(getattr(actfn.torch, name)), "float | Tensor")
    return f"def {name}({', '.join(parts)}) -> Tensor: ...\n"


def module(name):
    parts = arguments(inspect.signature(getattr(actfn.torch, name).__init__), "float")
    if parts[0] != "self":
        parts.insert(0, "self")
    return f"class {name}(nn.{name}):\n    mode: Mode\n    def __init__({', '.join(parts)}) -> None: ...\n"


def stub():
    # `import *` leaves out names that Python itself has, but these names exist too.
    names = sorted({*actfn.torch.__all__, *(operation.name for operation in of_family("elementwise"))})
    functions, modules = [], []
    for name in names:
        value = getattr(actfn.torch, name, None)
        if inspect.isclass(value):
            modules.append(module(name))
        elif value is not None:
            functions.append(function(name))
    return HEAD + "".join(functions) + "\n" + "\n".join(modules)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[1]).write_text(stub())
