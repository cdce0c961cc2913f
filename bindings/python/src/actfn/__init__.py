# SPDX-License-Identifier: MIT
"""Activation functions of neural networks, forward and backward.

The elementwise functions are NumPy ufuncs: ``actfn.gelu(x)``, ``actfn.elu(x, alpha=0.5, out=y, where=mask)``, and
``actfn.gelu_backward(x, dy)`` for their gradients.  The functions over rows take ``axis=``.  All functions take float32,
float16 and, if ml_dtypes is installed, its bfloat16.  Results have the same bits on every machine and for every way to split
an array.
"""

import builtins as _builtins

import numpy as _np

from . import _arrays, _catalogue, _core, _families, _names, _ufuncs
from ._core import bind, get_num_threads, select_isa, set_num_threads

__version__ = _core.library()["version"]

# Before the first ufunc is made.
if _arrays.BFLOAT16 is not None:
    _core.set_bfloat16(_arrays.BFLOAT16)

_ufuncs_made = _ufuncs.make_all()
_functions_made = _families.make_all()
_made = {**_ufuncs_made, **_functions_made}
_aliases = _catalogue.aliases(_made)
globals().update(_made)
globals().update((_alias, _made[_name]) for _alias, _name in _aliases.items())

# `from actfn import *` does not replace Python's abs, pow and round.
__all__ = [
    name
    for name in (
        "bind",
        "get_num_threads",
        "info",
        "operations",
        "select_isa",
        "set_num_threads",
        *_made,
    )
    if not hasattr(_builtins, name)
]


def info():
    """The versions, the instruction sets and why each is or is not in use, the threads.

    >>> actfn.info()["isa"]
    'avx512'
    """
    return {**_core.library(), "numpy": _np.__version__, "threads": get_num_threads()}


def operations():
    """The library's catalogue: a dict for each operation, with its formula, parameters, error bounds and family."""
    return _core.catalogue()


def __getattr__(name):
    # The name of a ufunc with bound keywords contains them, and pickle looks up this name here.
    if "(" in name:
        return _ufuncs.from_name(name, _ufuncs_made)
    known = () if name.startswith("_") else __dir__()
    raise AttributeError(f"module 'actfn' has no attribute {name!r}" + _names.suggestion(name, known))


def __dir__():
    return sorted({*__all__, *_made, *_aliases, "__version__"})
