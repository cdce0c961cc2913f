# SPDX-License-Identifier: MIT
"""Loads the operators in C++ if they are built for this torch.  Otherwise Python's operators run, with the same bits."""

import importlib.machinery
import importlib.util
import os

import torch

from actfn import _core

from . import _build, _operators

_state = {"operators": "Python", "file": None, "reason": None}


def _decline(*arguments):
    return NotImplemented


def _load():
    """The module; or None, with the reason in _state."""
    wanted = os.environ.get("ACTFN_TORCH_OPERATORS")
    if wanted == "python":
        _state["reason"] = "ACTFN_TORCH_OPERATORS=python"
        return None
    if not _operators.HAS_CUSTOM_OPS:
        _state["reason"] = f"torch {torch.__version__} is older than 2.4"
        return None
    name = _build.file_name(torch.__version__)
    places = [wanted] if wanted else [_build.HERE / name, _build.cache() / name]
    for place in places:
        if not os.path.exists(place):
            continue
        loader = importlib.machinery.ExtensionFileLoader("actfn.torch.operators", str(place))
        try:
            module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
            loader.exec_module(module)
            module.setup(_core.entries, _operators.gradient, _operators.functions)
        except ImportError as error:
            _state["reason"] = f"{place}: {error}"
            return None
        _state.update(operators="C++", file=str(place))
        return module
    _state["reason"] = f"not built for torch {torch.__version__}: python -m actfn.torch build"
    return None


_module = _load()
_IN_CPP = ("forward", "backward", "rows", "rows_backward", "gate", "gate_backward", "prelu", "prelu_backward")
_operators.register_python_kernels(_IN_CPP if _module else ())

# activation(input, weight, dim, op, params, mode, inplace): the result, or NotImplemented if Python must compute it.
activation = _module.activation if _module else _decline


def build():
    """Compiles the operators in C++ for this torch (half a minute).  Processes that start later use them.  Returns their file.

    Needs a C++20 compiler: `c++`, or the one that CXX names in the environment.  `python -m actfn.torch build` does the same.
    """
    return str(_build.compile(_build.cache() / _build.file_name(torch.__version__)))


def info():
    """The operators in use, "C++" or "Python"; their file; and the reason if they are not those in C++.

    >>> sorted(actfn.torch.info())
    ['file', 'operators', 'reason', 'threads', 'torch']
    """
    return {**_state, "torch": torch.__version__, "threads": torch.get_num_threads()}
