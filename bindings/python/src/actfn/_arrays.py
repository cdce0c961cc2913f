# SPDX-License-Identifier: MIT
"""Converts arrays to the library's form: contiguous, of float32 or a type of 16 bits.  An array of this form is not copied."""

import numpy as np

from . import _core
from ._core import ready

try:
    from numpy.exceptions import AxisError
except ImportError:
    AxisError = np.AxisError

try:
    from ml_dtypes import bfloat16

    BFLOAT16 = np.dtype(bfloat16)
except ImportError:
    BFLOAT16 = None

FLOAT32 = np.dtype(np.float32)
# The types of 16 bits that the library computes in.
SIXTEEN = (np.dtype(np.float16),) if BFLOAT16 is None else (np.dtype(np.float16), BFLOAT16)


def answers_for_itself(value):
    """Whether the object handles a ufunc's call itself: arrays of Dask, xarray or pandas."""
    protocol = getattr(type(value), "__array_ufunc__", np.ndarray.__array_ufunc__)
    return protocol is not np.ndarray.__array_ufunc__ and not isinstance(value, np.generic)


def refusal(function, name, value):
    """The TypeError for an array that is not float32 and is not converted without a request."""
    dtype = getattr(value, "dtype", None)
    if not isinstance(dtype, np.dtype):
        what = "None" if value is None else type(value).__name__
        return TypeError(f"{function}: {name} is {what}, and must be an array of float32")
    if dtype.kind in "iuf":
        return TypeError(f"{function}: {name} is {dtype}: dtype=np.float32 converts it")
    return TypeError(f"{function}: {name} is {dtype}, and must be float32")


def as_floats(function, name, value):
    """Converts a list or a number of Python, which has no dtype, to a float32 array.  Returns anything else unchanged."""
    if not isinstance(value, (list, tuple, range)):
        return value
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{function}: {name} is no array: {error}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{function}: {name} is a {type(value).__name__} of {array.dtype}, and must be one of numbers")
    return array.astype(np.float32)


# Attributes of objects that are arrays of another kind.  A conversion would lose that kind.
PROTOCOLS = "__array__", "__array_ufunc__", "__array_function__", "__array_interface__", "__dlpack__"
# The advice for a type, by the module of the type.  Otherwise numpy.asarray, which accepts all of them.
INSTEAD = {
    "dask": "dask.array.apply_gufunc calls {function} lazily",
    "torch": "actfn.torch has the functions for tensors",
    "xarray": "xarray.apply_ufunc keeps the labels",
    "numpy.ma": "pass {name}.filled(...), which says what masked elements count for",
}


def own_kind(function, name, value):
    """Converts a plain object to an array.  Raises TypeError if a mask, labels or laziness would be lost."""
    kind = type(value)
    if kind is np.ndarray:
        return value
    if not issubclass(kind, (np.generic, np.memmap)) and any(hasattr(kind, protocol) for protocol in PROTOCOLS):
        module = kind.__module__
        words = next((text for key, text in INSTEAD.items() if f"{module}.".startswith(f"{key}.")), None)
        words = (words or "pass numpy.asarray({name})").format(function=f"actfn.{function}", name=name)
        raise TypeError(
            f"{function}: {name} is a {module}.{kind.__qualname__}, of which a plain array would be left: {words}"
        )
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{function}: {name} is no array: {error}") from None


def numbers(function, name, value):
    """An array of any layout.  A type of 16 bits stays; any other becomes float32.  Raises a TypeError that names the argument
    if the cast is not safe."""
    if type(value) in (int, float):
        try:
            return np.array(_core.single(value), FLOAT32)
        except OverflowError:
            raise OverflowError(f"{function}: {name} is too large for a float32") from None
    array = own_kind(function, name, as_floats(function, name, value))
    if array.dtype != FLOAT32 and array.dtype not in SIXTEEN:
        if not np.can_cast(array.dtype, FLOAT32, "safe"):
            raise refusal(function, name, value)
        array = array.astype(FLOAT32)
    return array


def of_one_type(arrays):
    """The arrays in the widest of their types."""
    first = arrays[0].dtype
    if all(array.dtype == first for array in arrays):
        return arrays
    return [array.astype(FLOAT32, copy=False) for array in arrays]


def converted(function, name, value, dtype):
    """For dtype=: casts also if digits may be lost, and changes nothing else."""
    if isinstance(value, (np.ndarray, np.generic)) and (value.dtype.kind in "iuf" or value.dtype in SIXTEEN):
        return own_kind(function, name, value).astype(dtype, copy=False)
    if isinstance(value, (list, tuple, range, int, float)) and dtype != FLOAT32:
        return numbers(function, name, value).astype(dtype)
    return value


def contiguous(array):
    flags = array.flags
    # (ascontiguousarray would make a scalar a row.)
    return array if flags.c_contiguous and flags.aligned else array.astype(array.dtype, order="C")


def tensors(function, names, values):
    """Contiguous arrays of one type."""
    if ready(*values):
        return values
    return [contiguous(array) for array in of_one_type([numbers(function, *pair) for pair in zip(names, values)])]


def tensor(function, name, value):
    return value if ready(value) else contiguous(numbers(function, name, value))


def floats(function, name, value):
    """A contiguous array of float32."""
    return value if ready(value) else contiguous(numbers(function, name, value).astype(FLOAT32, copy=False))


def integers(function, name, value, dtype, casting="safe"):
    """A contiguous array of integers."""
    array = own_kind(function, name, value)
    if not np.can_cast(array.dtype, dtype, casting) or array.dtype.kind not in "biu":
        # An empty list is an array of float64.
        if array.size:
            raise TypeError(f"{function}: {name} is {array.dtype}, and must be of integers")
    return array.astype(dtype, order="C", copy=False)


def same_shape(function, name, array, shape):
    if array.shape != shape:
        raise ValueError(f"{function}: {name} has shape {array.shape}, and must have {shape}")


def split_axis(function, shape, axis):
    """(outer, n, inner) of an axis, and the axis without its sign."""
    try:
        return _core.split_axis(shape, axis)
    except TypeError:
        what = "None" if axis is None else type(axis).__name__
        raise TypeError(f"{function}: axis must be an integer, not {what}") from None
    except IndexError:
        raise AxisError(f"{function}: axis {axis} is out of bounds for an array of {len(shape)} dimensions") from None


def destination(function, out, shape, inputs):
    """The memory for a result: a new array, the caller's array, or a copy of it in which the library can write."""
    dtype = inputs[0].dtype
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray):
        raise TypeError(f"{function}: out must be an array, not {type(out).__name__}")
    # A result in the place of an input is welcome; another overlap is not.
    if _core.can_write(out, shape, *inputs):
        return out
    own_kind(function, "out", out)
    if out.dtype != dtype:
        raise TypeError(f"{function}: out is {out.dtype}, and must be {dtype}")
    if not out.flags.writeable:
        raise ValueError(f"{function}: out is read-only")
    same_shape(function, "out", out, tuple(shape))
    return np.empty(shape, dtype)


def finish(array, out):
    """The return value of the function."""
    if out is None or array is out:
        return array
    out[...] = array
    return out
