# SPDX-License-Identifier: MIT
"""Rows: softmax and the other operations that normalise or reduce along an axis."""

import numpy as np

from . import _core
from ._arrays import destination, finish, integers, same_shape, split_axis, tensor, tensors
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
    """Refuses an empty row, like np.max.  All other operations have a value for an empty row, or have no result."""
    outer, n, inner = sizes
    if n == 0 and outer and inner:
        raise ValueError(f"{name}: x has length 0 along the axis, and so no maximum")


def rows(operation):
    name, reduces = operation.name, operation.reduces

    def forward(x, axis=-1, *, masked_rows_zero=False, keepdims=False, out=None, mode="fast", **params):
        x = tensor(name, "x", x)
        shape = x.shape
        sizes, position = split_axis(name, shape, axis)
        if name == "maxout":
            _refuse_no_maximum(name, sizes)
        if reduces and shape:
            shape = shape[:position] + ((1,) if keepdims else ()) + shape[position + 1 :]
        result = destination(name, out, shape, [x])
        call(
            name,
            _core.rows_forward,
            operation.op,
            mode_number(name, mode),
            operation.param_values(params) or None,
            MASKED_ROWS_ZERO if masked_rows_zero else 0,
            *sizes,
            x,
            result,
        )
        return finish(result, out)

    keywords = [MASKED] if not reduces and name != "hardmax" else []
    if reduces:
        keywords.append(("keepdims", "bool", False, "bool\n    Keep the axis, with length 1"))
    publish(
        name,
        operation,
        forward,
        ["x", AXIS],
        keywords,
        doc=(f"{name} over one axis." + (" The result lacks that axis." if reduces else ""), X_TEXT, AXIS_TEXT),
    )

    # The gradient takes the arrays that it reads; if it reads none, it takes only dy.
    reads = [letter for letter, read in (("x", operation.reads_x), ("y", operation.reads_y)) if read]
    title, letters = f"{name}_backward", (*reads, "dy")

    reads_x, reads_y = operation.reads_x, operation.reads_y

    def backward(*arrays, axis=-1, masked_rows_zero=False, out=None, mode="fast", **params):
        arrays = tensors(title, letters, arrays)
        x, y, dy = arrays[0] if reads_x else None, arrays[-2] if reads_y else None, arrays[-1]
        shape = (x if reads_x else y if reads_y and not reduces else dy).shape
        sizes, position = split_axis(title, shape, axis)
        short = kept = shape
        if reduces and shape:
            short = shape[:position] + shape[position + 1 :]
            kept = shape[:position] + (1,) + shape[position + 1 :]
        if y is not None and y.shape != kept:
            same_shape(title, "y", y, short)
        if dy.shape != kept:
            same_shape(title, "dy", dy, short)
        result = destination(title, out, shape, arrays)
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
            result,
        )
        return finish(result, out)

    publish(
        title,
        operation,
        by_name_or_place(backward, title, (*reads, "dy", "axis"), len(reads) + 1),
        [*reads, "dy", AXIS],
        [] if not keywords or reduces else [MASKED],
        backward=True,
        doc=(
            (
                f"The gradient of {name} by x."
                if not reads
                else f"The gradient of {name} by x, from {' and '.join(reads)}."
            ),
            *([X_TEXT] if "x" in reads else []),
            *([f"y : array_like\n    What {name} gave"] if "y" in reads else []),
            DY_TEXT,
            AXIS_TEXT,
        ),
    )


def maxout_index():
    operation, name, title = OPERATIONS["maxout"], "maxout_index", "maxout_backward_from_index"

    def forward(x, axis=-1, *, mode="fast"):
        x = tensor(name, "x", x)
        sizes, position = split_axis(name, x.shape, axis)
        _refuse_no_maximum(name, sizes)
        shape = x.shape[:position] + x.shape[position + 1 :]
        y, index = np.empty(shape, x.dtype), np.empty(shape, np.int32)
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

    def backward(index, dy, n, axis=-1, *, out=None, mode="fast"):
        index, dy = integers(title, "index", index, np.int32, "same_kind"), tensor(title, "dy", dy)
        same_shape(title, "dy", dy, index.shape)
        if not isinstance(n, (int, np.integer)):
            raise TypeError(f"{title}: n must be an integer, not {type(n).__name__}")
        _, position = split_axis(title, (*dy.shape, n), axis)
        shape = (*dy.shape[:position], n, *dy.shape[position:])
        sizes, _ = split_axis(title, shape, axis)
        result = destination(title, out, shape, [dy])
        call(
            title,
            _core.maxout_backward_from_index,
            mode_number(title, mode),
            *sizes,
            index,
            dy,
            result,
        )
        return finish(result, out)

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
