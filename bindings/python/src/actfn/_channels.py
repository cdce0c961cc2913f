# SPDX-License-Identifier: MIT
"""Weights for each channel, and the gradients of scalar parameters."""

import math

import numpy as np

from . import _core
from ._arrays import destination, finish, floats, ready, same_shape, split_axis, tensor, tensors
from ._catalogue import mode_number
from ._publish import DY_TEXT, FLOATS, RESULT, X_TEXT, by_name_or_place, call, publish, refused


def channels(operation):
    name = operation.name
    letters = [param.keyword for param in operation.params]
    weight_texts = [
        f"{letter} : array_like\n    One weight a channel, or one for all elements; float32"
        + ("; (terms, channels) for several terms" if name == "apl" else "")
        for letter in letters
    ]
    most = 2 if name == "apl" else 1  # dimensions of a weight
    axis = ("axis", "int", 1, "int\n    The one of the channels, where there is more than one weight")

    def prepare(where, weights, shape, position):
        """(outer, channels, inner, terms)"""
        first = weights[0].shape
        rank = len(first)
        if rank > most or not _core.same_shapes(*weights):
            letter, shape = next(
                (letter, weight.shape)
                for letter, weight in zip(letters, weights)
                if weight.ndim > most or weight.shape != first
            )
            raise ValueError(
                f"{where}: {letter} has shape {shape}, and must be one value or (channels,)"
                f"{' or (terms, channels)' if most == 2 else ''}{', the same for each weight' if letters[1:] else ''}"
            )
        width, terms = first[-1] if rank else 1, first[0] if rank == 2 else 1
        if width == 1:
            return 1, 1, math.prod(shape), terms
        sizes, _ = split_axis(where, shape, position)
        if sizes[1] != width:
            raise ValueError(f"{where}: {letters[0]} has {width} channels, and x {sizes[1]} along axis {position}")
        return (*sizes, terms)

    def weights_of(where, weights):
        return [floats(where, letter, weight) for letter, weight in zip(letters, weights)]

    def run(where, entry, mode, sizes, weights, *arrays):
        try:
            entry(operation.op, mode, *sizes, tuple(weights), *arrays)
        except ValueError as error:
            for letter, weight in zip(letters, weights):
                if not np.isfinite(weight).all():
                    raise ValueError(f"{where}: {letter} is not finite in every channel") from None
            raise refused(where, error) from None

    def forward(x, *weights, axis=1, out=None, mode="fast"):
        if not ready(x, *weights):
            x, weights = tensor(name, "x", x), weights_of(name, weights)
        sizes = prepare(name, weights, x.shape, axis)
        result = destination(name, out, x.shape, [x])
        run(name, _core.channels_forward, mode_number(name, mode), sizes, weights, x, result)
        return finish(result, out)

    publish(
        name,
        operation,
        by_name_or_place(forward, name, ("x", *letters), len(letters) + 1),
        ["x", *letters],
        [axis],
        doc=(f"{name}, with trainable weights a channel.", X_TEXT, *weight_texts),
    )

    title = f"{name}_backward"

    def backward(x, *rest, axis=1, mode="fast"):
        weights, dy = rest[:-1], rest[-1]
        if not ready(x, *rest):
            (x, dy), weights = tensors(title, ("x", "dy"), (x, dy)), weights_of(title, weights)
        same_shape(title, "dy", dy, x.shape)
        sizes = prepare(title, weights, x.shape, axis)
        results = _core.new_like(x, *weights)
        run(title, _core.channels_backward, mode_number(title, mode), sizes, weights, x, dy, results[0], results[1:])
        return results

    publish(
        title,
        operation,
        by_name_or_place(backward, title, ("x", *letters, "dy"), len(letters) + 2),
        ["x", *letters, "dy"],
        [axis],
        returns=f"tuple[{', '.join([RESULT] + [FLOATS] * len(letters))}]",
        backward=True,
        out=False,
        doc=(
            f"The gradients of {name}: (dx, {', '.join('d' + letter for letter in letters)}).",
            X_TEXT,
            *weight_texts,
            DY_TEXT,
        ),
    )

    if not operation.from_output:
        return
    output = f"{name}_backward_from_output"

    def from_output(y, *rest, axis=1, out=None, mode="fast"):
        weights, dy = rest[:-1], rest[-1]
        if not ready(y, *rest):
            (y, dy), weights = tensors(output, ("y", "dy"), (y, dy)), weights_of(output, weights)
        same_shape(output, "dy", dy, y.shape)
        sizes = prepare(output, weights, y.shape, axis)
        result = destination(output, out, y.shape, [y, dy])
        run(output, _core.channels_backward_from_output, mode_number(output, mode), sizes, weights, y, dy, result)
        return finish(result, out)

    publish(
        output,
        operation,
        by_name_or_place(from_output, output, ("y", *letters, "dy"), len(letters) + 2),
        ["y", *letters, "dy"],
        [axis],
        backward=True,
        doc=(
            f"The gradient of {name} by x, from its output; needs {operation.from_output_legal}.",
            f"y : array_like\n    What {name} gave",
            *weight_texts,
            DY_TEXT,
        ),
    )


def param_gradient(operation):
    title = f"{operation.name}_param_gradient"

    def function(x, dy, *, mode="fast", **params):
        x, dy = tensors(title, ("x", "dy"), (x, dy))
        same_shape(title, "dy", dy, x.shape)
        gradients = np.empty(len(operation.params), np.float32)
        call(
            title,
            _core.param_gradient,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params),
            x.size,
            x,
            dy,
            gradients,
        )
        return {param.keyword: gradients[k] for k, param in enumerate(operation.params) if param.gradient}

    publish(
        title,
        operation,
        function,
        ["x", "dy"],
        returns="dict[str, np.float32]",
        out=False,
        doc=(
            "The gradients of its scalar parameters, {name: sum over all elements of dy times the derivative by it}.",
            X_TEXT,
            DY_TEXT,
        ),
    )
