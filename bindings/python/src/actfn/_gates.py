# SPDX-License-Identifier: MIT
"""Gated linear units, of two arrays or of one packed array."""

import inspect
import math

from . import _core
from ._arrays import contiguous, destination, finish, numbers, of_one_type, ready, same_shape, split_axis, tensor, tensors
from ._catalogue import mode_number
from ._publish import AXIS, AXIS_TEXT, DY_TEXT, RESULT, X_TEXT, call, publish

GATES = {"first": 1, "last": 2}


def _as_rows(arrays):
    """(rows, n, array, stride ...).  Rows of one length, such as the halves of packed rows, need no copy."""
    shape = arrays[0].shape
    if len(shape) < 2 or ready(*arrays):
        size, flat = arrays[0].size, [1, arrays[0].size]
        for array in arrays:
            flat += contiguous(array), size
        return flat
    rows, n, size = math.prod(shape[:-1]), shape[-1], arrays[0].itemsize
    flat = [rows, n]
    for array in arrays:
        steps, expected = array.strides, array.strides[-2]
        uniform = steps[-1] == size and expected >= size * n and expected % size == 0 and array.flags.aligned
        for k in range(len(shape) - 3, -1, -1):
            expected *= shape[k + 1]
            uniform = uniform and steps[k] == expected
        if not uniform:
            array = array.astype(array.dtype, order="C")
        flat += array, array.strides[-2] // size if rows > 1 else n
    return flat


def gates(operation):
    name = operation.name

    def forward(u, v, *, out=None, mode="fast", **params):
        if not ready(u, v):
            u, v = of_one_type([numbers(name, "u", u), numbers(name, "v", v)])
        same_shape(name, "v", v, u.shape)
        result = destination(name, out, u.shape, [u, v])
        call(
            name,
            _core.gates_forward,
            operation.op,
            mode_number(name, mode),
            operation.param_values(params) or None,
            *_as_rows([u, v, result]),
        )
        return finish(result, out)

    gate = "u : array_like\n    The gate, which goes through the activation; float32"
    value = "v : array_like\n    The value that is gated, of u's shape"
    publish(
        name,
        operation,
        forward,
        ["u", "v"],
        doc=(f"{name} of a gate u and a value v. Halves of packed rows (x[..., :n]) are not copied.", gate, value),
    )

    title = f"{name}_backward"

    def backward(u, v, dy, *, mode="fast", **params):
        if not ready(u, v, dy):
            u, v, dy = of_one_type([numbers(title, *pair) for pair in (("u", u), ("v", v), ("dy", dy))])
        same_shape(title, "v", v, u.shape)
        same_shape(title, "dy", dy, u.shape)
        du, dv = _core.new_like(u, v)
        call(
            title,
            _core.gates_backward,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            *_as_rows([u, v, dy, du, dv]),
        )
        return du, dv

    publish(
        title,
        operation,
        backward,
        ["u", "v", "dy"],
        returns=f"tuple[{RESULT}, {RESULT}]",
        backward=True,
        out=False,
        doc=(f"The gradients (du, dv) of {name}.", gate, value, DY_TEXT),
    )

    packed, packed_backward = f"{name}_packed", f"{name}_packed_backward"
    half = (
        "gate",
        'Literal["first", "last"]',
        inspect.Parameter.empty,
        '"first" or "last"\n    Which half of the axis is the gate: the peers disagree (torch\'s glu: last; Llama: first)',
    )

    def layout(where, gate):
        if gate not in GATES:
            raise ValueError(f"{where}: gate must be 'first' or 'last', not {gate!r}")
        return GATES[gate]

    def sizes_of(where, shape, axis):
        (outer, n, inner), position = split_axis(where, shape, axis)
        if n % 2:
            raise ValueError(f"{where}: x has {n} entries along axis {axis}, an odd number")
        return (outer, n * inner), shape[:position] + (n // 2,) + shape[position + 1 :]

    def packed_forward(x, axis=-1, *, gate, out=None, mode="fast", **params):
        x = tensor(packed, "x", x)
        sizes, shape = sizes_of(packed, x.shape, axis)
        result = destination(packed, out, shape, [x])
        call(
            packed,
            _core.gates_packed_forward,
            operation.op,
            mode_number(packed, mode),
            operation.param_values(params) or None,
            layout(packed, gate),
            *sizes,
            x,
            result,
        )
        return finish(result, out)

    publish(
        packed,
        operation,
        packed_forward,
        ["x", AXIS],
        [half],
        doc=(f"{name} of a gate and a value that are the halves of an axis.", X_TEXT, AXIS_TEXT),
    )

    def backward_packed(x, dy, axis=-1, *, gate, out=None, mode="fast", **params):
        x, dy = tensors(packed_backward, ("x", "dy"), (x, dy))
        sizes, shape = sizes_of(packed_backward, x.shape, axis)
        same_shape(packed_backward, "dy", dy, shape)
        result = destination(packed_backward, out, x.shape, [x, dy])
        call(
            packed_backward,
            _core.gates_packed_backward,
            operation.op,
            mode_number(packed_backward, mode),
            operation.param_values(params) or None,
            layout(packed_backward, gate),
            *sizes,
            x,
            dy,
            result,
        )
        return finish(result, out)

    publish(
        packed_backward,
        operation,
        backward_packed,
        ["x", "dy", AXIS],
        [half],
        backward=True,
        doc=(f"The gradient of {packed} by x.", X_TEXT, DY_TEXT, AXIS_TEXT),
    )
