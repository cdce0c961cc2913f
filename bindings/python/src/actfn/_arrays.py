# SPDX-License-Identifier: MIT
"""Arrays as the library takes them: contiguous float32.  Nothing is copied that is so already."""

import math
import operator

import numpy as np

try:
    from numpy.exceptions import AxisError
except ImportError:
    AxisError = np.AxisError


def answers_for_itself(value):
    """Whether NumPy leaves a ufunc's call to it: Dask's arrays, xarray's, pandas'."""
    protocol = getattr(type(value), "__array_ufunc__", np.ndarray.__array_ufunc__)
    return protocol is not np.ndarray.__array_ufunc__ and not isinstance(value, np.generic)


def refusal(function, name, value):
    """The TypeError of what is not float32 and not to be converted unasked."""
    dtype = getattr(value, "dtype", None)
    if not isinstance(dtype, np.dtype):
        what = "None" if value is None else type(value).__name__
        return TypeError(f"{function}: {name} is {what}, and must be an array of float32")
    if dtype.kind in "iuf":
        return TypeError(f"{function}: {name} is {dtype}: dtype=np.float32 converts it")
    return TypeError(f"{function}: {name} is {dtype}, and must be float32")


def as_floats(function, name, value):
    """A list or a number of Python as a float32 array, which has no dtype of its own; anything else as it is."""
    if not isinstance(value, (list, tuple)):
        return value
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{function}: {name} is no array: {error}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{function}: {name} is a {type(value).__name__} of {array.dtype}, and must be one of numbers")
    return array.astype(np.float32)


def cast(function, name, value):
    """A float32 array of any layout; what does not cast safely is a TypeError that names the argument."""
    array = np.asarray(value)
    if array.dtype != np.float32:
        if not np.can_cast(array.dtype, np.float32, "safe"):
            raise TypeError(
                f"{function}: {name} is {array.dtype}, which does not cast safely to float32: pass "
                f"{name}.astype(numpy.float32)"
            )
        array = array.astype(np.float32)
    return array


def contiguous(array):
    flags = array.flags
    # (ascontiguousarray would make a row of a scalar.)
    return array if flags.c_contiguous and flags.aligned and array.dtype.isnative else array.astype("=f4", order="C")


def floats(function, name, value):
    return contiguous(cast(function, name, value))


def same_shape(function, name, array, shape):
    if array.shape != shape:
        raise ValueError(f"{function}: {name} has shape {array.shape}, and must have {shape}")


def split_axis(function, shape, axis):
    """(outer, n, inner) of an axis, and the axis without its sign."""
    position = operator.index(axis)
    if not -len(shape) <= position < len(shape):
        raise AxisError(f"{function}: axis {position} is out of bounds for an array of {len(shape)} dimensions")
    position %= len(shape)
    return (math.prod(shape[:position]), shape[position], math.prod(shape[position + 1 :])), position


class Result:
    """Where a function writes: a new array, or the caller's, through a copy only where the library cannot write to it."""

    def __init__(self, function, out, shape, inputs, name="out"):
        self.out = out
        if out is None:
            self.array = np.empty(shape, np.float32)
            return
        if not isinstance(out, np.ndarray):
            raise TypeError(f"{function}: {name} must be an array, not {type(out).__name__}")
        if out.dtype != np.float32:
            raise TypeError(f"{function}: {name} is {out.dtype}, and must be float32")
        if not out.flags.writeable:
            raise ValueError(f"{function}: {name} is read-only")
        same_shape(function, name, out, tuple(shape))
        direct = out.flags.c_contiguous and out.flags.aligned and out.dtype.isnative
        # In place is welcome; another overlap is not.
        direct = direct and all(
            (given.ctypes.data == out.ctypes.data and given.nbytes == out.nbytes) or not np.may_share_memory(given, out)
            for given in inputs
        )
        self.array = out if direct else np.empty(shape, np.float32)

    def get(self):
        if self.out is None or self.array is self.out:
            return self.array
        self.out[...] = self.array
        return self.out
