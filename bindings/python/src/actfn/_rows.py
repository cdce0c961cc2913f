# SPDX-License-Identifier: MIT
"""Rows: softmax and what else is normalised or reduced along an axis."""

import numpy as np

from . import _core
from ._arrays import Result, floats, same_shape, split_axis
from ._catalogue import OPERATIONS, mode_number
from ._publish import AXIS, AXIS_TEXT, DY_TEXT, RESULT, X_TEXT, by_name_or_place, call, publish

MASKED_ROWS_ZERO = 1
MASKED = (
    "masked_rows_zero",
    "bool",
    False,
    "bool\n    A row that is masked as a whole (all -inf) gives zeros (-inf in log_softmax), not NaN",
)


def _refuse_no_maximum(name, sizes):
    """As np.max does: all other operations have a value of nothing, or give none."""
    outer, n, inner = sizes
    if n == 0 and outer and inner:
        raise ValueError(f"{name}: x has length 0 along the axis, and so no maximum")


def rows(operation):
    name, reduces = operation.name, operation.reduces

    def forward(x, axis=-1, *, masked_rows_zero=False, keepdims=False, out=None, mode="reproducible", **params):
        x = floats(name, "x", x)
        sizes, position = split_axis(name, x.shape, axis)
        if name == "maxout":
            _refuse_no_maximum(name, sizes)
        shape = list(x.shape)
        if reduces:
            shape[position : position + 1] = [1] if keepdims else []
        result = Result(name, out, shape, [x])
        call(
            name,
            _core.rows_forward,
            operation.op,
            mode_number(name, mode),
            operation.param_values(params) or None,
            MASKED_ROWS_ZERO if masked_rows_zero else 0,
            *sizes,
            x,
            result.array,
        )
        return result.get()

    keywords = [MASKED] if not reduces and name != "hardmax" else []
    if reduces:
        keywords.append(("keepdims", "bool", False, "bool\n    Keep the axis, with length 1"))
    publish(
        name,
        operation,
        _without(forward, name, {"masked_rows_zero", "keepdims"} - {k[0] for k in keywords}),
        ["x", AXIS],
        keywords,
        doc=(f"{name} over one axis." + (" The result lacks that axis." if reduces else ""), X_TEXT, AXIS_TEXT),
    )

    # The gradient is asked for with what it reads; where that is nothing, with dy alone.
    reads = [letter for letter, read in (("x", operation.reads_x), ("y", operation.reads_y)) if read]
    title = f"{name}_backward"

    def backward(*arrays, axis=-1, masked_rows_zero=False, out=None, mode="reproducible", **params):
        given = {letter: floats(title, letter, array) for letter, array in zip((*reads, "dy"), arrays)}
        x, y, dy = given.get("x"), given.get("y"), given["dy"]
        shape = x.shape if x is not None else dy.shape
        sizes, position = split_axis(title, shape, axis)
        if reduces:
            short = shape[:position] + shape[position + 1 :]
            kept = shape[:position] + (1,) + shape[position + 1 :]
        else:
            short = kept = shape
        for letter in ("y", "dy"):
            if letter in given and given[letter].shape != kept:
                same_shape(title, letter, given[letter], short)
        result = Result(title, out, shape, given.values())
        call(
            title,
            _core.rows_backward,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            MASKED_ROWS_ZERO if masked_rows_zero else 0,
            *sizes,
            x,
            y,
            dy,
            result.array,
        )
        return result.get()

    publish(
        title,
        operation,
        by_name_or_place(backward, title, (*reads, "dy", "axis"), len(reads) + 1),
        [*reads, "dy", AXIS],
        [] if not keywords or reduces else [MASKED],
        backward=True,
        doc=(
            f"The gradient of {name} by x."
            if not reads
            else f"The gradient of {name} by x, from {' and '.join(reads)}.",
            *([X_TEXT] if "x" in reads else []),
            *([f"y : array_like\n    What {name} gave"] if "y" in reads else []),
            DY_TEXT,
            AXIS_TEXT,
        ),
    )


def _without(function, title, refused):
    """The function with keywords that do not apply to this operation refused as unknown."""

    def wrapper(*arguments, **keywords):
        for name in refused.intersection(keywords):
            raise TypeError(f"{title}() got an unexpected keyword argument {name!r}")
        return function(*arguments, **keywords)

    return wrapper if refused else function


def maxout_index():
    operation, name, title = OPERATIONS["maxout"], "maxout_index", "maxout_backward_from_index"

    def forward(x, axis=-1, *, mode="reproducible"):
        x = floats(name, "x", x)
        sizes, position = split_axis(name, x.shape, axis)
        _refuse_no_maximum(name, sizes)
        shape = x.shape[:position] + x.shape[position + 1 :]
        y, index = np.empty(shape, np.float32), np.empty(shape, np.int32)
        call(name, _core.maxout_index, mode_number(name, mode), *sizes, x, y, index)
        return y, index

    publish(
        name,
        operation,
        forward,
        ["x", AXIS],
        returns=f"tuple[{RESULT}, npt.NDArray[np.int32]]",
        out=False,
        doc=("The maximum over an axis, and the index of the first one.", X_TEXT, AXIS_TEXT),
    )

    def backward(index, dy, n, axis=-1, *, out=None, mode="reproducible"):
        index, dy = np.asarray(index, order="C"), floats(title, "dy", dy)
        if not np.can_cast(index.dtype, np.int32, "same_kind"):
            raise TypeError(f"{title}: index is {index.dtype}, and must be of integers")
        same_shape(title, "dy", dy, index.shape)
        shape = list(dy.shape)
        shape.insert(axis if axis >= 0 else dy.ndim + 1 + axis, n)
        sizes, _ = split_axis(title, shape, axis)
        result = Result(title, out, shape, [dy])
        call(
            title,
            _core.maxout_backward_from_index,
            mode_number(title, mode),
            *sizes,
            index.astype(np.int32, copy=False),
            dy,
            result.array,
        )
        return result.get()

    publish(
        title,
        operation,
        backward,
        ["index", "dy", ("n", "int"), AXIS],
        backward=True,
        doc=(
            "The gradient of maxout: dy where the maximum was, 0 elsewhere.",
            "index : array_like of int32\n    What maxout_index gave",
            DY_TEXT,
            "n : int\n    The length of the axis that was reduced",
            "axis : int\n    Where it stood in x",
        ),
    )
