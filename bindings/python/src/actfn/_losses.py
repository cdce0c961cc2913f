# SPDX-License-Identifier: MIT
"""Losses, their gradients, and both in one pass."""

import functools
import math

import numpy as np

from . import _core
from ._arrays import floats, integers, same_shape, split_axis, tensor, tensors
from ._catalogue import mode_number
from ._publish import AXIS, AXIS_TEXT, FLOATS, RESULT, call, publish

WEIGHT = ("w", "npt.ArrayLike | None", None)
SCALE = ("scale", "float", 1.0, "float\n    Multiplies the gradient only: 1/n for a mean, and what arrives from above")
LOSS_TEXTS = (
    "z : array_like\n    The logits: float32, float16, or bfloat16 of ml_dtypes; losses are float32, and gradients have the type",
    "t : array_like\n    The targets, of z's shape",
    "w : array_like, optional\n    A weight for each loss, float32",
)
BOTH = f"tuple[{FLOATS}, {RESULT}]"


def _number(where, name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{where}: {name} must be a number, not {type(value).__name__}") from None
    if not math.isfinite(number):
        raise ValueError(f"{where}: {name} is {number}, and must be finite")
    return number


def _publish_loss(operation, name, compute, positional, keywords, texts, params=True):
    """Publishes the loss, its gradient, and both in one pass: compute(title, arguments, ..., wants_loss, wants_gradient)."""
    for suffix, wants, returns, what, scale in (
        ("", (True, False), FLOATS, "The loss, one for each {}: nothing is reduced.", []),
        ("_backward", (False, True), RESULT, "The gradient by z of the loss of each {}, times scale.", [SCALE]),
        (
            "_and_gradient",
            (True, True),
            BOTH,
            "(loss, dz): the loss of each {} and its gradient by z, in one pass.",
            [SCALE],
        ),
    ):

        function = functools.partial(compute, name + suffix, wants)

        names = [entry if isinstance(entry, str) else entry[0] for entry in positional]
        publish(
            name + suffix,
            operation,
            function,
            positional,
            [*keywords, *scale],
            returns=returns,
            out=False,
            backward=wants[1],
            params=params,
            doc=(what.format("row" if "axis" in names else "element"), *texts),
        )


def _pair(wants, loss, dz):
    return (loss, dz) if all(wants) else loss if wants[0] else dz


def elementwise_loss(operation):
    def compute(title, wants, z, t, w=None, *, scale=1.0, mode="fast", **params):
        z, t = tensors(title, ("z", "t"), (z, t))
        same_shape(title, "t", t, z.shape)
        if w is not None:
            w = floats(title, "w", w)
            same_shape(title, "w", w, z.shape)
        loss = np.empty(z.shape, np.float32) if wants[0] else None
        dz = np.empty_like(z) if wants[1] else None
        call(
            title,
            _core.loss,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            z.size,
            z,
            t,
            w,
            _number(title, "scale", scale),
            loss,
            dz,
        )
        return _pair(wants, loss, dz)

    _publish_loss(operation, operation.name, compute, ["z", "t", WEIGHT], [], LOSS_TEXTS)


def cross_entropy(operation):
    name, dense = operation.name, f"{operation.name}_dense"

    def rows(title, z, axis, w, wants):
        sizes, position = split_axis(title, z.shape, axis)
        short = z.shape[:position] + z.shape[position + 1 :]
        if w is not None:
            w = floats(title, "w", w)
            same_shape(title, "w", w, short)
        loss = np.empty(short, np.float32) if wants[0] else None
        dz = np.empty_like(z) if wants[1] else None
        return sizes, short, w, loss, dz

    def by_class(
        title, wants, z, classes, w=None, axis=-1, *, ignore_index=-100, scale=1.0, mode="fast", **params
    ):
        z = tensor(title, "z", z)
        sizes, short, w, loss, dz = rows(title, z, axis, w, wants)
        try:
            classes = integers(title, "classes", classes, np.int64)
        except TypeError as error:
            raise TypeError(f"{error}; {dense} takes probabilities") from None
        same_shape(title, "classes", classes, short)
        try:
            call(
                title,
                _core.cross_entropy,
                mode_number(title, mode),
                operation.param_values(params),
                *sizes,
                z,
                classes,
                ignore_index,
                w,
                _number(title, "scale", scale),
                loss,
                dz,
            )
        except IndexError as error:
            raise IndexError(f"{error}: see classes") from None
        return _pair(wants, loss, dz)

    def by_probability(title, wants, z, t, w=None, axis=-1, *, scale=1.0, mode="fast"):
        z, t = tensors(title, ("z", "t"), (z, t))
        sizes, short, w, loss, dz = rows(title, z, axis, w, wants)
        same_shape(title, "t", t, z.shape)
        call(
            title,
            _core.cross_entropy_dense,
            mode_number(title, mode),
            *sizes,
            z,
            t,
            w,
            _number(title, "scale", scale),
            loss,
            dz,
        )
        return _pair(wants, loss, dz)

    _publish_loss(
        operation,
        name,
        by_class,
        ["z", "classes", WEIGHT, AXIS],
        [("ignore_index", "int", -100, "int\n    A class that stands for no class: no loss, and no gradient")],
        (LOSS_TEXTS[0], "classes : array_like of integers\n    The true class of each row", LOSS_TEXTS[2], AXIS_TEXT),
    )
    _publish_loss(
        operation, dense, by_probability, ["z", "t", WEIGHT, AXIS], [], (*LOSS_TEXTS, AXIS_TEXT), params=False
    )
