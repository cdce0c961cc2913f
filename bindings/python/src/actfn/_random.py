# SPDX-License-Identifier: MIT
"""Functions with random draws: rrelu, gumbel_softmax, and the random words themselves."""

import inspect

import numpy as np

from . import _core
from ._arrays import destination, finish, same_shape, split_axis, tensor, tensors
from ._catalogue import mode_number
from ._publish import AXIS, AXIS_TEXT, DY_TEXT, X_TEXT, by_name_or_place, call, publish

GUMBEL_HARD = 1
SEED = [
    (
        "seed",
        "int",
        inspect.Parameter.empty,
        "int\n    0 ... 2^64 - 1; the same one draws the same numbers, on every machine",
    ),
    ("stream", "int", 0, "int\n    Another one draws others"),
    ("offset", "int", 0, "int\n    The index of the first element, where an array is a part of a larger one"),
]


def _seeds(where, *values):
    for name, value in zip(("seed", "stream", "offset"), values):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{where}: {name} must be an integer, not {type(value).__name__}")
        if not 0 <= value < 2**64:
            raise ValueError(f"{where}: {name} is {value}, and must be 0 ... 2^64 - 1")
    return tuple(map(int, values))


def _rrelu(operation):
    name = operation.name

    def forward(x, *, seed, stream=0, offset=0, out=None, mode="fast", **params):
        x = tensor(name, "x", x)
        result = destination(name, out, x.shape, [x])
        call(
            name,
            _core.rrelu,
            mode_number(name, mode),
            operation.param_values(params),
            x.size,
            x,
            result,
            None,
            *_seeds(name, seed, stream, offset),
        )
        return finish(result, out)

    publish(name, operation, forward, ["x"], SEED, doc=("The randomized leaky ReLU, as in training.", X_TEXT))

    for suffix, letter, from_output in ("_backward", "x", 0), ("_backward_from_output", "y", 1):

        def backward(
            source,
            dy,
            *,
            seed,
            stream=0,
            offset=0,
            out=None,
            mode="fast",
            title=name + suffix,
            letter=letter,
            from_output=from_output,
            **params,
        ):
            source, dy = tensors(title, (letter, "dy"), (source, dy))
            same_shape(title, "dy", dy, source.shape)
            result = destination(title, out, source.shape, [source, dy])
            call(
                title,
                _core.rrelu_backward,
                mode_number(title, mode),
                operation.param_values(params),
                from_output,
                source.size,
                source,
                dy,
                result,
                *_seeds(title, seed, stream, offset),
            )
            return finish(result, out)

        publish(
            name + suffix,
            operation,
            by_name_or_place(backward, name + suffix, (letter, "dy"), 2),
            [letter, "dy"],
            SEED,
            backward=True,
            doc=(
                "The gradient by x, the same numbers drawn again.",
                X_TEXT if letter == "x" else f"y : array_like\n    What {name} gave; needs lower >= 0",
                DY_TEXT,
            ),
        )

    for suffix, inputs in ("_eval", ("x",)), ("_eval_backward", ("x", "dy")):

        def evaluate(*arrays, out=None, mode="fast", title=name + suffix, inputs=inputs, **params):
            arrays = tensors(title, inputs, arrays)
            same_shape(title, inputs[-1], arrays[-1], arrays[0].shape)
            result = destination(title, out, arrays[0].shape, arrays)
            call(
                title,
                _core.rrelu_eval,
                mode_number(title, mode),
                operation.param_values(params),
                arrays[0].size,
                arrays[0],
                arrays[1] if len(arrays) > 1 else None,
                result,
            )
            return finish(result, out)

        publish(
            name + suffix,
            operation,
            by_name_or_place(evaluate, name + suffix, inputs, len(inputs)),
            inputs,
            backward=len(inputs) > 1,
            doc=(
                "As in evaluation: leaky_relu with the slope (lower + upper) / 2"
                + (", its gradient." if len(inputs) > 1 else "."),
                X_TEXT,
                *([DY_TEXT] if len(inputs) > 1 else []),
            ),
        )


def _gumbel_softmax(operation):
    name, title = operation.name, f"{operation.name}_backward"

    def forward(
        x, axis=-1, *, seed, stream=0, offset=0, hard=False, return_soft=False, out=None, mode="fast", **params
    ):
        x = tensor(name, "x", x)
        sizes, _ = split_axis(name, x.shape, axis)
        result = destination(name, out, x.shape, [x])
        soft = np.empty_like(x) if return_soft else None
        call(
            name,
            _core.gumbel_softmax,
            mode_number(name, mode),
            operation.param_values(params),
            GUMBEL_HARD if hard else 0,
            *sizes,
            x,
            result,
            soft,
            *_seeds(name, seed, stream, offset),
        )
        return (finish(result, out), soft) if return_soft else finish(result, out)

    publish(
        name,
        operation,
        forward,
        ["x", AXIS],
        [
            *SEED,
            (
                "hard",
                "bool",
                False,
                "bool\n    1 at the maximum, 0 elsewhere; the gradient stays that of the soft result",
            ),
            ("return_soft", "bool", False, "bool\n    Return (y, soft): the gradient needs soft where hard is true"),
        ],
        returns="Any",
        doc=("A sample of the Gumbel-softmax distribution over one axis.", X_TEXT, AXIS_TEXT),
    )

    def backward(soft, dy, axis=-1, *, out=None, mode="fast", **params):
        soft, dy = tensors(title, ("soft", "dy"), (soft, dy))
        same_shape(title, "dy", dy, soft.shape)
        sizes, _ = split_axis(title, soft.shape, axis)
        result = destination(title, out, soft.shape, [soft, dy])
        call(
            title,
            _core.gumbel_softmax_backward,
            mode_number(title, mode),
            operation.param_values(params),
            *sizes,
            soft,
            dy,
            result,
        )
        return finish(result, out)

    publish(
        title,
        operation,
        backward,
        ["soft", "dy", AXIS],
        backward=True,
        doc=(
            "The gradient by x, hard or not.",
            f"soft : array_like\n    The soft result of {name}",
            DY_TEXT,
            AXIS_TEXT,
        ),
    )


def random_u32():
    name = "random_u32"

    def draw(n, *, seed, stream=0, offset=0):
        words = np.empty(n, np.uint32)
        _core.random_u32(words.size, words, *_seeds(name, seed, stream, offset))
        return words

    publish(
        name,
        None,
        draw,
        [("n", "int")],
        SEED,
        returns="npt.NDArray[np.uint32]",
        out=False,
        doc=(
            "The n random numbers of 32 bits (Philox4x32-10) that stand behind rrelu and gumbel_softmax.",
            "n : int\n    How many",
        ),
    )


RANDOM = {"rrelu": _rrelu, "gumbel_softmax": _gumbel_softmax}
