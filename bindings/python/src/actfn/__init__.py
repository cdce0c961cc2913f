# SPDX-License-Identifier: MIT
"""Activation functions of neural networks, forward and backward.

The elementwise ones are NumPy ufuncs: ``actfn.gelu(x)``, ``actfn.elu(x, alpha=0.5, out=y, where=mask)``, and
``actfn.gelu_backward(x, dy)`` for their gradients.  Those over rows take ``axis=``.  All take float32, and the elementwise ones
float16 and, where ml_dtypes is installed, its bfloat16 too.  Results have the same bits on every machine and for every way an
array is split.
"""

import builtins as _builtins

import numpy as _np

try:
    import ml_dtypes as _ml_dtypes
except ImportError:
    _ml_dtypes = None

from . import _catalogue, _core, _families, _names, _ufuncs
from ._core import bind, get_num_threads, select_isa, set_num_threads

__version__ = _core.library()["version"]

# Before the first ufunc is made.
if _ml_dtypes:
    _core.set_bfloat16(_np.dtype(_ml_dtypes.bfloat16))

_ufuncs_made = _ufuncs.make_all()
_functions_made = _families.make_all()
_made = {**_ufuncs_made, **_functions_made}
_aliases = _catalogue.aliases(_made)
globals().update(_made)
globals().update((_alias, _made[_name]) for _alias, _name in _aliases.items())

# `from actfn import *` leaves abs, pow and round what they are.
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
    """What runs: the versions, the instruction sets and why each is or is not in use, the threads.

    >>> actfn.info()["isa"]
    'avx512'
    """
    return {**_core.library(), "numpy": _np.__version__, "threads": get_num_threads()}


def operations():
    """The library's catalogue: a dict for each operation, with its formula, parameters, error bounds and family."""
    return _core.catalogue()


def __getattr__(name):
    # A ufunc with keywords bound has a name that says them, and pickle looks it up here.
    if "(" in name:
        return _ufuncs.from_name(name, _ufuncs_made)
    known = () if name.startswith("_") else __dir__()
    raise AttributeError(f"module 'actfn' has no attribute {name!r}" + _names.suggestion(name, known))


def __dir__():
    return sorted({*__all__, *_made, *_aliases, "__version__"})
